"""Sentences of mails, judged like those of `asked` after the patterns stood: none was made on these."""

ENGLISH_ASKS = """
Please enter your expected volumes in column F.
Is anyone from quality joining us tomorrow?
Could you take a photo of the nameplate and send it over?
We need your IT people to open port 443.
Please move the acceptance to week 46.
Any objections to the new colour scheme?
Let us know which of the three shifts is the quietest.
It would help me if you could resend the file as a PDF.
Have you already spoken to Dr Hale about the tariff?
Please ask your forwarder for the packing list.
I would appreciate your thoughts on the attached concept.
How should we label the cables in hall 3?
Please postpone the audit until the parts have arrived.
May I remind you of our question from 3 September?
Would you agree to split the payment?
Please be so kind as to stamp the delivery note.
Can I count on your signature this week?
Your answer to point 4 is still missing.
Please don't forget to bring your badge.
Is there a crane on site?
Looking forward to your decision on the extra budget.
Please call the hotline when the lamp turns red and tell us the code.
What would be the latest date for you?
Kindly confirm receipt of this mail.
"""

ENGLISH_ASKS_NOTHING = """
Please find the invoice enclosed.
We will inform you once the goods are ready.
Do not hesitate to get in touch.
Thank you for confirming the date so quickly.
The team asked for a second monitor, which was ordered yesterday.
I hope you had a pleasant trip home.
Please note: the portal is down on Sunday from six to eight.
Just to let you know, the drawings are done.
Our accountant needs two days for this.
We are happy to confirm your booking.
If you have any further questions, our hotline is there for you.
As you can see, the curve flattens after minute 12.
The form that you need to sign will come by post.
Both samples passed, so nothing is left to do on your side.
Merry Christmas and a happy new year to all of you!
Unfortunately we could not reach you by phone.
The minutes have been uploaded for your information.
I will ask Mr Zhou and come back to you.
The meeting with your decision makers is set for Tuesday.
Please see our reply in red below.
Everyone was surprised how well it went.
You are welcome.
This mailbox is not monitored; please do not reply.
Regarding your question about spare parts: they are in stock.
"""

CHINESE_ASKS = """
请把去年的能耗数据导出来给我们参考。
这个月还能安排一次现场调研吗？
麻烦确认下周二的培训人数。
请您在方案上签字。
贵司的防火墙策略什么时候调整？
我们需要贵方开放 443 端口。
请抓紧落实备件采购。
您对报价还有什么意见？
能否请您把铭牌拍照发过来？
周六加班要不要通知食堂？
请尽快补齐缺少的两份检验报告。
恳请贵司于月底前支付第二期款。
请张工来现场指导一下安装。
第四点还在等您的答复。
方便告诉我一下仓库的收货时间吗？
请先不要切换，等我们通知。
烦请转交方总。
新旧系统并行多久比较合适？
请回传盖章后的送货单。
希望贵方能派一名熟悉流程的同事参加测试。
麻烦许静把上周的考勤表传一下。
可否提前到上午九点？
下一步怎么走，请领导定夺。
合同扫描件请发我邮箱。
"""

CHINESE_ASKS_NOTHING = """
发票已随货寄出，请注意查收。
货到后我们会通知您。
您有什么想法可以随时和我说。
感谢您这么快就确认了时间。
车间要的第二台显示器昨天已下单。
祝您周末愉快！
请留意，周日六点到八点门户停机。
图纸画好了，跟您说一声。
财务那边需要两天。
您需要签字的表格会用快递寄给您。
两个样件都合格，您那边没有别的事了。
春节期间值班电话不变。
昨天给您打电话没打通。
会议纪要已上传，供各位查阅。
我问一下周工再回您。
不客气。
您问的备件库里都有。
红字部分是我们的答复，请看。
曲线在第十二分钟之后变平了。
上次请贵司盖章的送货单已经收到。
领导对这次试运行很满意。
本邮箱不接收回复。
谢谢您提的建议，已写进第三版。
如有变动，我会另行通知。
"""
