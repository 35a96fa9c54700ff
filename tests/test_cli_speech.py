"""The command line in Chinese: help and errors of every command, click's own words too."""

import re

import click
import pytest
from click.testing import CliRunner

from pmdesk.cli import main
from pmdesk.cli_speech import cells, lines_of

HAN = re.compile("[\u4e00-\u9fff]")
# What a Chinese help leaves in Latin letters: names, arguments, choices, what is typed.
LATIN = re.compile(r"\b[a-z]{3,}(?: [a-z]{2,}){2,}")


def said(*arguments, code=0):
    told = CliRunner().invoke(main, arguments, prog_name="pmdesk", terminal_width=80)
    assert told.exit_code == code, told.output
    return told.output


def ways(command, way=()):
    yield way
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from ways(command.get_command(context, name), (*way, name))


@pytest.mark.parametrize("way", list(ways(main)), ids=" ".join)
def test_the_help_of_every_command_is_chinese(way):
    lines = said("--lang", "zh", *way, "--help").splitlines()
    assert lines[0].startswith("用法：")
    assert "选项：" in lines
    assert any("显示本帮助。" in line for line in lines)
    assert [line for line in lines[1:] if LATIN.search(line)] == []
    assert max(map(cells, lines)) <= 80


def test_the_language_is_known_wherever_it_stands_and_does_not_stay():
    assert said("--help", "--lang=zh").startswith("用法：")
    assert said("--lang", "en", "import", "--help").startswith(
        "Usage: pmdesk import [OPTIONS] FILES"
    )
    assert "Options:" in said("--lang", "en", "--help")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("foo",), "错误：没有命令“foo”。"),
        (("import", "--xx"), "错误：没有选项“--xx”。"),
        (("undo",), "错误：缺少 --journal / -j。"),
        (("restore", "-j", "a"), "错误：缺少 SOURCE。"),
        (("undo", "-j"), "错误：选项“-j”后须有值。"),
        (("undo", "-j", "a", "b"), "错误：多出参数：b"),
        (("original", "-j", "a", "--id", "x", "t"), "错误：'--id' 的值无效：“x”不是有效的整数。"),
        (("merge", "o", "-j", "a", "--prefer", "me"),
         "错误：'--prefer' 的值无效：“me”不在可选值之中：'here', 'there'。"),
        (("export", ".", "-j", "a", "--as"), "错误：选项“--as”后须有值。"),
        (("due", "-j", "a", "--until", "x"), "pmdesk: “x”不是日期。请写成 2026-10-01、10月1日、周五或 +3。"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_chinese(arguments, sentence):
    told = CliRunner().invoke(main, ["--lang", "zh", *arguments], prog_name="pmdesk")
    assert told.exit_code == 2, told.output
    assert sentence in " ".join(told.output.split()) or sentence in told.output


def test_a_line_is_broken_where_chinese_may_be_broken():
    assert list(lines_of("写入“日志本”，再看 pmdesk backups。", 12)) == [
        "写入“日志", "本”，再看", "pmdesk", "backups。",
    ]  # fmt: skip
    assert cells("日志 ab") == 7
