"""Quoted history of mail, as the programs that clients use write it."""

import time
from email.parser import BytesParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmdesk.exchange.mail.body import html_text
from pmdesk.exchange.mail.message import parts_of
from pmdesk.insight.quoted import first_words, split_quoted

NEW = "林经理，您好：\n\n接口测试报告周五前能给吗？\n\n谢谢！\n周启明"
SHORT = "Hello Lin,\n\nplease see below.\n\nRegards\nLi"

# What stands between the new text and the mail that it answers or forwards.
CHINESE = {
    "Outlook": "发件人: 林安 <lin@oak.example>\n发送时间: 2026年3月2日 10:00\n"
    "收件人: 周启明 <zhou@pine.example>\n抄送: 许静 <xu@pine.example>\n主题: 回复: 排产接口",
    "Outlook with wrapped recipients": "发件人：林安 <lin@oak.example>\n发送时间：2026年3月2日 星期一 10:00\n"
    "收件人：周启明 <zhou@pine.example>; 许静 <xu@pine.example>;\n 方立 <fang@pine.example>; 王工\n"
    "<wang@pine.example>\n主题：回复：排产接口",
    "Outlook, plain text": "-----邮件原件-----\n发件人: lin@oak.example [mailto:lin@oak.example] \n"
    "发送时间: 2026年3月2日 10:00\n收件人: zhou@pine.example\n主题: 排产接口",
    "Outlook 2003": "________________________________\n发件人: lin@oak.example\n发送时间: 2026-03-02 10:00\n主题: 排产接口",
    "QQ": "------------------&nbsp;原始邮件&nbsp;------------------\n".replace("&nbsp;", "\u00a0")
    + '发件人: "林安" <lin@oak.example>;\n发送时间: 2026年3月2日(星期一) 上午10:00\n'
    '收件人: "周启明"<zhou@pine.example>;\n主题: 排产接口',
    "QQ, older": "------------------ 原始邮件 ------------------\n\n发件人: 林安<lin@oak.example>;\n"
    "日  期: 2026-03-02 (星期一) 10:00:19\n收件人: 周启明<zhou@pine.example>;\n主  题: 排产接口",
    "企业微信邮箱": "------------------ Original ------------------\nFrom: 林安 <lin@oak.example>\n"
    "Date: 周一,3月 2,2026 10:00 上午\nTo: 周启明 <zhou@pine.example>\nSubject: Re: 排产接口",
    "163, At": 'At 2026-03-02 10:00:00, "林安" <lin@oak.example> wrote:\n>请看附件。\n>林安',
    "163": '在 2026-03-02 10:00:00，"林安" <lin@oak.example> 写道：',
    "126, half-width": '在 2026-03-02 10:00:00，"lin" <lin@oak.example> 写道:\n>请看附件。',
    "163, forward": '-------- 转发邮件信息 --------\n发件人："林安" <lin@oak.example>\n'
    '发送日期：2026-03-02 10:00:20\n收件人："周启明" <zhou@pine.example>\n主题：排产接口',
    "网易邮箱大师": "---- 回复的原邮件 ----\n发件人 林安<lin@oak.example>\n发送日期 2026年03月02日 10:00\n"
    "收件人 zhou@pine.example\n主题 排产接口",
    "Foxmail": "\u00a0\n发件人： 林安\n发送时间： 2026-03-02 10:00\n收件人： 周启明\n抄送： 许静\n主题： Re: 排产接口",
    "Apple": "> 在 2026年3月2日，上午10:00，林安 <lin@oak.example> 写道：\n> \n> 请看附件。",
    "Apple, HTML": "在 2026年3月2日，上午10:00，林安 <lin@oak.example> 写道：",
    "Apple, newer": "2026年3月2日 10:00，林安 <lin@oak.example> 写道：",
    "Apple, forward": "下面是被转发的邮件：\n\n发件人: 林安 <lin@oak.example>\n主题: 排产接口\n"
    "日期: 2026年3月2日 GMT+8 10:00:02\n收件人: zhou@pine.example",
    "iPhone": "发自我的iPhone\n\n------------------ 原始邮件 ------------------\n发件人: 林安",
    "day alone": "在 2026年3月2日，林安 写道：",
    "Gmail": "林安 <lin@oak.example> 于2026年3月2日周一 10:00写道：\n\n> 请看附件。\n>",
    "Gmail, wrapped": "林安（项目管理部） <lin.an.projects@oak.example> 于2026年3月2日周一\n上午10:00写道：\n\n> 请看附件。",
    "Gmail, forward": "---------- Forwarded message ---------\n发件人： 林安 <lin@oak.example>\n"
    "Date: 2026年3月2日周一 10:00\nSubject: 排产接口\nTo: <zhou@pine.example>",
    "Thunderbird": "在 2026/3/2 10:00, 林安 写道:\n> 请看附件。",
    "阿里邮箱、钉钉邮箱": "------------------------------------------------------------------\n"
    "发件人：林安 <lin@oak.example>\n日　期：2026年03月02日 10:00:00\n收件人：周启明<zhou@pine.example>\n"
    "抄　送：许静<xu@pine.example>\n主　题：排产接口",
    "阿里邮箱, newer": "------------------------------------------------------------------\n"
    "发件人：林安 <lin@oak.example>\n发送时间：2026年3月2日(星期一) 10:00\n收件人：周启明<zhou@pine.example>\n主　题：排产接口",
    "飞书邮箱": "发件人: 林安<lin@oak.example>\n时间: 2026年3月2日 (周一) 10:00\n主题: 排产接口\n收件人: 周启明<zhou@pine.example>",
    "飞书邮箱, forward": "--------- 转发消息 ---------\n发件人: 林安<lin@oak.example>\n时间: 2026年3月2日 (周一) 10:00",
    "Coremail": "-----原始邮件-----\n发件人:林安 <lin@oak.example>\n发送时间:2026-03-02 10:00:00 (星期一)\n"
    "收件人: zhou@pine.example\n抄送: \n主题: 排产接口",
    "OA": '----邮件原文----\n发件人："林安" <lin@oak.example>\n收件人："周启明" <zhou@pine.example>\n'
    "发送时间：2026-03-02 10:00:25\n主题：排产接口",
    "繁體 Outlook": "寄件者: 林安 <lin@oak.example>\n寄件日期: 2026年3月2日 10:00\n收件者: 周啟明\n主旨: 排產介面",
    "繁體 Gmail": "林安 <lin@oak.example> 於 2026年3月2日 週一 上午10:00寫道：\n\n> 請看附件。",
}  # fmt: skip
OTHERS = {
    "Gmail": "On Mon, Mar 2, 2026 at 10:00 AM Lin An <lin@oak.example> wrote:\n\n> Attached.\n> Lin",
    "Gmail, wrapped": "On Mon, Mar 2, 2026 at 10:00 AM Lin An <lin.an.of.the.project.office@oak.example>\nwrote:\n\n> Attached.",
    "Apple": "> On 2 Mar 2026, at 10:00, Lin An <lin@oak.example> wrote:\n> \n> Attached.",
    "Outlook": "From: Lin An <lin@oak.example>\nSent: Monday, March 2, 2026 10:00 AM\n"
    "To: Li Wei <li@pine.example>\nSubject: RE: Interface",
    "Outlook, bold": "*From:* Lin An [mailto:lin@oak.example]\n*Sent:* Monday, March 02, 2026 10:00 AM\n*To:* Li\n*Subject:* Plan",
    "Outlook, plain text": "-----Original Message-----\nFrom: Lin An <lin@oak.example>\nSent: 02 March 2026 10:00",
    "Thunderbird": "On 02/03/2026 10:00, Lin An wrote:\n> Attached.",
    "Thunderbird, forward": "-------- Forwarded Message --------\nSubject: Plan\nDate: Mon, 2 Mar 2026",
    "Hotmail": "Date: Mon, 2 Mar 2026 10:00:00 +0800\nSubject: Plan\nFrom: lin@oak.example\nTo: li@pine.example",
    "Notes": "----- Forwarded by Li Wei/Pine on 02.03.2026 10:00 -----",
    "Apple, forward": "Begin forwarded message:\n\nFrom: Lin An <lin@oak.example>\nSubject: Plan",
    "German Outlook": "Von: Lin An <lin@oak.example>\nGesendet: Montag, 2. März 2026 10:00\nAn: Li\nBetreff: AW: Plan",
    "German Gmail": "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Lin An <lin@oak.example>:\n\n> Anbei.",
    "German Thunderbird": "Am 02.03.2026 um 10:00 schrieb Lin An:\n> Anbei.",
    "German, older": "-----Ursprüngliche Nachricht-----\nVon: Lin An",
    "GMX": "Lin An <lin@oak.example> hat am 02.03.2026 10:00 CET geschrieben:",
    "French Outlook": "De : Lin An <lin@oak.example>\nEnvoyé : lundi 2 mars 2026 10:00\nÀ : Li\nObjet : RE: Plan",
    "French Gmail": "Le lun. 2 mars 2026 à 10:00, Lin An <lin@oak.example> a écrit :\n\n> Ci-joint.",
    "French, older": "-----Message d'origine-----\nDe : Lin An",
    "Japanese": "-----元のメッセージ-----\n差出人: Lin An <lin@oak.example>",
    "Yandex": '02.03.2026, 10:00, "Lin An" <lin@oak.example>:',
    "by name alone": "Lin An wrote:\n\n> Attached.",
}  # fmt: skip
MAILS = [
    *(pytest.param(NEW, head, id=f"zh {name}") for name, head in CHINESE.items()),
    *(pytest.param(SHORT, head, id=name) for name, head in OTHERS.items()),
]


@pytest.mark.parametrize(("new", "head"), MAILS)
def test_the_history_begins_where_the_program_that_wrote_it_says(new, head):
    below = "" if head.rpartition("\n")[2].startswith(">") else "\n\n请看附件。\n林安\n"
    text = f"{new}\n\n{head}{below}"
    sent = "发自我的iPhone"
    parts = split_quoted(text)
    wanted = f"{new}\n\n{sent}" if head.startswith(sent) else new
    assert parts.new.strip() == wanted
    assert parts.new + parts.quoted == text
    assert first_words(text) == " ".join(wanted.split())


@pytest.mark.parametrize(
    "text",
    [
        "请看附件。\n\n此致\n敬礼！\n\n周启明\n青松制造 信息中心\n电话：0571-1234567\n邮箱：zhou@pine.example",
        "Done.\n\n-- \nLi Wei\nPine Manufacturing\nMail: li@pine.example",
        "会议安排：\n时间：2026年3月2日 10:00\n地点：三号会议室\n主题：排产接口评审\n参会人：林安、许静",
        "出差申请\nFrom: Beijing\nTo: Shanghai\nDate: 2026-03-02",
        "在2026年3月2日的邮件里，方总写道：\n延期三天可以，但要书面说明。\n我们是否照办？",
        "方总在群里写道：\n可以。",
        "On Monday we wrote:\nthe report. It is done.",
        "主题：周报\n日期：2026-03-02\n完成情况如下。",
        "-----\n报价\n-----\n一、软件",
        "Call me at 10:00:\n0571-1234567",
        "",
        "\n\n",
    ],
)
def test_what_only_looks_like_a_history_is_not_folded(text):
    assert split_quoted(text) == (text, "")


def test_a_day_and_a_subject_of_the_new_text_stay_above_the_history():
    new = "评审定在：\n时间：3月6日 10:00\n主题：排产接口"
    text = f"{new}\n\n{CHINESE['Outlook']}\n\n请看附件。"
    assert split_quoted(text).new.strip() == new


def test_answers_between_quoted_lines_keep_the_questions_beside_them():
    text = "Hi Lin,\n\nOn 2 Mar 2026, Lin An wrote:\n> When?\n\nFriday.\n\n> Who?\n\nXu.\n"
    assert split_quoted(text) == (text, "")
    assert first_words(text) == "Hi Lin, Friday. Xu."


def test_an_answer_below_the_quotation_is_found():
    text = "On 04/02/2026 06:26 PM, Li Wei wrote:\n> Hi\nHello"
    assert split_quoted(text) == (text, "")
    assert first_words(text) == "Hello"


def test_a_signature_or_a_list_footer_below_the_quotation_hides_nothing_new():
    for foot in (
        "-- \nLi Wei",
        "_______________________________________________\nlist mailing list",
    ):
        text = f"Hello\n\nOn 2 Mar 2026, Lin An wrote:\n> Hi\n\n{foot}\n"
        assert split_quoted(text).new.strip() == "Hello"


def test_a_bare_forward_is_shown_whole():
    text = f"\n{OTHERS['Apple, forward']}\n\nHello"
    assert split_quoted(text) == (text, "")
    assert first_words(text).startswith("Begin forwarded message:")


def test_the_newest_of_several_histories_is_the_edge():
    text = f"好的。\n\n{CHINESE['Outlook']}\n\n请看。\n\n{CHINESE['QQ']}\n\n原文"
    assert split_quoted(text).new.strip() == "好的。"


# The last words of the new text in the real mails that other parsers are tried on; None: all of it.
REAL = {
    "correct_sig.txt": None,
    "email_1_1.txt": None,
    "email_1_5.txt": None,
    "email_2_1.txt": "Outlook with a reply",
    "email_2_2.txt": "directly above line",
    "email_2_3.txt": "directly above line",
    "email_bullets.txt": "- and another",
    "email_iPhone.txt": None,
    "email_multi_word_sent_from_my_mobile_device.txt": None,
    "email_sent_from_my_not_signature.txt": None,
    "email_sig_delimiter_in_middle_of_line.txt": None,
    "pathological.txt": "get back to a computer.",
    "hotmail.html": "Alex",
    "mail_ru.html": "Alex",
    "ms_outlook_2007.html": "Alex",
    "gmail.html": "Alex",
    "thunderbird.html": "Alex",
    "yandex_ru.html": "Alex",
    "sparrow.eml": "(http://www.sparrowmailapp.com/?sig)",
    "thunderbird.eml": None,
    "gmail.eml": "Hello",
    "apple_mail_2.eml": "Hello",
    "yahoo.eml": "Hello",
}


@pytest.mark.parametrize("name", REAL)
def test_real_mails_are_folded_where_their_new_text_ends(real_data, name):
    (path,) = (real_data / "eml-replies").rglob(name)
    raw = path.read_bytes()
    match path.suffix:
        case ".eml":
            text = parts_of(BytesParser().parsebytes(raw)).body.text
        case ".html":
            text = html_text(raw.decode())
        case _:
            text = raw.decode()
    new, quoted = split_quoted(text)
    assert new + quoted == text
    assert new.rstrip().endswith(REAL[name]) if REAL[name] else not quoted


PIECES = [
    *CHINESE.values(),
    *OTHERS.values(),
    "> quoted",
    "-- ",
    "好的，谢谢。",
    "",
    "发件人：",
    "On 2026",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=60))))
@example(["\r", ">", "\x85", "\u2028"])
def test_nothing_of_any_text_is_lost(pieces):
    text = "\n".join(pieces)
    new, quoted = split_quoted(text)
    assert new + quoted == text
    assert not quoted or new.strip()
    assert len(first_words(text)) <= 240


@pytest.mark.parametrize(
    "line",
    ["From: a@b", "发件人：a@b\n", "> a\nb", "On 2026", "-" * 390, "<a@" * 130 + ":", "a" * 390 + ":", "在 2026年3月2日", ":" * 390],
)  # fmt: skip
def test_the_time_grows_with_the_length_and_no_faster(line):
    def spent(times):
        text = f"{line}\n" * times
        began = time.process_time()
        split_quoted(text)
        return time.process_time() - began

    few, many = min(spent(1_000) for _ in range(3)), spent(8_000)
    assert many < 8 * few * 3 + 0.05
