"""The language in which somebody is written to: the one chosen, else that of most of what they write."""

from datetime import timedelta

import pytest

from pmdesk.answers.tongues import spoken_at, tongue_of
from pmdesk.journal.log import last_change
from pmdesk.records.choices import Direction, Tongue
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction

ZH, EN = (
    "接口 API v2 的测试报告请本周内发来，谢谢",
    "Dear Lin, please send the report to 周启明 this week. Kind regards",
)


@pytest.mark.parametrize(
    ("texts", "chosen", "name", "language"),
    [
        ((ZH, ZH, EN), Tongue.AUTO, "Ada", "zh"),
        ((EN, EN, ZH), Tongue.AUTO, "周启明", "en"),
        ((ZH,), Tongue.EN, "Ada", "en"),
        ((EN,), Tongue.ZH, "Ada", "zh"),
        ((), Tongue.AUTO, "周启明", "zh"),
        ((), Tongue.AUTO, "Ada", "en"),
        (("12345", ""), Tongue.AUTO, "Ada", "en"),
        (tuple([EN] * 21 + [ZH] * 20), Tongue.AUTO, "Ada", "zh"),
    ],
)
def test_somebody_is_written_to_as_they_write(journal, pine, at, texts, chosen, name, language):
    with journal.action("x", at=at) as act:
        who = act.save(Contact(client_id=pine.id, name=name, language=chosen))
        for n, text in enumerate(texts):
            act.save(Interaction(client_id=pine.id, contact_id=who.id, at=at + timedelta(hours=n),
                                 direction=Direction.INBOUND, text=text))  # fmt: skip
        act.save(Interaction(client_id=pine.id, contact_id=who.id, at=at, text=EN * 3,
                             direction=Direction.OUTBOUND))  # fmt: skip
    before = last_change(journal.conn)
    assert tongue_of(journal, who) == language
    if chosen is Tongue.AUTO and texts and texts[0] != "12345":
        assert spoken_at(journal, pine) == language
    assert last_change(journal.conn) == before  # nothing is written for it
