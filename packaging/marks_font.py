"""The fonts "PMDesk Marks": quotes and dashes of the Chinese font, on the lines of the Latin one.

Qt takes a character from the first family that has it, and “ ” ‘ ’ — stand in the Latin font as
narrow as English wants them. Standing first, these few make them as wide as a 汉字.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
MARKS = "“”‘’—"
FAMILY, WHOLE, FOR_PRINTERS = (1, 16), 4, 6  # the numbers of a font's names
LINES = {
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": (
        "sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent",
        "sxHeight", "sCapHeight",
    ),
}  # fmt: skip


def made(weight: str) -> TTFont:
    """The few marks of one weight: the height of a line is the Latin font's, whoever stands first."""
    wanted = subset.Options()
    wanted.layout_features = []
    wanted.name_IDs = ["*"]
    font = subset.load_font(str(FONTS / f"PMDeskSansSC-{weight}.otf"), wanted)
    chosen = subset.Subsetter(wanted)
    chosen.populate(text=MARKS)
    chosen.subset(font)
    latin = TTFont(FONTS / f"PMDeskLatin-{weight}.ttf")
    scale = font["head"].unitsPerEm / latin["head"].unitsPerEm
    for table, names in LINES.items():
        for name in names:
            setattr(font[table], name, round(getattr(latin[table], name) * scale))
    for name in font["name"].names:
        if name.nameID in FAMILY:
            name.string = "PMDesk Marks"
        elif name.nameID == WHOLE:
            name.string = f"PMDesk Marks {weight}"
        elif name.nameID == FOR_PRINTERS:
            name.string = f"PMDeskMarks-{weight}"
    font["CFF "].cff.fontNames = [f"PMDeskMarks-{weight}"]
    return font


if __name__ == "__main__":
    for one in ("Regular", "Bold"):
        made(one).save(FONTS / f"PMDeskMarks-{one}.otf")
