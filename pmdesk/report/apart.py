"""Reports set in a process of their own: one that runs away ends with it, and Cancel ends it at once.

What is set travels through pipes: nothing of it is written anywhere.
"""

import json
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from threading import Thread
from typing import Any, BinaryIO, Final

from pmdesk.own_program import own_program, without_console
from pmdesk.report.compiling import ReportFailed, compile_pdf, page_pictures

FLAG: Final = "--set-report"
_LENGTH: Final = 8
_LOOK_S: Final = 0.05
_DONE, _FAILED = b"+", b"-"


def pdf_apart(
    template: str, data: Mapping[str, Any], *, at: datetime, check: Callable[[], None]
) -> bytes:
    """The PDF; raises ReportFailed, and whatever `check` raises, which is asked again and again."""
    (pdf,) = _set({"template": template, "data": data, "at": at.isoformat()}, check)
    return pdf


def pages_apart(
    template: str, data: Mapping[str, Any], *, ppi: float, check: Callable[[], None]
) -> list[bytes]:
    """Each page as PNG; raises as `pdf_apart`."""
    return _set({"template": template, "data": data, "ppi": ppi}, check)


def _set(wanted: Mapping[str, Any], check: Callable[[], None]) -> list[bytes]:
    with subprocess.Popen(  # noqa: S603 - our own program
        own_program(FLAG), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        **without_console(),
    ) as process:  # fmt: skip
        # communicate() sends no more of a long question once it has looked away from it
        asking, process.stdin = process.stdin, None
        question = json.dumps(wanted, ensure_ascii=False).encode()
        Thread(target=_send, args=(asking, question), daemon=True).start()
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    out, err = process.communicate(timeout=_LOOK_S)
                    return _answer(out, err)
                check()
        except BaseException:
            process.kill()
            raise


def _send(asking: BinaryIO, question: bytes) -> None:
    """Write the question to its end, or until nobody reads it any more."""
    with suppress(OSError), asking:  # on Windows a broken pipe has another name
        asking.write(question)


def _answer(out: bytes, err: bytes) -> list[bytes]:
    if out[:1] == _FAILED:
        raise ReportFailed(out[1:].decode("utf-8", "replace"))
    if out[:1] != _DONE:
        raise ReportFailed(err.decode("utf-8", "replace").strip()[-500:])
    parts, place = [], 1
    while place < len(out):
        length = int.from_bytes(out[place : place + _LENGTH], "big")
        place += _LENGTH
        parts.append(out[place : place + length])
        place += length
    return parts


def answer(question: BinaryIO, out: BinaryIO) -> None:
    """Set what is asked, in the process that was started for it."""
    wanted = json.loads(question.read())
    template, data = wanted["template"], wanted["data"]
    try:
        if "at" in wanted:
            at = datetime.fromisoformat(wanted["at"])
            parts = [compile_pdf(template, data, at=at)]
        else:
            parts = page_pictures(template, data, ppi=wanted["ppi"])
    except ReportFailed as failed:
        out.write(_FAILED + failed.detail.encode())
        return
    out.write(_DONE)
    out.writelines(len(part).to_bytes(_LENGTH, "big") + part for part in parts)
