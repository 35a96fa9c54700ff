"""What is read in a PDF, page by page."""

import re
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, NameObject

# What draws lines and areas says no word; in a chart it is two thirds of what there is to read.
_DRAWN = re.compile(
    rb"(?<=\s)(?:-?[\d.]+ )*(?:-?[\d.]+ (?:m|l|c|v|y|re)|h|n|W|[fFBbS]\*?|s)(?=\s)"
    rb"|/\w+ (?:cs [\d. ]+ scn|CS [\d. ]+ SCN)(?=\s)"
)


def pages_of(pdf):
    """The text of each page of a PDF: its bytes, or the path of its file."""
    return [
        _said(page) for page in PdfReader(BytesIO(pdf) if isinstance(pdf, bytes) else pdf).pages
    ]


def _said(page):
    written = DecodedStreamObject()
    written.set_data(_DRAWN.sub(b"", page.get_contents().get_data()))
    page[NameObject("/Contents")] = written
    return page.extract_text()
