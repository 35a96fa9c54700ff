"""What of an error may be written down: its kind and the way to it, none of the texts that it carries.

The message of an exception often quotes what was being read: a mail's line, a name, a query. Only
what the interpreter or the system says by itself stays.
"""

import errno
import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Final

_DEEPEST: Final = 8
# Sentences of Python's own, about names of the program.
_OF_PYTHON: Final = (
    r"'[\w.]+' object (has no attribute '\w+'|is not \w+|does not support item \w+)"
    r"|module '[\w.]+' has no attribute '\w+'|name '\w+' is not defined"
    r"|cannot access (local|free) variable '\w+' where it is not associated with a value.*"
    r"|unsupported operand type\(s\) for [^ ]+: '[\w.]+' and '[\w.]+'"
    r"|[\w.<>]+\(\) (missing|takes) [\w ',]+"
    r"|(list|tuple|string) index out of range|division by zero|maximum recursion depth exceeded.*"
)
_SPOKEN_BY_PYTHON: Final = (AttributeError, NameError, TypeError, LookupError, ArithmeticError, RecursionError)  # fmt: skip


def way_to(error: BaseException, trace: TracebackType | None = None) -> str:
    """The error's kind with the lines that led to it, and those of what caused it."""
    return "".join(_lines(error, trace or error.__traceback__, _DEEPEST))


def _lines(error: BaseException, trace: TracebackType | None, deep: int) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and deep:
        yield from _lines(before, before.__traceback__, deep - 1)
        yield "\nThen:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(trace)
    yield f"{_named(error)}\n"
    if isinstance(error, BaseExceptionGroup) and deep:
        for one in error.exceptions:
            yield from _lines(one, one.__traceback__, deep - 1)


def _named(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ != "builtins":
        name = f"{kind.__module__}.{name}"
    said = _said(error)
    return f"{name}: {said}" if said else name


def _said(error: BaseException) -> str:
    """What the system or the interpreter says of it; "" for whatever anybody else put into it."""
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "")
    if isinstance(code := getattr(error, "sqlite_errorname", None), str):
        return code
    text = str(error) if isinstance(error, _SPOKEN_BY_PYTHON) else ""
    return text if re.fullmatch(_OF_PYTHON, text) else ""


class WithoutTexts(logging.Formatter):
    """A line of the log as its author wrote it in the program, the values left out."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: ")

    def format(self, record: logging.LogRecord) -> str:
        """The line; of a library that put its values into it already, the place alone."""
        own = record.name.split(".")[0] == "pmdesk"
        text = str(record.msg) if own or record.args else f"{record.module}, line {record.lineno}"
        record.asctime = self.formatTime(record)
        head = self.formatMessage(record)
        error = record.exc_info[1] if record.exc_info else None
        return f"{head}{text}" if error is None else f"{head}{text}\n{way_to(error).rstrip()}"
