"""The command line in the language of --lang: its help, its errors, the words of click itself.

Click marks its words for gettext; here they come from the catalogue that everything else has. A
command is declared in English, and what its help says is looked up as it is printed.
"""

import copy
import inspect
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

import click

from pmdesk.words import LANGUAGES, Language, Words, mark, words_for

# The words of click that people see; `click.decorators` keeps those of -h and --version in English.
CLICK: Final = (
    mark("Aborted!"), mark("Commands"), mark("Usage:"), mark("Missing command."),
    mark("Error: {message}"), mark("Try '{command} {option}' for help."),
    mark("Invalid value: {message}"), mark("Invalid value for {param_hint}: {message}"),
    mark("No such option {name!r}."), mark("No such command {name!r}."),
    mark("Did you mean {possibility}?"), mark("(Did you mean one of: {possibilities}?)"),
    mark("Got unexpected extra argument ({args})"), mark("Got unexpected extra arguments ({args})"),
    mark("Option {name!r} does not take a value."), mark("Option {name!r} requires an argument."),
    mark("{value!r} is not {choice}."), mark("{value!r} is not one of {choices}."),
    mark("{value!r} is not a valid {number_type}."), mark("{value} is not in the range {range}."),
    mark("{name} {filename!r} does not exist."), mark("{name} {filename!r} is a file."),
    mark("{name} {filename!r} is a directory."), mark("{name} {filename!r} is not readable."),
    mark("default: {default}"), mark("required"),
    mark("Error: The two entered values do not match."), mark("Choose from:\n\t{choices}"),
    mark("Show this message and exit."), mark("Show the version and exit."),
)  # fmt: skip
_TYPES: Final = (
    mark("file"), mark("directory"), mark("path"), mark("integer"), mark("integer range"),
    mark("float"), mark("float range"),
)  # fmt: skip
_MISSING: Final = mark("Missing: {what}. {more}")
_OPTIONS: Final = mark("Options:")  # the word alone is that of ways to solve something
# What stands for a value in usage and help; those that a help text speaks of stay as they are.
_METAVARS: Final = {
    "[OPTIONS]": mark("[OPTIONS]"), "COMMAND": mark("COMMAND"), "[ARGS]...": mark("[ARGS]..."),
    "TEXT": mark("TEXT"), "PATH": mark("PATH"), "FILE": mark("FILE"), "INTEGER": mark("INTEGER"),
    "FLOAT": mark("FLOAT"), "FLOAT RANGE": mark("FLOAT RANGE"), "DAY": mark("DAY"),
    "TIME": mark("TIME"), "KIND": mark("KIND"), "NAME": mark("NAME"),
}  # fmt: skip
_USAGE: Final = re.compile(r"\[OPTIONS\]|COMMAND|\[ARGS\]\.\.\.")
# What stays together on a line: a word, a 汉字 with the marks that may not stand apart from it.
_PIECE: Final = re.compile(
    "[“（《]*(?:[^\\s\u2e80-\uffef“《”]+|[\u2e80-\uffef])[”）》，。；：、？！]*|\\s+"
)


def machine_language() -> Language:
    """The language of the machine's locale: Chinese or English."""
    for name in ("PMDESK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


class _Speech:
    """The language that is spoken now: errors are shown when their command is gone."""

    words: Words = words_for("en")


def told_now(text: str) -> str:
    """A text of the catalogue in the language that is spoken."""
    return _Speech.words(text)


class _Click(str):
    """A text of click; of what fills it the names of types are told in the language, too."""

    __slots__ = ()

    def format(self, *places: Any, **values: Any) -> str:
        """The text with what fills it."""
        return str.format(self, *places, **{name: _typed(one) for name, one in values.items()})


def _typed(value: Any) -> Any:
    return told_now(value.lower()) if str(value).lower() in _TYPES else value


def _of_click(text: str) -> str:
    return text if _Speech.words.language == "en" else _Click(told_now(text))


def _counted(one: str, many: str, n: int) -> str:
    return _of_click(one if n == 1 else many)


for _module in (click.core, click.exceptions, click.formatting, click.parser, click.types):
    vars(_module)["_"] = _of_click
    vars(_module)["ngettext"] = _counted


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a help text, each on one line: the keys of the catalogue."""
    parts = inspect.cleandoc(text or "").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def texts_of(command: click.Command, context: click.Context | None = None) -> Iterator[str]:
    """Every text that the help of a command and of those under it is made of."""
    yield from paragraphs(command.help)
    for one in command.params:
        if isinstance(one, click.Option):
            yield from paragraphs(one.help)
    if isinstance(command, click.Group):
        context = click.Context(command, context)
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            if under is not None:
                yield from texts_of(under, context)


def cells(text: str) -> int:
    """How many places of a terminal a text takes: two for a 汉字."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def lines_of(text: str, width: int) -> Iterator[str]:
    """A paragraph in lines of at most `width` places, broken where Chinese may be broken."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and cells(line) + cells(piece.rstrip()) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield line.rstrip()


class _Formatter(click.HelpFormatter):
    """Help in lines that are measured as a terminal shows them."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{' ' * self.current_indent}{heading}{told_now(_OPTIONS)[-1]}\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        parts = (lines_of(part, self.width - self.current_indent) for part in text.split("\n\n"))
        self.write("\n\n".join("\n".join(indent + line for line in part) for part in parts) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        first = min(max(cells(name) for name, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, told in rows:
            lines = list(lines_of(told, max(self.width - first - self.current_indent, 10))) or [""]
            beside = cells(name) <= first - col_spacing
            gap = " " * (first - cells(name)) if beside else "\n" + indent + " " * first
            self.write(f"{indent}{name}{gap}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")


class _Context(click.Context):
    formatter_class = _Formatter


class Spoken(click.Command):
    """A command whose help is told in the language that is spoken."""

    context_class = _Context

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """The context of a call; at the top the language is known before anything is said."""
        if parent is None:
            _Speech.words = words_for(_wanted(args) or machine_language())
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.MissingParameter as error:
            if error.param is None or _Speech.words.language == "en":
                raise
            more = error.param.type.get_missing_message(param=error.param, ctx=error.ctx) or ""
            what = error.param.get_error_hint(error.ctx).replace("'", "")
            sentence = told_now(_MISSING).format(what=what, more=more).strip()
            raise click.UsageError(sentence, error.ctx) from error

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, paragraph by paragraph."""
        del ctx
        if told := [told_now(one) for one in paragraphs(self.help)]:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text("\n\n".join(told))

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of what it does."""
        if _Speech.words.language == "en":
            return super().get_short_help_str(limit)
        first = next(iter(paragraphs(self.help)), "")
        return told_now(first).partition("。")[0]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line."""
        return [_USAGE.sub(_in_usage, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options with what each does, then the commands of a group."""
        told = (_in_words(one) for one in self.get_params(ctx) if isinstance(one, click.Option))
        if records := [_set(record) for one in told if (record := one.get_help_record(ctx))]:
            with formatter.section(told_now(_OPTIONS)[:-1]):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class SpokenGroup(Spoken, click.Group):
    """A group of commands that are told in the language that is spoken."""

    command_class = Spoken
    group_class = type


def _set(record: tuple[str, str]) -> tuple[str, str]:
    """What an option does, the marks between what is added in brackets as the language has them."""
    name, told = record
    return name, told if _Speech.words.language == "en" else told.replace("; ", "；")


def _in_usage(hit: re.Match[str]) -> str:
    return told_now(_METAVARS[hit[0]])


def _in_words(option: click.Option) -> click.Option:
    """The option as its help is told; in what it takes and does it is the one that it was."""
    if _Speech.words.language == "en":
        return option
    told = copy.copy(option)
    told.help = "".join(map(told_now, paragraphs(option.help))) or None
    name = option.metavar or option.type.name.upper()
    if name in _METAVARS and not (option.is_flag or option.count):
        told.metavar = told_now(_METAVARS[name])
    return told


def _wanted(args: list[str]) -> Language | None:
    """The language that the arguments name, wherever --help stands among them."""
    for n, one in enumerate(args):
        name, sign, value = one.partition("=")
        if name == "--lang" and (sign or n + 1 < len(args)):
            value = value if sign else args[n + 1]
            return next((known for known in LANGUAGES if known == value), None)
    return None
