"""Whether a message of ours asks something, and the sentence that asks it."""

import re
from typing import Final

from pmdesk.insight.quoted import split_quoted

_ANSWER: Final = (
    r"(?:answers?|repl(?:y|ies)|response|confirmation|decision|feedback|comments?|approval|consent"
    r"|acceptance|input|opinion|views?|agreement|signature)"
)
_WHOM: Final = r"(?:您|你|贵方|贵司|贵公司|贵处|各位|大家)"
_REPLY: Final = r"(?:回复|答复|确认|反馈|批复|意见|决定|指示|审批|回音|回信|消息)"
_THINGS: Final = (
    r"(?:事|问题|内容|地方|文件|材料|资料|东西|部分|合同|方案|版本|清单|数据|报告|我|都|已|如下)"
)
_VERBS: Final = (
    r"(?:确认|回复|答复|提供|反馈|告知|安排|审批|批复|签|盖章|补|发|给|协调|审|评审|决定|选|填|付|核|配合|指定"
    r"|明确|落实|提交|看|查|检|催|问|转|帮|处理|解决|修改|更新|完成|通知|参加|写|寄|开通|定)"
)
_TOLD_OF: Final = "".join(
    rf"(?<!{before}请)"
    for before in (
        *"申邀聘宴已", "已经", "我会", "们会", "也会", "将会", "我将", "们将", "这是", "那是", "之前", "上次", "此前",
        "先前", "前期", "已提", "经提", "将提", "会提",
    )
)  # fmt: skip
# A request without a question mark, as it is written; greetings and closings are none. Each stands
# with words of which a sentence must hold one: most hold none, and cost no pattern.
_REQUESTS: Final = tuple(
    (tuple(words.split("|")), re.compile(pattern, re.IGNORECASE | re.VERBOSE))
    for words, pattern in (
        ("please ", r"""\bplease\ (?!find\b|note\b|see\b|be\ (?:aware|informed|advised|assured)|rest\ assured|accept\ (?:our|my)
            |excuse|forgive|pardon|(?:do\ not|don['’]t)\ (?:hesitate|reply|worry|mind)|feel\ free|ignore|disregard
            |consider\ the|refer\b|allow\ (?:me|us)|keep\ in\ mind|bear\ with|enjoy|delete\b)"""),
        ("ould |can |will |won", r"\b(?:could|can|would|will|won['’]t)\ (?:you|someone|somebody|anybody|anyone)\b"),
        ("let ", r"(?<!will\ )(?<!['’]ll\ )(?<!would\ )(?<!to\ )\blet\ (?:me|us)\ know\b"),
        ("need ", r"""\b(?:we|i)\ (?:(?:do|would|will|still|also|urgently|really|only|now|just)\ ){0,2}
            need\ (?:your\b|you\ to\b|.{0,60}\bfrom\ you\b)"""),
        ("wait|forward to |advance for ", rf"""\b(?:(?:wait(?:ing)?\ (?:for|on)|await(?:ing)?|look(?:ing)?\ forward\ to)
            \ (?:your|an?)|in\ advance\ for\ your)\ (?:[a-z]+\ ){{0,3}}{_ANSWER}\b"""),
        ("kindly ", r"""\bkindly\ (?:confirm|send|provide|advise|review|let|sign|return|check|forward|complete|approve
            |arrange|reply|answer|share)"""),
        ("appreciate ", r"""(?:would|['’]d|will)\ (?:very\ much\ |really\ |highly\ )?appreciate
            \ (?:it\ if|your\ (?!patience|understanding|support|help\b)|an?\b)"""),
        ("your ", rf"""\byour\ (?:[a-z]+\ ){{0,2}}{_ANSWER}\b[^.?!]{{0,60}}
            \b(?:appreciated|welcome|needed|required|missing|outstanding)\b"""),
        (" if ", r"""\bwould\ (?:be\ [a-z]+|help(?:\ (?:me|us))?(?:\ a\ lot|\ greatly)?)\ if\ (?:you|we|someone|somebody)\b"""),
        (" you ", r"(?<!not\ )\b(?:ask|request|urge|remind)\ you\ (?:to|for|of|about|once|again|that)\b"),
        (" me| us| the| this| your", r"""^(?:(?:send|forward|tell)\ (?:me|us)|(?:confirm|approve|sign|return|complete)
            \ (?:the|this|your))\b"""),
        ("请", rf"""请{_TOLD_OF}(?!{_WHOM}?(?:[求示假客柬帖了过我]|勿|不|别|无需|放心|安心|随时|稍|耐心|谅|见谅|原谅
            |体谅|理解|包涵|忽略|无视|注意|留意|允许|相信|见|详见|保重|笑纳|多多?(?:关照|包涵|指教|保重)|以.{{0,12}}为准))"""),
        ("麻烦|劳烦", rf"(?<![添的很太较点些不])(?:麻烦|劳烦)(?!{_WHOM}?了)(?=\w{{2}})"),
        ("有劳|劳驾|拜托", rf"(?:有劳|劳驾|拜托){_WHOM}?(?!了)(?=\w{{2}})"),
        ("辛苦", rf"辛苦{_WHOM}(?!了)[^，。；！\n]{{0,8}}?{_VERBS}"),
        ("望|盼", rf"""(?:希望|还望|万望|望|盼){_WHOM}
            (?!的|一切|都好|满意|喜欢|能?(?:理解|谅解|体谅|见谅|满意)|早日|身体|工作|假期|周末|节日)"""),
        ("等|候|盼|期待", rf"""(?:等|等待|等候|静候|敬候|恭候|盼|盼望|期待)着?(?:能?(?:早日|尽快|尽早)?(?:收到|得到))?{_WHOM}
            [^，。；！？\n]{{0,14}}?{_REPLY}"""),
        ("复", r"(?:盼|望|速|即|请)复(?!工|产|制|查)"),
        ("需", rf"""需要?请?{_WHOM}(?![^，。；！？\n]{{0,10}}的{_THINGS})(?=[^，。；！？\n]{{0,20}}?{_VERBS})"""),
        ("否|不可以|不能|不方便", r"""(?<![问看查道论估定认])(?<!问我们)(?:能否|可否|能不能|可不可以|是否可以|是否方便|方不方便)
            (?![^，。；！？\n]{0,16}(?:取决|要看|由|未知|不确定|待定|尚))"""),
        ("帮", rf"帮(?:我|我们|忙|着){_VERBS}"),
    )
)  # fmt: skip
_MORE: Final = r"(?:questions?|quer(?:y|ies)|concerns?|help|assistance|anything|something|further|else|information|clarification|unclear|doubts?|problems?)"
# Asked out of politeness, answered by nobody.
_POLITE: Final = re.compile(
    rf"""
    (?:please\ )?let\ (?:me|us)\ know\ (?:if|should|in\ case)\ (?:(?:i|we)\ can\b|you\ (?:should\ )?(?:have|need|require|want)\ (?:any|further|more|other|additional|a\ |some|{_MORE})
        |there\b|any|something|further)[^.?!\n]*
    | \b(?:if|should|in\ case)\ (?:you\ (?:should\ )?(?:have|need|require|want|experience)|there\ (?:is|are|should)|of|any(?:thing)?)\b
        [^.?!\n]{{0,40}}\b{_MORE}\b[^.?!\n]*
    | (?:please\ )?(?:contact|call|ring|ask|tell|write|e?-?mail|reach|get\ in\ touch|come\ back)\b[^.?!\n]{{0,40}}
        \b(?:if|should|in\ case|with|for)\b[^.?!\n]{{0,30}}\b{_MORE}\b[^.?!\n]*
    | \bfor\ (?:any|further|more|other)\ (?:questions?|information|details|help|assistance)\b[^.?!\n]*
    | \b(?:any|have|further)\ questions\b | questions\? | \bhow\ are\ you\b | \bhope\ (?:this|you|all|that)\b | \bhow\ about\ you\?
    | \b(?:not\ the\ intended\ recipient|in\ error|by\ mistake)\b[^\n]*
    | (?:如果?|若|倘若|假如)?{_WHOM}?(?:还|仍)?(?:有|遇到)(?:任何|其他|其它|什么|不明)?(?:问题|疑问|疑义|不清楚|不明白|困难|需要)
        (?=[^。；！？\n]{{0,12}}(?:请|随时|欢迎|可以?|联系|沟通|找我|来电|致电))[^。；！？\n]*
    | 如果?(?:有|需)?要?(?:任何|更多|其他|进一步)?(?:需要|需求|帮助|协助|支持|了解)[^。；！？\n]*
    | (?:急事|要事|紧急|有事)[^。；！？\n]{{0,8}}(?:电话|联系|致电|打给|找)[^。；！？\n]*
    | 随时联系 | 别客气 | {_WHOM}?好吗(?=[？?]|$) | 还好吗 | 最近(?:好|忙|怎么样)吗? | 误收[^\n]*
    | (?:敬)?请{_WHOM}?(?:查收|知悉|知照|参考|参阅|查阅|过目|知晓)(?:附件|为盼|一下|哦|啦|吧)?(?=[，,。；！!\s]|$)(?![，,]\s?(?:并|同时|然后|再))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE: Final = re.compile(r"(?:[^。！？!?；;\n.]|\.(?!\s|$))*(?:[。！？!?；;.]+|\n|$)")
# A link may hold a question mark; one at its end asks, and Chinese after it is none of it.
_LINK: Final = re.compile(
    r"(?:(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s\u3000-\u9fff\uff00-\uffef]*[^\s\u3000-\u9fff\uff00-\uffef?]",
    re.IGNORECASE,
)
# Letters of a sentence that are read, and given back: a table or a dump has no end to it.
_READ: Final = 1_000
_LONGEST: Final = 400


def asking_sentences(text: str) -> list[str]:
    """The sentences of a message's own text that ask for something, in their order.

    By plain rules: a question mark or a request word, in English or Chinese (METHODS 16). What it
    quotes and closing courtesies do not count.
    """
    own = split_quoted(text).new
    masked = _LINK.sub(lambda link: "x" * len(link[0]), own)
    return [
        " ".join(own[hit.start() : hit.end()].split())[:_LONGEST]
        for hit in _SENTENCE.finditer(masked)
        if _asks(" ".join(hit[0].split()))
    ]


def asks(text: str) -> bool:
    """Whether a message asks for something."""
    return bool(asking_sentences(text))


def _asks(sentence: str) -> bool:
    read = sentence[:_READ] + sentence[_READ:][-1:]
    # most sentences are neither: they cost one look
    return _may_ask(read) and _may_ask(_POLITE.sub(" ", read).strip())


def _may_ask(sentence: str) -> bool:
    if sentence.endswith(("?", "？")) and any(c.isalnum() for c in sentence):
        return True
    plain = sentence.lower()
    return any(
        any(word in plain for word in words) and pattern.search(sentence)
        for words, pattern in _REQUESTS
    )
