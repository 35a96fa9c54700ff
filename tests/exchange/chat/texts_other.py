"""Chats of WhatsApp, Teams and export tools, with what stands in them."""

from tests.exchange.chat.cases import Case

ANNA = ("Anna Berg",)
CASES = (
    Case(
        "WhatsApp iPhone, British",
        """[24/11/2026, 09:05:11] Harbour Logistics: ‎Messages and calls are end-to-end encrypted. Only people in this chat can read them.
[24/11/2026, 09:05:12] Tom Reed: Morning! Any news on the customs file?
[24/11/2026, 09:15:40] Anna Berg: Yes:
- filed on Monday
- cleared today
[24/11/2026, 09:16:02] Tom Reed: ‎document omitted
""",
        """2026-11-24 09:05:12 > Morning! Any news on the customs file?
2026-11-24 09:15:40 < Yes:⏎- filed on Monday⏎- cleared today
2026-11-24 09:16:02 > ‎document omitted""",
        ANNA,
    ),
    Case(
        "WhatsApp Android, American",
        """11/24/26, 9:05 AM - Messages and calls are end-to-end encrypted. Tap to learn more.
11/24/26, 9:05 AM - Tom Reed: Can we move the review?
11/24/26, 1:15 PM - Anna Berg: To Thursday 3 PM?
11/24/26, 1:20 PM - Tom Reed: This message was deleted
11/24/26, 1:21 PM - Tom Reed: Thursday works
""",
        """2026-11-24 09:05 > Can we move the review?
2026-11-24 13:15 < To Thursday 3 PM?
2026-11-24 13:21 > Thursday works""",
        ANNA,
    ),
    Case(
        "WhatsApp, the order is asked",
        """03/04/2026, 09:05 - Tom Reed: Draft attached
03/04/2026, 09:30 - Anna Berg: <Media omitted>
05/04/2026, 08:00 - Tom Reed: Thanks
""",
        """2026-04-03 09:05 > Draft attached
2026-04-03 09:30 < <Media omitted>
2026-04-05 08:00 > Thanks""",
        ANNA,
        order="dmy",
    ),
    Case(
        "WhatsApp, German",
        """24.11.26, 09:05 - Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.
24.11.26, 09:06 - Jürgen Klein: Liegt das Angebot vor?
24.11.26, 09:31 - Anna Berg: Kommt heute
24.11.26, 09:32 - Jürgen Klein hat die Gruppe verlassen
24.11.26, 09:33 - Anna Berg: Schade
""",
        """2026-11-24 09:06 > Liegt das Angebot vor?
2026-11-24 09:31 < Kommt heute
2026-11-24 09:33 < Schade""",
        ANNA,
    ),
    Case(
        "WhatsApp, Finnish",
        """[24.11.2026 klo 14.08.18] Matti Laine: Milloin testit alkavat?
[24.11.2026 klo 14.20.00] Anna Berg: Maanantaina
""",
        """2026-11-24 14:08:18 > Milloin testit alkavat?
2026-11-24 14:20:00 < Maanantaina""",
        ANNA,
    ),
    Case(
        "WhatsApp, Spanish",
        """24/11/26, 9:05 a. m. - Rosa Vidal: ¿Tienen el informe?
24/11/26, 4:15 p. m. - Anna Berg: Sí, ahora
""",
        """2026-11-24 09:05 > ¿Tienen el informe?
2026-11-24 16:15 < Sí, ahora""",
        ANNA,
        order="dmy",
    ),
    Case(
        "WhatsApp, Swedish",
        """2026-11-24 12:00 - Lars Holm: Är ni klara?
2026-11-24 12:01 - Anna Berg: Nästan
P.S. imorgon
2026-11-24 12:05 - +46 70 000 00 00: Bra
""",
        """2026-11-24 12:00 > Är ni klara?
2026-11-24 12:01 < Nästan⏎P.S. imorgon
2026-11-24 12:05 > Bra""",
        ANNA,
    ),
    Case(
        "Teams, text below",
        """[Yesterday 10:06 PM] Tom Reed
Is the fix in?

[Yesterday 10:20 PM] Anna Berg
Deployed at 10:15

[9:42 AM] Tom Reed
Great, closing the ticket
""",
        """2026-11-25 22:06 > Is the fix in?
2026-11-25 22:20 < Deployed at 10:15
2026-11-26 09:42 > Great, closing the ticket""",
        ANNA,
    ),
    Case(
        "Teams, text behind",
        """[9:05 AM] Tom Reed: Any blockers?
[9:07 AM] Anna Berg: One: the VPN
[9:30 AM] Tom Reed: On it
""",
        """2026-11-26 09:05 > Any blockers?
2026-11-26 09:07 < One: the VPN
2026-11-26 09:30 > On it""",
        ANNA,
        first="2026-11-26",
    ),
    Case(
        "Teams, surname first",
        """[11/24 10:42 AM] Reed, Tom
Agenda for tomorrow?
[11/24 10:50 AM] Berg, Anna
1. Scope
2. Dates
[11/25 9:00 AM] Reed, Tom
Thanks
""",
        """2026-11-24 10:42 > Agenda for tomorrow?
2026-11-24 10:50 < 1. Scope⏎2. Dates
2026-11-25 09:00 > Thanks""",
        ("Berg, Anna",),
    ),
    Case(
        "Teams, hour before the day",
        """[10:42 • 13/08/2026] Tom Reed:
Can we close incident 4321? I updated the runbook.
[10:55 • 13/08/2026] Anna Berg:
Yes
""",
        """2026-08-13 10:42 > Can we close incident 4321? I updated the runbook.
2026-08-13 10:55 < Yes""",
        ANNA,
    ),
    Case(
        "Teams, the newer window",
        """Yesterday
Are you free for a call about... by Tom Reed
Tom Reed
2:44 PM
Are you free for a call about the add-in?
Sure by Anna Berg
2:45 PM
Anna Berg
Sure
has context menu
Today
It works now by Tom Reed
Tom Reed
9:10 AM
It works now
Last read
""",
        """2026-11-25 14:44 > Are you free for a call about the add-in?
2026-11-25 14:45 < Sure
2026-11-26 09:10 > It works now""",
        ANNA,
    ),
    Case(
        "Teams, names above",
        """Tom Reed
Wednesday 10:30 AM
Where is the plan?

Anna Berg
Wednesday 10:34 AM
In the channel

Tom Reed
8:15 AM
Found it
""",
        """2026-11-25 10:30 > Where is the plan?
2026-11-25 10:34 < In the channel
2026-11-26 08:15 > Found it""",
        ANNA,
    ),
    Case(
        "留痕 CSV",
        """\ufefflocalId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender
1,7,1,0,0,1795314732,,样机什么时候到,2026-11-22 10:32:12,周启明,启明,wxid_a
2,7,1,0,1,1795315000,,"周三
上午",2026-11-22 10:36:40,周启明,启明,wxid_b
3,7,10000,0,0,1795315100,,周启明撤回了一条消息,2026-11-22 10:38:20,周启明,启明,
4,7,3,0,0,1795315200,,,2026-11-22 10:40:00,周启明,启明,wxid_a
5,7,1,0,0,1795315300,,好,,周启明,启明,wxid_a
""",
        """2026-11-22 10:32:12 > 样机什么时候到
2026-11-22 10:36:40 < 周三⏎上午
2026-11-22 10:40:00 > [图片]
2026-11-22 10:41:40 > 好""",
        ("我",),
    ),
    Case(
        "留痕新 CSV",
        """消息ID,类型,发送人,时间,内容,备注,昵称,更多信息
1,文本,周启明,2026-11-22 10:32:12,样机什么时候到,周启明,启明,
2,文本,我,2026-11-22 10:36:40,周三上午,,,
3,系统消息,,2026-11-22 10:38:20,"你已添加了周启明，现在可以开始聊天了。",,,
4,图片,周启明,2026-11-22 10:40:00,[图片],周启明,启明,
""",
        """2026-11-22 10:32:12 > 样机什么时候到
2026-11-22 10:36:40 < 周三上午
2026-11-22 10:40:00 > [图片]""",
        ("我",),
    ),
    Case(
        "wechat_stat CSV",
        """time(Asia/Shanghai),group_id,group_name,from_id,from_nickname,content_type,content
2026-11-22 11:49:30,8d,青松项目群,e3,周启明,Text,进度表有吗
2026-11-22 11:51:31,8d,青松项目群,e4,林悦,Text,[捂脸] 马上
""",
        """2026-11-22 11:49:30 > 进度表有吗
2026-11-22 11:51:31 < [捂脸] 马上""",
    ),
)
