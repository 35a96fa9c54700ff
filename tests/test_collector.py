"""The collector rests while much is read, and looks again afterwards, whatever ends first."""

import gc
from weakref import ref

import pytest

from pmdesk.collector import collect_due, collector_paused


@pytest.fixture(autouse=True)
def collecting():
    """Python's own collecting, as it is before a window stops it."""
    before = gc.isenabled()
    gc.enable()
    yield
    if not before:
        gc.disable()


def test_it_rests_inside_and_looks_again_afterwards():
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_looks_again_where_the_reading_failed():
    with pytest.raises(OSError, match="gone"), collector_paused():
        raise OSError("gone")
    assert gc.isenabled()


def test_where_it_rests_already_only_who_stopped_it_lets_it_go_on():
    first, second = collector_paused(), collector_paused()
    with first:
        with second:
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


# well beyond what makes a look due: what else goes meanwhile is counted off
_MANY = 3_000


class _Ring:
    """An object that holds itself: only the collector lets it go."""

    def __init__(self):
        self.ring = self


@pytest.fixture
def young(request):
    """The collector stopped, with much that it has not looked through."""
    kept = gc.get_threshold()
    gc.collect()
    gc.disable()
    gc.set_threshold(1_000, 2, 2)
    yield
    gc.set_threshold(*kept)
    gc.enable()


def test_what_is_due_is_looked_through_and_nothing_before(young):
    made = ref(_Ring())
    collect_due()
    assert made() is not None
    many = [[] for _ in range(_MANY)]
    with collector_paused():
        collect_due()
        assert made() is not None
    collect_due()
    assert made() is None
    assert len(many) == _MANY


def test_older_ones_are_looked_through_where_they_are_due(young):
    made, many = _Ring(), []

    def rounds(n, **how):
        for _ in range(n):
            many.extend([] for _ in range(_MANY))
            collect_due(**how)

    rounds(12)
    gone = ref(made)
    del made
    rounds(12, whole=False)
    assert gone() is not None
    rounds(12)
    assert gone() is None
    assert not gc.isenabled()
