"""The collector rests while much is read, and looks again afterwards, whatever ends first."""

import gc
from weakref import ref

import pytest

from pmdesk.collector import collected_at_end, collector_paused


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


class _Ring:
    """An object that holds itself: only the collector lets it go."""

    def __init__(self):
        self.ring = self


def test_what_came_up_meanwhile_is_gone_at_the_end():
    with collected_at_end():
        made = ref(_Ring())
        assert not gc.isenabled()
        assert made() is not None
    assert made() is None
