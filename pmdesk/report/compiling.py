"""Typst: a template and its data become a PDF, or pictures of its pages."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from pmdesk.charts.printable import all_printable
from pmdesk.places import data_dir

STANDARDS: Final = ["ua-1", "a-2a"]


class ReportFailed(Exception):
    """Typst refused the document; `detail` is what it said."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst  # loaded with the first report

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(data_dir("resources") / "fonts")],
    )


def compile_pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF (tagged, PDF/A-2a and PDF/UA-1 as the compiler declares them); raises ReportFailed.

    Texts of `data` travel as JSON and are placed as values: nothing in them is ever run.
    """
    pdf: bytes = _compile(
        template, data, format="pdf", pdf_standards=STANDARDS, timestamp=int(at.timestamp())
    )
    return pdf


def page_pictures(template: str, data: Mapping[str, Any], *, ppi: float = 96) -> list[bytes]:
    """Each page as PNG."""
    pages = _compile(template, data, format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def _compile(template: str, data: Mapping[str, Any], **options: Any) -> Any:
    import typst  # loaded with the first report

    root = data_dir("resources") / "report"
    text = json.dumps(all_printable(data), ensure_ascii=False)
    try:
        return typst.compile(
            str(root / f"{template}.typ"),
            root=str(root),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": text},
            **options,
        )
    except typst.TypstError as error:
        raise ReportFailed(str(error)) from error
