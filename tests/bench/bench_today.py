"""Today of many clients in the window: how soon it stands, what it holds up, when a row is right."""

import pytest

from tests.bench.measuring import run_module, tell


@pytest.fixture(scope="module")
def looked(big, tmp_path_factory):
    """Two starts of the window: one that finds everything out, and one that finds it kept."""
    own = str(tmp_path_factory.mktemp("config"))
    return {
        name: figure
        for way in ("anew", "kept")
        for name, figure in run_module("look_today", big, way, PMDESK_CONFIG_DIR=own).items()
    }


def ms(looked, name):
    return f"{looked[name]:.0f} ms"


def held_up(looked, name):
    return f"{ms(looked, name)}, {ms(looked, f'{name} cpu')} CPU"


def test_the_page(looked):
    tell(f"Today shown, {looked['rows']:,} rows", held_up(looked, "page"), reach="150 ms")
    tell("  shown again", ms(looked, "again"), reach="150 ms")


def test_the_start(looked):
    tell("what is kept is known", ms(looked, "known"))
    tell("  longest block until then", held_up(looked, "known block"), reach="50 ms")


def test_found_out_for_the_first_time(looked):
    tell("all clients found out, nothing kept", f"{looked['anew ms'] / 1000:.1f} s")
    tell("  longest block until then", held_up(looked, "anew block"), reach="50 ms")


def test_an_act(looked):
    worst = (
        f"{ms(looked, 'act')} (first {looked['first act']:.0f}, worst {looked['act worst']:.0f})"
    )
    tell("from an act until its row is right", worst, reach="1,000 ms")
    tell("  longest block after it", held_up(looked, "act block"), reach="50 ms")
