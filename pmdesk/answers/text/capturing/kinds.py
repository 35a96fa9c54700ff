"""What a clause of a line puts down beside a contact: promise, expectation, need, complaint, problem."""

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
    COMPLAINT = auto()
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
    (?:i|we|they|he|she|{NAMES}+)(?:'ll|'d| will| would)(?! (?:be|not|have|need|discuss|meet|call|visit|talk|see|join|like|love|prefer|rather|appreciate)\b)
    will(?= (?:send|give|deliver|provide|pay|sign|fix|do|share|confirm|review|return|prepare|answer|reply|check|update|ship|finish|finalise|finalize|present|come back|get back|quote|test|install|migrate|write)\b)
    """,
)
_EXPECTATION: Final = one_of(
    r"""
    (?<![未没不按合足到据])(?:期望|期待|要求)(?!文档|清单|书(?!面)|规格|说明|如下|已)
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
    (?:needs?|wants?|wanted|needed|would like|would love|(?:she|he|they|client|customer)'d (?:like|love|prefer)|looking for|wish(?:es)?|asked for|asks for)(?! to (?:know|hear|ask|discuss|talk|meet|see|chat))(?: to)?
    requests?|requested|new requirement
    """,
)
_NOT_THEIRS: Final = re.compile(
    rf"(?:{US}|(?<![a-z])(?:i|we)|不|是否|没有?|无|若|如|(?<![a-z])(?:if|no|don't|doesn't|not))(?:也|还|都|就|仍|方| )*$"
)
_TO_DO: Final = re.compile(r"^[\s,:]*need to(?![a-z])")
_COMPLAINT: Final = one_of(
    """
    (?:升级)?投诉(?!处理|流程|单|率|记录|台账|渠道|电话|热线|清单|内容|已|都|人)|抱怨
    (?:很|非常|十分|极其?|极度|相当|比较|有点|有些|不太|不是很|不怎么)*(?:不满意?(?![足一二三四五六七八九十百两半0-9])|不高兴|不开心|不愉快)
    (?:不太|不是很|不怎么|不够)(?:满意|高兴)|(?<!满)意见[很较]大|对[^,;。]{1,12}有(?:些|点|一些)?意见(?![建箱稿征])|很有意见|[很较]大意见
    (?:很|非常|十分|极其?|有点|有些)?(?:生气|恼火|失望|气愤|愤怒)|发[火飙]|发脾气|批评(?!与)|指责
    """,
    """
    complain(?:s|ed|ing)?|complaints?(?! (?:log|list|register|process|form|case)(?![a-z]))|unhappy(?! path)
    (?:(?:is|are|was|were) )?(?:not|isn't|aren't|wasn't|weren't)(?: (?:at all|really|very|too|so|exactly|entirely|quite))* (?:happy|satisfied|pleased)
    (?:very |really |quite |so )?(?:dissatisfied|displeased|annoyed|angry|furious|frustrated|upset|disappointed)
    """,
)
# "asked when we will fix it" promises nothing.
_IS_ASKED: Final = re.compile(
    r"(?<![a-z])(?:ask(?:s|ed|ing)?|wonder(?:s|ed)?|wants to know)(?: us)? (?:when|whether|if|why|how|what|who)(?![a-z])|问[^,]{0,6}(?:什么时候|何时|能不能|是否|为什么|多久)"
)
# Nobody complains, we do, or it is spoken of.
_NO_COMPLAINT: Final = re.compile(
    rf"(?:(?<![对向跟]){US}|(?<![a-z])(?:i|we)(?: are| am|'re|'m| were)?|没有?(?:再|人)?|未|无|不再?|若|如|处理|关于|解决"
    r"|(?<![a-z])(?:if|no|no more|not|never|without|about|re|regarding|handled?|discussed|dealt with|resolved|settled|closed|answered)(?: (?:the|a|an|his|her|their))?) *$"
)
_SAYS_WHY: Final = re.compile(
    rf"[{NAMES[1:-1]}\s]*(?:说|觉得|认为|嫌|因为|原因|表示|称|(?:they |he |she )?(?:says?|said|feels?|felt|thinks?)(?![a-z])|because|reason)"
)
_RISK: Final = one_of(
    "(?<![无没低])(?<!没有)风险(?!评估|管理|清单|登记|评审|可控|列表|库|应对|较低|不大)|(?<![不别用需必])担心",
    """
    (?<!low )(?<!no )risks?(?! (?:register|log|review|list|assessment|workshop|management|owner))
    (?<!not )(?:worried|concerned)(?: that| about)?|(?<!no )concerns? (?:about|over|that)
    """,
)
_PROBLEM: Final = one_of(
    """
    (?<![没无问])(?<!没有)(?<!提出)问题(?!清单|列表|单|台账|不大|跟踪|汇总|库|是否|解答|已|都)
    故障|缺陷|报错|宕机|崩溃|(?<!无)异常|[出写算弄搞填发传做]错了?(?!字)|停机|停摆|不可用|卡死|瘫痪|漏洞|死机|失灵|失败
    (?:打开?|登录?|登陆|连接?|进|用|看|收|导|查|存|传|刷|提交|保存|打印|访问)不(?:了|上|开|到|出来?|进去?)(?![吗])|无法(?:登录|登陆|访问|打开|连接|使用|提交|保存|导出|打印|运行|启动|识别)
    (?:很|太|非常|特别|越来越)(?:慢|卡)|卡顿|卡得|没法[用登开看打连进]|没反应|无响应|丢失|丢了|乱码|闪退|[黑蓝白]屏|不对(?![口称外应等])|有误(?!解)|中断(?!点)|(?:接口|网络|链路|线路|端口|系统|数据|环境)[^,]{0,3}不通(?![过知])|对不上|不一致
    """,
    """
    (?<!no )(?<!without )(?:problems?|issues?(?! (?:an?|the|list|log|tracker|register|invoice)(?![a-z])))(?! (?:list|log|tracker|register|solved|fixed|closed|resolved))
    bugs?(?! ?(?:list|fix|tracker))|incident|outage|defects?|crash(?:e[sd])?|broken|failing|fails?|failed
    (?:can't|cannot|can not|couldn't|unable to) (?:log ?in|login|access|open|connect|print|export|save|see|use|load|reach|find|start)(?![a-z])
    (?:does not|doesn't|do not|don't|did not|didn't|won't) (?:work|load|open|start|respond|match|add up)(?![a-z])|not responding|tim(?:es?|ed|ing) out|keeps? (?:failing|crashing|freezing|dropping)
    (?:is|are|was|were|too|very|so|really) slow(?! to)|(?:is|are|was|were|looks?|came out|all) (?:wrong|incorrect|missing)|data loss
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
    "付款|付(?:第|首|尾|清|余|剩|[一二三]期)|打款|回款|支付|汇款|付清|签字|签署|签合同|签约|盖章|批复|审批|上会|批准|(?<!给)验收(?!报告|清单|方案|材料|资料)",
    "pay|payment|sign(?:s|ed)?(?! off sheet)|approve|release the payment|transfer the money",
)


def put_down(clause: str) -> Clause | None:
    """What a marked clause puts down; a promise first, then a complaint, an expectation, a need, a problem."""
    hit = _PROMISE.search(clause)
    if hit and not _IS_ASKED.search(clause[: hit.start()]):
        return Clause(Put.PROMISE, *hit.span())
    hit = _COMPLAINT.search(clause)
    if hit and not _NO_COMPLAINT.search(clause[: hit.start()]) and not _OVER.search(clause):
        return Clause(Put.COMPLAINT, *hit.span())
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
    rf"\s*(?:(?:请|让|要|催){US}|(?:请|让|叫|催)(?:{THEM})?|等(?=[客对{NAMES[1:-1]}回反确])|记得|提醒|别忘了?|待办|要把?|须)|\s*(?:we |i )?(?:asked|chased) {NAMES}+ (?:for|to) "
    rf"|\s*(?:we |i )?owe {NAMES}+ |\s*(?:{NAMES}+ )?(?:still )?owes? us |\s*{THEM}?[还仍]?欠我们?|\s*(?:todo:?|to do:?|remember to|remind me to|need to|must|don't forget to) "
)


_OURS_TO_DO: Final = re.compile(
    rf"(?:请|让|催){US}|要|须|记得|提醒|别忘|待办|to ?do|rem|need|must|don't|(?:we |i )?owe(?!s? us)"
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


_HANDS: Final = re.compile(
    rf"[给向](?:{NAMES}+|客户|对方)[^,了过]{{0,6}}?(?:发|送|寄|交|提供|回复)(?![了过给]|到)|^[\s{WHEN}{NAMES[1:-1]}:,]*"
    r"(?:(?:send|deliver|submit|share|ship|hand over)(?![a-z])|(?:提交|发送|交付|寄)(?![了过物时日]))"
)


def hands(clause: str) -> bool:
    """Whether a clause says that something is to be given to them."""
    return bool(_HANDS.search(clause))


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
    r"\s*(?:(?:is|are|was|were)(?= (?:worried|concerned))|(?:(?:has|have)? ?(?:reports?|reported|says?|said|found|raised|raises|flagged|sees|saw|mentions?|mentioned|has|have|had)"
    r"|there (?:is|are)|there's|with)(?: that)? |报告|反馈|反映|说|发现|出现|称)"
)


def says_why(clause: str) -> bool:
    """Whether a clause says what the complaint before it is about."""
    return bool(_SAYS_WHY.match(clause))


def reported(what: str) -> int:
    """How much of a marked text only says that a problem was reported."""
    hit = _REPORTED.match(what)
    return hit.end() if hit else 0


def without_lead(what: str) -> int:
    """How much of a marked text only leads in to what it says."""
    hit = _LEADS_IN.match(what)
    return hit.end() if hit else 0


ONLY_SIGNS: Final = re.compile(rf"[\s:,;.。、{NAMES[1:-1]}{WHEN}{LENGTH}]+")
