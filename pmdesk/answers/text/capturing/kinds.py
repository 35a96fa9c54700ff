"""What a clause of a line puts down beside a contact: a promise, an expectation, a need, a problem."""

import re
from enum import Enum, auto
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.patterns import (
    LENGTH,
    NAMES,
    THEM,
    US,
    WHEN,
    one_of,
)
from pmdesk.records.trust import Side


class Put(Enum):
    """What a clause puts down."""

    PROMISE = auto()
    EXPECTATION = auto()
    NEED = auto()
    PROBLEM = auto()
    RISK = auto()


class Clause(NamedTuple):
    """What a clause puts down, and where the word that says so stands in it."""

    put: Put
    start: int
    end: int


_PROMISE: Final = one_of(
    rf"""
    (?<![未没不已])(?:承诺|答应|应允|允诺|许诺|保证)(?!的|书|金|函)了?
    (?:{US}|{THEM})(?:会|将)(?![议谈面])(?=[在于]?{WHEN}|{WHEN}|尽快|给|发|提供|提交|安排)
    (?<![议开机])会在(?={WHEN})|负责在(?={WHEN})|同意(?=[在于]?{WHEN})
    (?:说|谈|讲|定|商量)(?:好|妥|定)了?(?={WHEN})
    """,
    rf"""
    (?<!as )(?<!the )promis(?:e[ds]?|ing)(?: (?:to|that|us|them|me|him|her|{NAMES}+)(?![a-z]))*
    commit(?:s|ted)?(?: to)?|guarantee[ds]?
    agree[ds]? to(?= (?:send|give|deliver|provide|pay|sign|fix|do|share|confirm|review|return|call back))
    (?:i|we|they|he|she|{NAMES}+)(?:'ll|'d| will| would)(?! (?:be|not|have|need|discuss|meet|call|visit|talk|see|join)\b)
    will(?= (?:send|give|deliver|provide|pay|sign|fix|do|share|confirm|review|return|prepare|answer|reply|check|update|ship|finish|finalise|finalize|present|come back|get back|quote|test|install|migrate|write)\b)
    """,
)
_EXPECTATION: Final = one_of(
    r"""
    (?<![未没不按合足到据])(?:期望|期待|要求)(?!文档|清单|书|规格|说明|如下|已)
    """,
    """
    (?<!than )(?<!as )(?<!we )(?<!i )expect(?:s|ed|ing)?(?! to (?:meet|see|talk))(?:(?: us)? to)?|expectation
    insist(?:s|ed)?(?: (?:on|that))?|demand(?:s|ed)?(?! (?:is|was|plan|forecast|side))|(?<!not )require[sd]?(?! by)
    """,
)
_NEED: Final = one_of(
    """
    (?<![不无])需要(?!时|确认一下)|希望|想要|(?<!无)(?:新需求|提出?需求|需求(?=[:是]))
    """,
    """
    (?:needs?|wants?|wanted|needed|would like|would love|looking for|wish(?:es)?|asked for|asks for)(?! to (?:know|hear|ask|discuss|talk|meet|see|chat))(?: to)?
    requests?|requested|new requirement
    """,
)
_NOT_THEIRS: Final = re.compile(
    rf"(?:{US}|(?<![a-z])(?:i|we)|不|是否|没有?|无|若|如|(?<![a-z])(?:if|no|don't|doesn't|not))(?:也|还|都|就|仍|方| )*$"
)
_TO_DO: Final = re.compile(r"^[\s,:]*need to(?![a-z])")
_RISK: Final = one_of(
    "(?<![无没低])(?<!没有)风险(?!评估|管理|清单|登记|评审|可控|列表|库|应对|较低|不大)",
    "(?<!low )(?<!no )risks?(?! (?:register|log|review|list|assessment|workshop|management|owner))",
)
_PROBLEM: Final = one_of(
    """
    (?<![没无问])(?<!没有)(?<!提出)问题(?!清单|列表|单|台账|不大|跟踪|汇总|库|是否|解答|已|都)
    故障|缺陷|报错|宕机|崩溃|(?<!无)异常|出错|停机|停摆|不可用|打不开|卡死|瘫痪|漏洞|死机|失灵|失败
    """,
    """
    (?<!no )(?<!without )(?:problems?|issues?(?! (?:an?|the|list|log|tracker|register|invoice)(?![a-z])))(?! (?:list|log|tracker|register|solved|fixed|closed|resolved))
    bugs?(?! ?(?:list|fix|tracker))|incident|outage|defects?|crash(?:e[sd])?|broken|failing|fails?|failed
    not working|(?:is|was|are|went|goes|system|server|site) down|(?<!no )errors?(?! budget)|blocked|blocker
    """,
)
_OVER: Final = one_of(
    "(?<![未没])(?:已|都|全部)[^,]{0,4}(?:解决|修复|关闭|排除|恢复|消除|处理)|解决了|修复了|恢复了|处理完|关闭了|没问题",
    "(?<!not )(?<!not yet )(?:resolved|fixed|solved|closed|sorted out|back up|works again|working again)",
)
_TALKED_OF: Final = re.compile(
    r"问了?[^,;。]{0,6}问题|[几两三]个问题想|有个问题想|请教|(?:沟通|讨论|交流|处理|跟进|梳理|解决)[^,;。]{0,8}(?:问题|风险)"
    r"|(?<![a-z])(?:about|re|regarding|discuss(?:ed|ing)?|review(?:ed|ing)?|talked|went through)(?![a-z]).{0,30}"
    r"(?:issue|problem|risk|bug|outage|incident|error|defect|fail)"
)

# Who promises, where somebody is named right before the word.
_THEIRS: Final = re.compile(
    rf"(?:{THEM}(?:方|也|已|又|今天|口头|当场|刚才|刚)?|(?<![a-z])(?:they|he|she|client|customer)(?: (?:have|has|also|just|now))?)\s*$"
)
_OURS: Final = re.compile(
    rf"(?:{US}|(?<![a-z])(?:i|we))(?:也|已|又|方|口头|当场| (?:have|also|just))*\s*$"
)
_NAMED_APART: Final = re.compile(rf"{NAMES}\s+$")
_IS_SUBJECT: Final = re.compile(
    rf"^(?:{US}|(?:i|we)(?![a-z]))|^(?:{THEM}|(?:they|he|she)(?![a-z]))"
)
# What only a client does.
_CLIENT_DOES: Final = one_of(
    "付款|打款|回款|支付|汇款|付清|签字|签署|签合同|签约|盖章|批复|审批|上会|批准|(?<!给)验收(?!报告|清单|方案|材料|资料)",
    "pay|payment|sign(?:s|ed)?(?! off sheet)|approve|release the payment|transfer the money",
)


def put_down(clause: str) -> Clause | None:
    """What a marked clause puts down; a promise before an expectation, a need, a problem."""
    if hit := _PROMISE.search(clause):
        return Clause(Put.PROMISE, *hit.span())
    for put, words in ((Put.EXPECTATION, _EXPECTATION), (Put.NEED, _NEED)):
        hit = words.search(clause)
        if hit and not _NOT_THEIRS.search(clause[: hit.start()]) and not _TO_DO.match(clause):
            return Clause(put, *hit.span())
    if _OVER.search(clause) or _TALKED_OF.search(clause):
        return None
    for put, words in ((Put.RISK, _RISK), (Put.PROBLEM, _PROBLEM)):
        if hit := words.search(clause):
            return Clause(put, *hit.span())
    return None


class Sided(NamedTuple):
    """Who promises, and whether the words leave no doubt of it."""

    side: Side
    sure: bool


def side_of(clause: str, start: int, end: int) -> Sided:
    """Who promises in a marked clause, where the word of it stands from `start` up to `end`.

    Whoever is named right before the word; a name with a space after it may be only the heading.
    """
    before, word = clause[:start], clause[start:end]
    if _OURS.search(before) or re.match(rf"{US}|(?:i|we)(?![a-z])", word):
        return Sided(Side.US, sure=True)
    if _IS_SUBJECT.match(word):
        return Sided(Side.CLIENT, sure=True)
    if _THEIRS.search(before):
        heading = word[0] > "\u2e80" and _NAMED_APART.search(before)
        if not heading or _CLIENT_DOES.search(clause[end:]):
            return Sided(Side.CLIENT, sure=not heading)
    return done_by(clause[end:])


def is_over(clause: str) -> bool:
    """Whether a clause says that a problem is solved."""
    return bool(_OVER.search(clause))


# What is to be done, by them (请许经理确认, asked Tom for it, 等回复) or by us (记得, todo).
_TO_BE_DONE: Final = re.compile(
    rf"\s*(?:(?:请|让|叫|催)(?:{THEM})?|等(?=[客对{NAMES[1:-1]}回反确])|记得|提醒|别忘了?|待办|要把?|须)|\s*(?:we |i )?(?:asked|chased) {NAMES}+ (?:for|to) "
    rf"|\s*(?:we |i )?owe {NAMES}+ |\s*(?:todo:?|to do:?|remember to|remind me to|need to|must|don't forget to) "
)


_OURS_TO_DO: Final = re.compile(
    r"要|须|记得|提醒|别忘|待办|to ?do|rem|need|must|don't|(?:we |i )?owe"
)


def to_be_done(what: str) -> int:
    """How much of a marked text only says that somebody is to do it; 0 where it does not."""
    hit = _TO_BE_DONE.match(what)
    return hit.end() if hit else 0


_CHASE: Final = re.compile(r"\s*(?:跟进|落实|催|要|须|得|follow up|chase)")
_GIVES: Final = re.compile(rf"[给向](?:{NAMES}|客户|对方)[^,]{{0,4}}(?:发|送|寄|交|出|回)")


def gives(clause: str) -> bool:
    """Whether a clause says that something is given to them: that is ours to do."""
    return bool(_GIVES.search(clause))


def done_by(what: str) -> Sided:
    """Who would do such a thing: only a client pays or signs."""
    if to_be_done(what) and not _OURS_TO_DO.match(what.strip()):
        return Sided(Side.CLIENT, sure=True)
    theirs = _CLIENT_DOES.search(what) and not _CHASE.match(what)
    return Sided(Side.CLIENT if theirs else Side.US, sure=False)


_LEADS_IN: Final = re.compile(
    rf"[\s:,、的是在于为]*(?:{NAMES}+[\s:,、]*)?"
    r"(?:(?:我们|我方|我司|我|us to|us|that we|that|to|on|is|for|a risk that)(?![a-z]))?[\s:,、]*"
)


_REPORTED: Final = re.compile(
    r"\s*(?:(?:(?:has|have)? ?(?:reports?|reported|says?|said|found|raised|raises|flagged|sees|saw|mentions?|mentioned|has|have|had)"
    r"|there (?:is|are)|there's|with)(?: that)? |报告|反馈|说|发现|出现|称)"
)


def reported(what: str) -> int:
    """How much of a marked text only says that a problem was reported."""
    hit = _REPORTED.match(what)
    return hit.end() if hit else 0


def without_lead(what: str) -> int:
    """How much of a marked text only leads in to what it says."""
    hit = _LEADS_IN.match(what)
    return hit.end() if hit else 0


ONLY_SIGNS: Final = re.compile(rf"[\s:,;.。、{NAMES[1:-1]}{WHEN}{LENGTH}]*")
