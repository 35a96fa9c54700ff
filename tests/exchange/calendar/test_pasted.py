"""Invitations as meeting programs put them onto the clipboard."""

from datetime import datetime, timedelta, timezone

import pytest

from pmdesk.exchange.calendar.pasted import looks_like_invitation, read_invitations

TENCENT = """林悦 邀请您参加腾讯会议
会议主题：排产系统周例会
会议时间：2026/11/26 10:00-11:30 (GMT+08:00) 中国标准时间 - 北京

点击链接入会，或添加至会议列表：
https://meeting.tencent.com/dm/AbCdEf

#腾讯会议：123-456-789

复制该信息，打开手机腾讯会议即可参与
"""
FEISHU = """周启明邀请你参加飞书视频会议
会议主题：验收清单
会议时间：2026年12月1日（周二）14:00 - 15:00 (GMT+8)
会议号：987 654 321
会议链接：https://vc.feishu.cn/j/987654321
"""
ENGLISH = """Lin Yue invites you to a Tencent Meeting
Meeting Topic: Weekly
Meeting Time: 2026/11/26 11:30 PM-00:30 AM (GMT-05:00)
Meeting ID: 222-333-444
"""
WEEKLY = """林悦 邀请您参加腾讯会议
会议主题：周会
会议时间：2026/11/26-2026/12/17 10:00-11:00, 每周 (周四)
#腾讯会议：123-456-789
"""
WORKDAYS = WEEKLY.replace("每周 (周四)", "每个工作日").replace("12/17", "12/02")
MONTHLY = WEEKLY.replace("每周 (周四)", "每月")
EAST = timezone(timedelta(hours=8))
WEST = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("text", "title", "start", "minutes", "place"),
    [
        (TENCENT, "排产系统周例会", datetime(2026, 11, 26, 10, tzinfo=EAST), 90, "腾讯会议 123-456-789"),
        (FEISHU, "验收清单", datetime(2026, 12, 1, 14, tzinfo=EAST), 60, "飞书会议 987 654 321"),
        (ENGLISH, "Weekly", datetime(2026, 11, 26, 23, 30, tzinfo=WEST), 60, "腾讯会议 222-333-444"),
        (
            TENCENT.replace("10:00-11:30 (GMT+08:00) 中国标准时间 - 北京", "下午3:30-下午4:00"),
            "排产系统周例会", datetime(2026, 11, 26, 15, 30), 30, "腾讯会议 123-456-789",
        ),
        (
            TENCENT.replace("10:00-11:30", "23:00 - 2026/11/27 01:00"),
            "排产系统周例会", datetime(2026, 11, 26, 23, tzinfo=EAST), 120, "腾讯会议 123-456-789",
        ),
    ],
)  # fmt: skip
def test_an_invitation_says_what_when_and_where(text, title, start, minutes, place):
    assert looks_like_invitation(text)
    [invitation] = read_invitations(text)
    [event] = invitation.events
    assert (event.title, event.start, event.minutes, event.place) == (title, start, minutes, place)


def test_who_invites_and_that_it_is_called_off():
    [first, second] = read_invitations(TENCENT + FEISHU + "会议已取消\n")
    assert [one.events[0].organizer.name for one in (first, second)] == ["林悦", "周启明"]
    assert [one.events[0].cancelled for one in (first, second)] == [False, True]
    assert "飞书" not in first.events[0].text


@pytest.mark.parametrize(
    ("text", "days", "only_first"),
    [
        (WEEKLY, ["26", "03", "10", "17"], False),
        (WORKDAYS, ["26", "27", "30", "01", "02"], False),
        (MONTHLY, ["26"], True),
    ],
)
def test_an_invitation_repeats(text, days, only_first):
    [invitation] = read_invitations(text)
    assert [f"{event.start:%d}" for event in invitation.events] == days
    assert {event.minutes for event in invitation.events} == {60}
    assert invitation.only_first is only_first


@pytest.mark.parametrize("when", ["2026/13/40 10:00-11:00", "明天", "2026/11/26 25:00", ""])
def test_a_time_that_is_none_is_named(when):
    text = TENCENT.replace("2026/11/26 10:00-11:30 (GMT+08:00) 中国标准时间 - 北京", when)
    assert list(read_invitations(text)) == ["排产系统周例会"]


@pytest.mark.parametrize(
    "text",
    [
        f"Subject: x\n\n{TENCENT}",
        f"周启明 2026-11-19 10:32\n{TENCENT}",
        f"腾讯会议助手 10:32\n{TENCENT}",
        "",
        "会议主题：例会\n会议时间：明天",
        "周启明 2026-11-19 10:32\n会议主题：腾讯会议",
    ],
)
def test_other_texts_are_no_invitations(text):
    assert not looks_like_invitation(text)
