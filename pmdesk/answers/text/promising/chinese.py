"""Commitments in a Chinese sentence: 我会, 周五前给您, 我方将于…; no requests, hopes, conditions."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pmdesk.answers.text.promising.commitment import Commitment
from pmdesk.answers.text.promising.terms import Term
from pmdesk.records.trust import Side

# Traditional characters of the words below; one for one, so that every place stays where it is.
_SIMPLIFIED: Final = str.maketrans(
    "會將們給發報複覆處證諾應該說請麼時間後與準備開啟動書電話認聯繫負責詢產測試練講佈總結資檔寄還從為沒無務議場計畫項財貨廠領導",
    "会将们给发报复复处证诺应该说请么时间后与准备开启动书电话认联系负责询产测试练讲布总结资档寄还从为没无务议场计划项财货厂领导",
)
_DAY: Final = "▯"  # a character of a day that something is due on, once it is hidden

_SURNAME: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
_TITLED: Final = (
    rf"[{_SURNAME}](?:总|工|经理|主任|老师|部长|处长|院长|局长|科长|主管|先生|女士|小姐)"
)
_OURS: Final = {
    Side.US: r"乙方|项目组",
    Side.CLIENT: r"甲方|业主方",
}
_SELF: Final = (
    r"(?:我们(?:这边|这里|公司|团队|项目组|部门|单位)?(?:的?[\u4e00-\u9fff]{0,4}(?:工程师|同事|团队|财务|开发|测试组|实施|采购|法务|技术))?"
    r"|我(?:这边|这里|方|司|公司|院|部|所|的?同事)?|本(?:人|公司|司|方)|咱们?|(?<![您你们方司他在到])这边|{OURS})(?!的|们)"
)
_CLIENTS: Final = r"(?:客户方?|甲方|对方|贵[方司]|业主方?|他们)"
_OTHERS: Final = (
    rf"供应商|厂家|厂商|客户|甲方|业主|监理|贵[方司公单]|对方|你们|您|你|他们?|她们?|领导|老板|总部|财务|法务|采购|银行|快递|物流|大家|各位|各方"
    rf"|双方|社会|第三方|同事们|{_TITLED}"
)
_ADVERB: Final = (
    rf"(?:{_DAY}|\s|也|就|便|都|再|还|又|先|即|马上|立即|立刻|尽快|及时|随后|稍后|回头|到时候?|届时|一定|肯定|必定|确保|亲自|尽早"
    r"|继续|持续|同时|另外|单独|正式|全部|统一|这就|今后|后续|明确|逐一|逐条|直接|主动|当天|第一时间|一起|共同|最晚|最迟|按时"
    r"|准时|按期|如期|于|在|专门|优先|完整|重新|最终|主要)*"
)
# 会 that is a meeting and no verb: 会议, 会上, 会后 (but 会上线, 会后续).
_MODAL: Final = (
    r"(?:会(?!议|上(?!线|传|报|门|交)|后(?!续)|前|场|面|谈|签(?!字|署|收)|同(?!步|时|意)|员|计(?!划|算)|话|展(?!示|开)|费|所|长|的[。！!，,\s]*$|$)"
    r"|将(?!来|就)会?|保证|承诺|答应|确保|负责)"
)
_VERB: Final = (
    r"(?:发|寄|送|交(?!流|通|谈)|提交|提供|出(?!差|席|门|去|来|现|了|于)|给|回复|答复|回答|反馈|回(?=电|您|你|传)|告知|告诉|通知|汇报|同步"
    r"|更新|整理|准备(?!金)|完成|做完|做好|做(?=一|个|出|份)|弄(?:好|出|完)|搞定|搞好|处理|解决|修复|修好|修改|改好|调整|补齐|补发|补充|补上|上线|上传"
    r"|部署|升级|切换|搭好?|安装|装好|调试|测试|测完|排查|定位|查(?=清|明|一下|完)|落实|安排|派|协调|跟进|确认|核实|核对|联系|打电话|致电|电话"
    r"|拜访|讲解|培训|演示|启动|开始|开工|进场|到现场|到位|签(?!到)|盖章|盖好|打款|付款|付清|支付|退还|退款|开通|开好|开具|恢复|整改|交接"
    r"|移交|发车|提货|办(?!公|法)|拿出|拿给|转(?=给|发|达)|备份|导出|导入|迁移|完善|优化|落地|报(?!告|表|价单|名|销|道)|上报|问(?=一下|清)"
    r"|请示|澄清|说明(?!会|书)|补货|归还|对接|评估|分析|检查|验证|替换|更换|换(?=好|成|新)|打(?=给|电话)|拿到手|给到)"
)
_RECIPIENT: Final = re.compile(r"给?(?:您|你们?|贵[方司]|大家|各位)|到?群里|邮箱|给到")
_PAST: Final = re.compile(
    rf"已经?|刚刚?(?!好)|昨|前天|上周|上个?月|曾|{_VERB}(?:完|好|出)?(?:了|过(?![去来程]))(?!再)|[收看拿得]到了|(?:了|过)$"
)
_NOT: Final = re.compile(
    r"不(?!断|仅|管|光|过|晚于|超过|好意思|同|影响|耽误)|没(?!问题|事)|未(?!来)|无法|难以|恐怕|别(?!的)|勿"
)
_ASKED: Final = re.compile(
    r"请(?!放心|假|示|查收|教|款|稍)|麻烦|劳烦|辛苦[您你大]|务必|能否|可否|能不能|可不可以|是否(?:可以?|能|方便|需要|同意|有时间)|要不|希望|期待|盼|需(?!求)|须|必须"
    r"|应(?!用|急|答|收|对|聘|邀)|适合|提醒我|例如|比如|示例|最好|建议|要求|催|得(?=在|要|尽)|(?:让|叫|(?<![需只主重必想纪摘提概])要)我们?|有劳|烦请|不妨|何不|(?:给|发|交|寄|告诉|回复|通知)我们?(?!的|方|司)"
)
_HEDGE: Final = re.compile(
    rf"争取|尽量|尽力|力争|尽可能|努力|可能|或许|也许|大概|大约|应该|估计|预计|预期|(?:(?<=[们我方司也还就目{_DAY}])|(?<![\u4e00-\u9fff]))计划(?!书|表|发|的)|打算|考虑"
    r"|拟(?=于|在|定)|想(?!法)|看看|(?<![测调考面笔尝])试(?=试|一下|着|图|看)|尝试|如无意外|不出意外|原则上|正常情况|有望|暂定|本来|原本|原计划|原定|或者|通常|一般(?!的|纳税)|往往|目标(?=[是为在]|$)"
)
_CONDITION: Final = re.compile(
    r"如果|若(?!干)|假如|假设|要是|倘若|一旦|只要|除非|万一|的话|前提(?![交供出升醒前])|取决于|视.{0,6}(?:而定|情况)"
    r"|(?<![比例譬诸不犹宛正])如(?!期|下|上|约|实|何|图|常|此|前|同|今|意|初|故|愿|数|有(?:任何|其他)?(?:问题|疑问|需要|需求|不明|不清))"
)
_WAITS: Final = re.compile(
    r"(?:您|你们?|贵[方司]|客户|对方|甲方|领导|老板|款项?|订单|合同)[^，,。]{0,8}?(?:确认|批准|审批|批复|签字|签署|签|回复|同意|反馈|盖章"
    r"|付款|到账|提供|到位|通过)[^，,。]{0,6}?(?:后|再|就|才)"
    r"|(?:收到|拿到|等|待|经|得到)(?:了)?[^，,。]{0,4}?(?:您|你们?|贵|客户|对方|甲方|领导|款|确认|批准|审批|签字|回复|同意|反馈)"
    r"[^，,。]{0,8}?(?:后|再|就|才)"
)
_REPORTED: Final = re.compile(
    rf"(?<![给向对和与跟同为发])(?:{_OTHERS})[^，,。给发]{{0,4}}?(?:说|表示|称(?!重)|提到|答应|承诺|通知|告诉|回复|要求|保证)(?!的|过的|书|金)"
    r"|(?:^|[，,])(?!我|咱)[\u4e00-\u9fff]{1,4}(?:说|表示|称)[：:]"
)
# A politeness that sets no condition: 如有问题请随时联系我.
_POLITE: Final = re.compile(r"如(?:果|若)?有[^，,。]{0,12}[，,]?(?:请|欢迎|可?随时|麻烦)[^，,。]*")
_ASKING: Final = re.compile(
    r"[?？]|吗[。！!]?$|(?:什么时候|何时|哪天|几号|怎么样|好不好|行不行|可以吗|会不会|要不要)"
)
_NO_ACT: Final = re.compile(
    r"参加|出席|参会|休假|请假|放假|出差|见面|碰头|聊|讨论|商量|再说|再定|再议|再约|会议上|会上(?!线)|面谈|吃饭|聚餐|在场|旁听|听取|度假"
    r"|(?<![需只主重必想纪摘提概])要(?!求|点|素|件|紧|闻|是|不|我)|等(?:您|你|着)|(?:在|不在)(?:公司|办公室|会议室|会场|单位|家)"
)
_WILL_NOT_ACT: Final = re.compile(
    rf"{_ADVERB}(?:不|没|未|无法|难|尽力|尽量|努力|争取|考虑|想(?!办法)|试|看|有(?!人)|是|去(?!现场|[您你贵]|客户|处理|确认|跟进|核实|查|问|办|做|沟通|了解|协调|落实|掉|除)|来(?:$|参加|公司|上课)|到场|参加|出席|休假|出差|放假"
    r"|来不及|很|非常|比较|需要|要|得|等|收到|拿到|遇到|面临|受|影响|召开|举[行办]|前往|迎来|记得|珍惜|见|聊|讨论|商量|再说|用到|变|更(?=多|加|好|大|高|快|有|难|不))"
)
# What a sentence without a subject must speak of, if it does not say to whom.
_DELIVERS: Final = re.compile(
    r"提交|提供|交付|出(?=[一两初]?[版份稿])|交(?!$)|完成|做完|发布|上线|发(?!现|生|展)|出具|解决|修复|更新|部署|补齐|恢复|处理|整改|答复|回复|给|弄|整理|修改"
)
# What one is able to do is not yet what one will do.
_ABLE: Final = re.compile(r"可以|(?<![可不只功性智职技产])能(?!力|源|量|效|耗|够?(?:收|拿|看)到)")
# Towards the writer: whoever asks so promises nothing.
_HITHER: Final = re.compile(r"(?:发|寄|送|交|传|拿|报)(?:过来|上来|来)")
_CLAUSE: Final = re.compile(r"[^，,：:]+")
_DAY_ALONE: Final = re.compile(rf"\s*(?:最晚|最迟|那么?)?{_DAY}+(?:之?前)?\s*[。！!.]?")
_SOON: Final = re.compile(r"稍后|回头|马上|这就|立即|立刻|尽快|随后|后续|晚点|待会")
_LETS: Final = re.compile(
    r"(?:让|安排|叫|派|请|由|通知|协调|把|将|对|向|跟|和|与|同|为|替|帮|给|请示|联系|拜访|随|根据|按照?)\s*$"
)
_OF: Final = re.compile(r"[^，,]{0,3}?(?:提|反馈|要|说|关心|问|发|给)?[^，,]{0,4}的")


# 给我, 让我们: spoken of and not speaking (but 会议纪要我明天发).
_NOT_TO: Final = r"(?<![自对给向跟与和同为让催请问])(?<!(?<![纪摘提])要)"


# "您说的周五前交付": what is only taken up again.
_TAKEN_UP: Final = re.compile(
    rf"^(?:{_OTHERS})(?:刚才|刚刚|之前|上次|所)?(?:说|提到?|讲|要求|反馈)的{_DAY}"
)
_YOU_GET: Final = re.compile(
    rf"(?:您|你们?)(?:{_DAY}|\s|就|便|都|也|能|会|可以|将|应)*?(?:收到|拿到|看到|见到)(?!了|的)"
)
_VOWED: Final = re.compile(rf"^{_ADVERB}(?:保证|承诺|确保){_ADVERB}.*{_VERB}")
_VERBS: Final = re.compile(rf"(?P<verb>{_VERB})(?!的|过|了)")


_OTHER: Final = re.compile(rf"(?:{_OTHERS})")
# "王芳负责…，周三前完成": somebody whom only the minutes know.
_DUTY: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?!我|乙方|本|由我|咱|我方)[\u4e00-\u9fff]{2,4}(?:负责|跟进|牵头|认领)|由(?!我|乙方|本[人公]|咱|于|此)"
)


_OPENING: Final = re.compile(
    rf"^(?:[\s，,]|{_SELF.replace('{OURS}', '|'.join(_OURS.values()))}|好的?|行|会(?!议)|将|于|在|就|也|都|一定|肯定|最晚|最迟)+"
)


class _Clause(NamedTuple):
    text: str
    start: int
    end: int


class _Rules(NamedTuple):
    """The rules of one writer: who "we" are to it."""

    will: re.Pattern[str]
    self: re.Pattern[str]
    other_will: re.Pattern[str]


def _rules(writer: Side) -> _Rules:
    self = _SELF.replace("{OURS}", _OURS[writer])
    return _Rules(
        re.compile(rf"{_NOT_TO}(?:{self}){_ADVERB}{_MODAL}(?P<rest>{_ADVERB}.+)"),
        re.compile(rf"{_NOT_TO}(?:{self})(?!的(?!同事|工程师))"),
        re.compile(rf"^{_CLIENTS}{_ADVERB}{_MODAL}?(?P<rest>{_ADVERB}.+)"),
    )


_BY_WRITER: Final = {side: _rules(side) for side in Side}
# A text without any of these commits to nothing.
_HINT: Final = re.compile(
    r"[我咱您你给給发發交回答前内保承会會将將]|本[人公司方]|乙方|项目组|項目組|甲方|业主|業主|客户|客戶|对方|對方"
)


def may_commit(sentence: str) -> bool:
    """Whether a text may hold a commitment."""
    return _HINT.search(sentence) is not None


def commitments(
    sentence: str, terms: Sequence[Term], writer: Side, *, notes: bool
) -> Iterator[Commitment]:
    """What is committed to in a Chinese sentence of `writer`, clause by clause.

    `terms` are its days. In `notes` of a meeting the client is spoken of as a third person.
    """
    plain = sentence.translate(_SIMPLIFIED)
    plain = _POLITE.sub(lambda hit: "~" * len(hit[0]), plain)
    if _ASKING.search(plain) or _CONDITION.search(plain) or _WAITS.search(plain):
        return
    hidden = list(plain)
    for term in terms:
        hidden[term.start : term.end] = _DAY * (term.end - term.start)
    ours_so_far = False
    for clause in _clauses("".join(hidden)):
        own = [t for t in terms if clause.start <= t.start < clause.end]
        by = _who(clause, own, plain, writer, notes=notes, goes_on=ours_so_far)
        ours_so_far = ours_so_far or _is_ours(clause, writer)
        if by is not None:
            yield Commitment(by, clause.start, clause.end, clause.start, clause.end)


def _clauses(hidden: str) -> Iterator[_Clause]:
    """The clauses of a sentence whose days are hidden; a day that stands alone goes to the next one.

    At the end it goes to the one before: 我会发给您，最晚周五.
    """
    spans: list[tuple[int, int]] = []
    held: int | None = None
    for hit in _CLAUSE.finditer(hidden):
        start, end = hit.span()
        alone = _DAY_ALONE.fullmatch(hidden, start, end) is not None
        if alone and end < len(hidden):
            held = start if held is None else held
        elif alone and spans and _DAY not in hidden[slice(*spans[-1])]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start if held is None else held, end))
            held = None
    for start, end in spans:
        yield _Clause(hidden[start:end], start, end)


def _is_ours(clause: _Clause, writer: Side) -> bool:
    hit = _BY_WRITER[writer].self.search(clause.text)
    return hit is not None and hit.start() <= 2


def _who(
    clause: _Clause, own: Sequence[Term], plain: str, writer: Side, *, notes: bool, goes_on: bool
) -> Side | None:
    """Who commits to something in the clause; None where nobody does."""
    text, rules = clause.text.rstrip("。！!. "), _BY_WRITER[writer]
    if (
        _ASKED.search(plain, clause.start, clause.end)
        or _HEDGE.search(text)
        or _NO_ACT.search(text)
        or _PAST.search(text)
        or _TAKEN_UP.search(text)
    ):
        return None
    if notes and (hit := rules.other_will.match(text)):
        does = _does(hit["rest"]) and bool(own) and not _NOT.search(text)
        return Side.CLIENT if does else None
    if _REPORTED.search(plain[: clause.end]) or _NOT.search(text):
        return None
    if own and _YOU_GET.search(text):
        return writer
    if hit := rules.will.search(text):
        acts = not _WILL_NOT_ACT.match(hit["rest"])
        return writer if acts and not _other_before(text, hit.start(), rules) else None
    if _ABLE.search(text):
        return None
    if own:
        does = _dated(text, plain[: clause.start], own, rules, goes_on=goes_on)
    else:
        does = _soon(text, rules)
    return writer if does else None


def _does(rest: str) -> bool:
    return _VERBS.search(rest) is not None and not _WILL_NOT_ACT.match(rest)


def _soon(text: str, rules: _Rules) -> bool:
    """Whether a clause without a day and without 会 or 将 says that we do something at once."""
    soon = _SOON.search(text)
    if soon is None or _VERBS.search(text) is None or _other_before(text, soon.start(), rules):
        return False
    return bool(rules.self.search(text) or _RECIPIENT.search(text))


def _dated(text: str, before: str, own: Sequence[Term], rules: _Rules, *, goes_on: bool) -> bool:
    """Whether a clause with a day and without 会 or 将 says that we do something then."""
    if _VOWED.match(text) and not _other_before(text, len(text), rules):
        return True
    ours = rules.self.search(text)
    day_at = text.index(_DAY)
    verbs = [hit for hit in _VERBS.finditer(text) if hit.start() > day_at or ours]
    if not verbs:
        return False
    verb = verbs[-1] if ours else verbs[0]
    if _other_before(text, verb.start(), rules):
        return False
    if ours or goes_on:
        return True
    if _RECIPIENT.search(text, verb.start()):
        return True
    # what was asked for before goes on: 建议您先备份，周五前完成切换
    return any(t.firm and _DELIVERS.search(text) for t in own) and not (
        _ASKED.search(before)
        or _HEDGE.search(before)
        or _DUTY.search(before + text)
        or _HITHER.search(text)
    )


def _other_before(text: str, place: int, rules: _Rules) -> bool:
    """Whether somebody else stands before `place` as the one who acts."""
    for hit in _OTHER.finditer(text, 0, place):
        if rules.self.match(text, hit.start()):
            continue
        if _LETS.search(text[: hit.start()]) or _VERBS.search(
            text[max(0, hit.start() - 2) : hit.start()]
        ):
            continue
        if _OF.match(text, hit.end()) or text.startswith(("放心", "好"), hit.end()):
            continue
        return True
    return False


def what(text: str) -> str:
    """What is promised as a title, the words of its day and of who promises left out."""
    plain = text.strip(" ，,。！!.：:")
    opening = _OPENING.match(plain.translate(_SIMPLIFIED))
    return plain[opening.end() :] or plain if opening else plain
