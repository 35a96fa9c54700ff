"""Words of a line that tell how one spoke, from whom it came, and whether it has happened."""

import re
from enum import Enum, auto
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.patterns import NAMES, THEM, THEY, US, WHEN, either, one_of
from pmdesk.records.choices import Channel, Direction

# Of two that begin together the first one is meant: a Feishu meeting is no Feishu chat.
_CHANNELS: Final = {
    Channel.VIDEO: either(
        """
        (?:视频|腾讯|飞书|钉钉|企微|企业微信|线上|远程|网络)会议?
        (?:微信|企业微信|企微|钉钉|飞书)?视频(?:通话)?(?!文件)
        """,
        """
        zoom|google meet|webex|skype|video(?:[ -]?(?:call|meeting|conference))?|online meeting
        (?:(?:on|via|over|by|ms) )?teams (?:call|meeting)
        (?:on|via|over|by|ms) teams|teams(?= with|:|$)
        """,
    ),
    Channel.VISIT: either(
        f"""
        拜访|走访|登门|上门|到访|来访|来我?(?:们?公司|司)|(?:前往|[去到在])(?:{NAMES}+)?的?现场|现场(?:走访|会|沟通)
        """,
        "(?:site )?visit(?:ed|ing|s)?|on[- ]?site(?: visit| meeting)?|dropped by|went to see",
    ),
    Channel.CALL: either(
        """
        (?:微信|企业微信|企微|钉钉|飞书)(?:语音|电话|通话)
        打?电话(?!号|簿|线)(?:会议?)?
        通电话|通话|来电|去电|致电|回电|打给|打来|通了话|语音
        """,
        r"""
        (?:phone |conference )?calls?(?! (?:for tender|it\b))
        voice ?mails?
        called(?! (?:off|for|it|upon))|calling
        (?<!the )phoned?|on the phone|phoning|rang|spoke(?: (?:to|with))?|talked(?: (?:to|with))
        """,
    ),
    Channel.CHAT: either(
        """
        企业微信|微信(?!支付|小程序|公众号|接口|对接|登录)|企微
        钉钉(?!接口|对接|集成|审批|文档)|飞书(?!接口|对接|集成|审批|文档)
        qq|短信|留言|私信|群里|群聊|聊天
        (?<![好坏新部据道大空的])消息(?!称|说|显示|来源|面|队列|中间件|推送|传|灵|是)
        """,
        r"""
        wechat|weixin|whatsapp|slack|telegram|sms|texted|texts?(?= (?:from|to|me|with)\b)
        chat(?:ted|ting)?|(?<!error )messages?|messag(?:ed|ing)
        dm(?:ed)?|pinged|lark|dingtalk|feishu
        """,
    ),
    Channel.MAIL: either(
        "邮件(?!系统|服务|列表)|电邮|发信|来信|回信|写信|来函|发函|复函",
        """
        e-?mails?(?! server)|e-?mail(?:ed|ing)|mails?(?! server)|mailed
        wrote(?: (?:to|back))?|written to
        """,
    ),
    Channel.MEETING: either(
        """
        会议(?!纪要|记录|室|材料|通知|邀请|议程|要点)|开了?个?(?:短|长|小|大)?会
        [例周月季晨早站]会(?![计员务议话])
        (?:碰头|启动|评审|协调|推进|沟通|汇报|验收|对接|研讨|座谈)会(?![计员])
        (?:复盘|总结|交流|培训|动员|宣讲|答疑|方案|立项|澄清|调度|技术|需求|项目|高层)会(?![计员])
        碰头|会面|会谈|约见|见了?面|见了|碰面|面谈|面聊|当面
        聚餐|吃了?[个顿]?饭|午餐|晚餐|喝茶|宴请|开了?.{0,3}会(?![计员议])
        """,
        r"""
        meetings?(?! (?:notes|minutes|room|invit\w+|request))
        met(?! (?:the|all|our|their) (?:deadline|target|goal|requirement))
        meet|workshop|kick[- ]?off|stand-?up|sync(?:-?up)?|steerco|steering committee
        retro(?:spective)?|qbr|catch-?up|lunch|dinner|breakfast|coffee|one-on-one|face to face
        """,
    ),
}
_CHANNEL: Final = re.compile(
    "|".join(f"(?P<{channel.value}>{words})" for channel, words in _CHANNELS.items())
)

_INBOUND: Final = one_of(
    rf"""
    来电|来信|来函|来访|打来|发来|找我|收到|投诉|抱怨|询问|反馈
    {THEM}[^,;:。]{{0,8}}?(?:问(?![题卷世候])|说(?![明服法])|称(?!呼)|表示|提出|要求|通知我|告诉我|告知我|回复)
    (?<![访学慰])问(?![题卷世候])
    催(?![一了下促]{{0,2}}{THEM})
    {NAMES}(?:邮件|微信|短信|钉钉|飞书|电话)[里中上]?(?:又|也|再)?(?:确认|答复|反馈|批准|同意|拒绝|表示)
    """,
    rf"""
    from(?! (?:me|us|now|{WHEN}))|incoming|received|inbound
    {THEY}(?:'ll| will| can| would| promised?| agreed)
    {THEY}(?: (?:just|also|then|again))? (?:called|phoned|rang|wrote|(?:e-?)?mailed|messaged)
    {THEY}(?: (?:just|also|then|again))? (?:texted|pinged|wants?|wanted|replied|confirmed|sent|approved|accepted|rejected)
    {THEY}(?: (?:just|also|then|again))? (?:reports?|reported|says?|said|told|chased|chases)
    {THEY}(?: (?:just|also|then|again))? (?:needs?|expects?|insists?|raised|flagged|visited)
    asks?|asked|complain(?:s|ed)?|wants|wanted|requests|requested|chased us|told (?:me|us)
    """,
)
_OUTBOUND: Final = one_of(
    rf"""
    致电|去电|打给|发给|拨打|打电话|告知(?!我)|已发|已告知|已回复|(?<![对向给跟和与]){US}(?!问)
    回复(?={THEM})|通知(?={THEM})|催(?=[一了下促]{{0,2}}{THEM})
    (?:^|[,:;。])[{WHEN}\s]*(?:打?电话|微信|邮件|拜访|钉钉|飞书)[给和跟与]?\s*{NAMES}
    [给向对][^,;:。]{{0,6}}?{NAMES}[^,;:。]{{0,4}}?(?:打|发|写|回|说|汇报)
    """,
    rf"""
    (?:i|we)(?= )|from (?:me|us)|sent(?! (?:me|us))|told(?! (?:me|us))
    (?:called|phoned|(?:e-?)?mailed|messaged|texted|pinged|rang|chased)(?= {NAMES})
    (?:wrote|spoke|talked|replied) to
    (?<=^)(?:called|phoned|rang|wrote|mailed|messaged|emailed)
    """,
)


class Tense(Enum):
    """What the words say of a day that could have passed or be to come."""

    PAST = auto()
    PLAN = auto()


_PAST: Final = one_of(
    """
    了(?![解不])|(?<![通不经超])过(?![来去程渡滤度期敏])|已|刚|纪要|结束|完毕|[聊谈见]到
    """,
    """
    met|called|visited|spoke|talked|phoned|rang|had|was|were|did|went|came|got|said|told|wrote
    sent|held|gave|heard|saw|discussed|agreed|asked|received|joined|reviewed|decided|confirmed
    complained|showed|presented|mailed|emailed|messaged|texted|wanted|requested|reported
    promised|signed|accepted|rejected|raised|happy|unhappy|done
    """,
)
_TO_COME: Final = "(?:需|要|得|去)(?=给|和|跟|找|拜访|打|约|见|去)"
_ARRANGED: Final = "(?<![合公条节制签相大])约(?![定束占莫])"
_PLAN: Final = one_of(
    f"""
    {_ARRANGED}|{_TO_COME}|预约|计划(?!书|表)|拟(?!定)|将(?![近军来])|安排|定[于在]|打算|准备
    记得|提醒|待办|下次|届时|到时
    """,
    """
    will|going to|plan(?:s|ned|ning)?|schedul(?:e|ed|ing)|book(?:ed)?|arrang(?:e|ed)|upcoming
    to (?:call|meet|visit|ring|phone|see|mail|email|chat|talk)|need to|must|should|don't forget
    remember|remind|todo|invit(?:e|ed)|next meeting|set up|follow up|tentative
    """,
)
# What is only to be done: without a day it is no contact.
_TO_DO: Final = one_of(
    f"{_ARRANGED}|{_TO_COME}|记得|提醒|待办|别忘|打算|准备|计划|每[周月天日两双]",
    """
    todo|to do|remember to|remind me|need to|must|should|don't forget|plan(?:ning)? to|going to
    to (?:call|meet|visit|ring|phone|email)|every
    """,
)
_DATED_TO_DO: Final = one_of(
    f"{_TO_COME}|记得|提醒|待办|别忘|跟进|落实|催",
    """
    todo|to do|remember to|remind me|need to|must|should|don't forget|follow up|chase|check with
    """,
)
_CALLED_OFF: Final = one_of(
    "取消|没开成|不开了|作废|[没未无]人?接(?!受)|没打通",
    "cancel(?:l?ed|s)?|called off|did not take place|no answer|(?:did not|didn't) (?:pick up|answer)",
)
# Without a word for how: 和许静约好下周一.
_DATE_MADE: Final = one_of("约[好了]", "have a date|appointment")
# Nouns that are a meeting only where a time of day stands beside them.
_WITH_TIME: Final = one_of(
    "演示|路演|答辩|培训|评审|演练",
    "demo|presentation|session|webinar|training|review|audit|interview",
)


# What was set before the day it is set for; a day after these is to come.
_SET: Final = one_of(
    f"{_ARRANGED}|约定|确认[^,;:]{{0,4}}(?:会议|例会|开会|拜访|见面)|定[于在了到]|安排|邀请|改到|改为|改在|推迟到|延到|延期到|提前到|挪到",
    f"""
    confirmed(?: the| our| a)?(?: next)?(?: [a-z]+)? (?:meeting|call|visit|workshop)
    agreed to (?:meet|call|talk|visit|see|speak)|arranged|scheduled|booked|invited|set (?:up|for)
    (?:moved|postponed|rescheduled?|pushed|brought forward)(?: the [a-z]+)?(?: from {WHEN}+)? (?:to|for)
    """,
)


# A channel after these is how one spoke, whatever stands before.
BY_WAY_OF: Final = re.compile(
    r"(?:通过|用|在|(?<![a-z])(?:by|via|over|per|through)) ?$"
    r"|(?<![a-z])(?:in|on|at|over|during)(?: the| a| an| our| their| today's| yesterday's)? $"
)
# A channel after these did not come about, or is spoken of.
_NEVER: Final = re.compile(
    r"(?:没有?|未|无|取消)$|(?<![a-z])(?:didn't|did not|hasn't|has not|haven't|not|no|never|without)(?: [a-z]+)? $"
    r"|(?<![a-z])(?:skip|drop)(?:ped|ping)?(?: the| this| our| a)?(?: [a-z]+)? $"
)
_SPOKEN_OF: Final = re.compile(
    rf"(?:关于|讨论|确认|商量|通知|说|催)[^,;:]{{0,6}}$"
    rf"|(?<![a-z])(?:about|re|regarding|discuss(?:ed|ing)?|confirmed|announced|asked for|wants)(?: (?:the|a|an|our|their|next|{WHEN}+))* $"
)


class Phrase(NamedTuple):
    """A channel and where its word stands in the line."""

    channel: Channel
    start: int
    end: int


def channels_in(marked: str) -> list[Phrase]:
    """Every word of a channel, in the order of the line."""
    return [Phrase(Channel(str(hit.lastgroup)), *hit.span()) for hit in _CHANNEL.finditer(marked)]


def direction_in(marked: str) -> Direction:
    """From the client where the first word that tells says so, else from us."""
    into, out = _INBOUND.search(marked), _OUTBOUND.search(marked)
    if into is None or (out is not None and out.start() <= into.start()):
        return Direction.OUTBOUND
    return Direction.INBOUND


def tense_of(before: str, after: str, line: str) -> Tense | None:
    """What is said of a day: by its clause `before` and `after` it, else by the whole line."""
    if _SET.search(before) and not _PAST.search(after):
        return Tense.PLAN
    for text in (f"{before} {after}", line):
        past, plan = _PAST.search(text), _PLAN.search(text)
        if past and plan:
            return Tense.PLAN if plan.start() < past.start() else Tense.PAST
        if past or plan:
            return Tense.PAST if past else Tense.PLAN
    return None


def is_set(before: str) -> bool:
    """Whether what follows these words is set for a day."""
    return bool(_SET.search(before))


def is_date_made(before: str) -> bool:
    """Whether these words make a date, without saying how one will meet."""
    return bool(_DATE_MADE.search(before))


def is_called_off(marked: str) -> bool:
    """Whether the words say that it did not take place."""
    return bool(_CALLED_OFF.search(marked))


def meeting_by_time(marked: str) -> tuple[int, int] | None:
    """Where a noun stands that means a meeting where a time of day is named."""
    hit = _WITH_TIME.search(marked)
    return hit.span() if hit else None


def is_spoken_of(before: str) -> bool:
    """Whether a channel after these words is only spoken of."""
    return bool(_SPOKEN_OF.search(before)) and not BY_WAY_OF.search(before)


def never_was(before: str) -> bool:
    """Whether a contact after these words did not come about."""
    return bool(_NEVER.search(before))


def is_to_do(marked: str, *, dated: bool = False) -> bool:
    """Whether the words speak only of what is still to be done; `dated`: on a day."""
    words = _DATED_TO_DO if dated else _TO_DO
    return bool(words.search(marked)) and not _PAST.search(marked)
