"""How a meeting takes place, by its title, its place and its text."""

import re
from typing import Final

from pmdesk.records.choices import Channel

_VIDEO: Final = re.compile(
    r"zoom\.us|\bzoom\b|teams\.(?:microsoft|live)|microsoft teams|meet\.google|google meet|webex|"
    r"meeting\.tencent|tencent meeting|voovmeeting|腾讯会议|飞书|feishu\.cn|larksuite|dingtalk|钉钉|"
    r"视频|线上会议|网络会议|\bvideo\b|skype|gotomeet|whereby|jitsi|bigbluebutton",
    re.IGNORECASE,
)
_CALL: Final = re.compile(
    r"电话|致电|通话|\btel:|\b(?:phone|telephone|dial[- ]in|call)\b", re.IGNORECASE
)
_VISIT: Final = re.compile(r"拜访|走访|上门|到访|\bvisit(?:ing)?\b|\bon[- ]site\b", re.IGNORECASE)


def channel_of(title: str, place: str, text: str) -> Channel:
    """The channel: a visit by the title, a video call by anything, a call by title or place."""
    if _VISIT.search(title):
        return Channel.VISIT
    if _VIDEO.search(f"{title}\n{place}"):
        return Channel.VIDEO
    if _CALL.search(f"{title}\n{place}"):
        return Channel.CALL
    # a room has a link in its text, too, for those who are elsewhere
    if not place and _VIDEO.search(text):
        return Channel.VIDEO
    return Channel.MEETING
