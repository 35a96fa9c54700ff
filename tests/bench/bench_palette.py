"""A key typed into the palette (Ctrl+K) until it is painted, beside one typed into a bare line."""

from tests.bench.measuring import run_module, tell


def test_a_key_in_the_palette(big, tmp_path):
    found = run_module("look_palette", big, PMDESK_CONFIG_DIR=str(tmp_path))
    floor = f"{found['floor']:.2f} ms, a bare line"
    ratio = found["p95"] / found["floor"]
    tell("a key in the palette, p95", f"{found['p95']:.1f} ms, {ratio:.0f} x", floor, "16 ms")
    tell("  median", f"{found['median']:.1f} ms")
    tell("  worst", f"{found['worst']:.1f} ms ({found['worst at']!r})", reach="16 ms")
    tell("  longest block as records come", f"{found['block']:.1f} ms", reach="16 ms")
    tell("palette opened", f"{found['opening']:.1f} ms (first {found['first opening']:.0f})", reach="50 ms")  # fmt: skip
