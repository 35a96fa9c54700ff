"""Whether a message of ours asks something, and the sentence that asks it."""

import re
from typing import Final

from pmdesk.insight.quoted import split_quoted

# A request without a question mark, as it is written; greetings and closings are none.
_REQUEST: Final = re.compile(
    r"\b(?:please (?!find|note|see|be aware|be informed|accept|do not hesitate|don['’]t hesitate|feel free)"
    r"|(?:could|can|would|will) you\b|let (?:me|us) know|(?:we|i) (?:need|would need|still need)\b.{0,60}\bfrom you"
    r"|(?:awaiting|waiting for|look(?:ing)? forward to) your (?:answer|reply|confirmation|decision|feedback|comments|approval)"
    r"|kindly (?:confirm|send|provide|advise|review|let)|would appreciate (?:it if|your))"
    r"|(?:请|烦请|麻烦|劳烦)(?:您|你|贵方|贵司|各位|大家|帮忙|协助)*(?:尽快|及时|今天|明天|本周|下周|于|在|先|再|务必|抽空|查收后)?[^，。；！\n]{0,24}?"
    r"(?:确认|回复|答复|提供|反馈|告知|安排|审批|批复|签字|签署|盖章|补充|发给|发来|发我|给出|给我|协调|审阅|审核|评审|决定|选择|填写|支付|付款|核对|配合|指定|明确|落实|提交)"
    r"|(?:等|盼|期待)(?:您|你|贵方|贵司)的?(?:回复|答复|确认|反馈|批复|意见)|(?:能否|可否|是否可以|是否方便|方不方便|需要?(?:贵方|您)(?![^，。；]{0,10}的)|有劳)",
    re.IGNORECASE,
)
# Asked out of politeness, answered by nobody.
_POLITE: Final = re.compile(
    r"(?:please )?let (?:me|us) know (?:if|should) (?:you|there|anything)\b[^.?!]*"
    r"|(?:any|have|further) questions\b|questions\?|how are you|hope (?:this|you|all)|how about you\?"
    r"|如有(?:任何)?(?:问题|疑问|不清楚|需要)|有(?:任何)?(?:问题|疑问)(?:请|随时|欢迎|可以)|随时联系|别客气|您?好吗|还好吗|最近(?:好|忙)吗"
    r"|请(?:查收|知悉|放心|勿|不必|不用|多多?关照|见谅|谅解|原谅|参考|参阅|见附件|查阅)[^，。；！？\n]{0,6}(?=[，。；！\n]|$)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?:[^。！？!?；;\n.]|\.(?!\s|$))*(?:[。！？!?；;.]+|\n|$)")
# An address or a link may hold a question mark.
_LINK: Final = re.compile(r"\S+://\S+|www\.\S+", re.IGNORECASE)
_LONGEST: Final = 400


def asking_sentences(text: str) -> list[str]:
    """The sentences of a message's own text that ask for something, in their order.

    By plain rules: a question mark or a request word, in English or Chinese (METHODS 16). What it
    quotes and closing courtesies do not count.
    """
    own = _LINK.sub(" ", split_quoted(text).new)
    return [
        sentence
        for hit in _SENTENCE.finditer(own)
        if (sentence := " ".join(hit[0].split()))[:_LONGEST] and _asks(sentence)
    ]


def asks(text: str) -> bool:
    """Whether a message asks for something."""
    return bool(asking_sentences(text))


def _asks(sentence: str) -> bool:
    left = _POLITE.sub(" ", sentence)
    if _REQUEST.search(left):
        return True
    question = left.rstrip().endswith(("?", "？"))
    return question and any(c.isalnum() for c in left)
