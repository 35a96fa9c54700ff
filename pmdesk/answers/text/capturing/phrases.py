"""Words of a typed line that tell what kind of contact it was, from whom, and what was promised."""

import re
from typing import Final, NamedTuple

from pmdesk.records.choices import Channel, Direction
from pmdesk.records.trust import Side

_CHANNELS: Final = {
    Channel.VIDEO: r"video(?: call)?|zoom|teams|视频会议|视频|腾讯会议|飞书会议|线上会议",
    Channel.CALL: r"calls?|called|calling|phoned?|rang|电话|通话|来电|致电|打给|通了话",
    Channel.MEETING: r"meetings?|met|visited|visit|workshop|会议|开会|例会|周会|面谈|拜访|见面|见了|走访",
    Channel.CHAT: r"chat(?:ted)?|wechat|whatsapp|slack|messages?|messaged|微信|钉钉|企微|企业微信|消息|留言",
    Channel.MAIL: r"e-?mail(?:ed|s)?|mails?|mailed|wrote|邮件|发信|来信",
}  # fmt: skip
_INBOUND: Final = (
    r"from|asks?|asked|they|complain(?:s|ed)?|wants?|wanted|requests?|requested|reported|told me"
    r"|(?!(?:yesterday|today|just|then|also|i|we) )[a-z]+ (?:called|phoned|rang|wrote|mailed|messaged)"
    r"|来自|来电|来信|询问|问|反馈|抱怨|投诉|要求|对方|客户说|催"
)
_OUTBOUND: Final = (
    r"from (?:me|us)|told them|(?:i|we)(?= )|致电|打给|发给|告知|我们|我方"
    r"|(?:(?<=^)|(?<=yesterday )|(?<=today ))(?:called|phoned|rang|wrote|mailed|messaged)"
)
_PROMISE: Final = (
    r"promise[ds]?|commit(?:ted)?|guarantee[ds]?|agreed to|(?:i|we|they|he|she)['’]ll"
    r"|(?<!\w)will(?! ?(?:called|phoned|rang|met|wrote|mailed|asked|said|says|told|from|of|at|and|,))"
    r"|承诺|答应|保证|会在|负责在|约定"
)
_BY_CLIENT: Final = (
    r"(?:they|client|customer|he|she)(?:['’]ll|\s+(?:will|promised?|promises|committed|agreed))"
    r"|(?:客户|对方|他们|甲方)[^，。,;；]{0,6}(?:承诺|答应|保证|会|负责)"
)
# What may stand before a day that opens the line: who is met, and how.
OPENING: Final = re.compile(
    r"(?:\b(?:with|on|at|next|the|to|about)\b|[和与跟同约在]|[\s:：,，、])*", re.IGNORECASE
)
# A day after these tells how long something lasts, not when one spoke.
SINCE: Final = re.compile(
    r"(?:\b(?:since|from|of|new date|moved to|postponed to|release|go-?live|launch)"
    r"|自|从|自从|改到|推迟到|延到|延期到|改为|定在)[ :：]*$",
    re.IGNORECASE,
)
SINCE_AFTER: Final = re.compile(r"\s*(?:起|以来|开始|上线|交付|到期)")


class Phrase(NamedTuple):
    """A channel and where its word stands in the line."""

    channel: Channel
    start: int
    end: int


def _pattern(words: str) -> re.Pattern[str]:
    """English as whole words, Chinese anywhere."""
    return re.compile(rf"(?:(?<![A-Za-z])|(?=[^\x00-\x7f]))(?:{words})(?![A-Za-z])", re.IGNORECASE)


_BY_CHANNEL: Final = {channel: _pattern(words) for channel, words in _CHANNELS.items()}
_IN, _OUT, _PROMISED, _THEIRS = map(_pattern, (_INBOUND, _OUTBOUND, _PROMISE, _BY_CLIENT))


def channel_in(line: str) -> Phrase | None:
    """The first word of a channel; of two that begin together the longer one."""
    phrases = [
        Phrase(channel, *hit.span())
        for channel, pattern in _BY_CHANNEL.items()
        if (hit := pattern.search(line))
    ]
    return min(phrases, key=lambda phrase: (phrase.start, -phrase.end), default=None)


def direction_in(line: str) -> Direction:
    """From the client where the first word that tells says so, else from us."""
    into, out = _IN.search(line), _OUT.search(line)
    if into is None or (out is not None and out.start() <= into.start()):
        return Direction.OUTBOUND
    return Direction.INBOUND


def promise_in(line: str) -> tuple[Side, int] | None:
    """Who promises in the line, and where the word of it ends."""
    hit = _PROMISED.search(line)
    theirs = _THEIRS.search(line)
    if theirs:
        return Side.CLIENT, theirs.end()
    return (Side.US, hit.end()) if hit else None
