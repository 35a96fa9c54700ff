"""Sentences of mails, judged by a person: do they ask the reader for something? The patterns were made on these."""

ENGLISH_ASKS = """
Could you send me the signed contract by Friday?
Please confirm the delivery date.
Can you let me know who will attend the kick-off?
We still need the test data from you before we can start.
When can we expect your comments on the specification?
Kindly review the attached minutes and tell me what is missing.
Would you mind sharing the latest floor plan with us?
Please let us know by Wednesday whether the second option suits you.
What is the status of the purchase order?
I'd appreciate your feedback on the draft by Thursday.
May I ask you to approve the change request in the portal?
Which of the two dates works better for your team?
Please provide the IP addresses of the new servers.
Do you agree with the new schedule?
Looking forward to your confirmation.
Could somebody from your side check the interface on Monday?
Please sign and return the acceptance form.
I would be grateful if you could forward this to your finance department.
Has the budget been released yet?
We are waiting for your decision on the third shift.
Please have the room ready for the trial run on Tuesday.
Is it possible to move the meeting to 15:00?
Can we get access to the test system this week?
Please advise how you would like to proceed.
Let me know which option you prefer.
Would Tuesday at ten work for you?
Who signs off the data mapping on your side?
Please make sure that the licences are renewed before the go-live.
I need your approval before I can order the pumps.
Could we have the list of users until tomorrow noon?
Please find attached the offer and let me know if you accept it.
How many people will need training?
We kindly ask you to settle the invoice within ten days.
Please get back to me with the names of the testers.
Are you available for a short call on Thursday?
Will you be able to deliver the parts before the holiday?
Please correct the address on the invoice and resend it.
It would help us a lot if you could answer the three questions below.
Please tell us who replaces Ms Xu while she is away.
Shall we freeze the scope now, or wait for your board meeting?
We would like to ask you for the drawings of hall 2.
Did you have a chance to look at the report?
Your reply by the end of the week would be much appreciated.
Please do not forget to send the signed page 4.
Can you please double-check the quantities in line 12?
Any news on the permit?
Please arrange for the forklift to be there at eight.
We await your written acceptance.
Please return the completed questionnaire by 20 October.
We would need the serial numbers to order spare parts, can you send them?
Could you also bring the old drawings along?
Please review sections 3 to 5 before our call.
When will the new line be connected?
I am still waiting for your feedback on the colour samples.
Would it be acceptable to deliver in two lots?
Please let me have your purchase order number.
Can your electrician be on site on the 14th?
It would be great if you could confirm the headcount today.
Is the hall heated during the weekend?
Kindly provide the bank details for the refund.
Please reply to all with your availability.
We need a decision from you on item 7.
Should we proceed with variant B?
May we use your logo in the case study?
Please approve the timesheet in the attachment.
Your approval of the prototype is needed before we go on.
What do you think about the new layout?
I'd like to ask you to extend the access rights of Mr Zhou.
Please let us know if the pallets have arrived.
Do we have to register at the gate?
Could the meeting be moved to the afternoon?
Please keep the line free on Saturday night.
Would you please take this up with your IT department?
Please send the updated list as soon as you have it, and copy Ms Fang.
"""

ENGLISH_ASKS_NOTHING = """
Please find attached the minutes of yesterday's meeting.
Let me know if you have any questions.
Thank you for your quick answer.
I hope this mail finds you well.
As you asked in your last mail, we moved the date to Friday.
Please do not hesitate to contact me.
The report is at https://pine.example/report?id=12&view=full
The tests that you asked us to repeat have passed.
Please note that our office is closed next week.
Have a nice weekend!
We will send you the drawings tomorrow.
If you need anything else, just call me.
I look forward to seeing you on Monday.
This is the change that needs your decision; it is on the agenda for Monday.
Should you have further questions, please feel free to contact us.
How are you?
We have received your order, thank you.
The question whether the pump can be replaced was answered in March.
Best regards, Lin Yue | Project Manager | www.oak.example/contact?lang=en
Please be informed that the delivery left the warehouse today.
I will let you know as soon as the permit is there.
You can reach me under 0571-8888 at any time.
Xu asked me whether we can start earlier, and I told him that we cannot.
Please see the attached list for details.
Please accept our apologies for the delay.
Happy to help if anything is unclear.
Please ignore my previous mail.
We confirm the delivery for 12 October.
Your request was forwarded to our support team.
Feel free to share this with your colleagues.
As discussed, we will provide the test data by Wednesday.
No need to reply.
This message may contain confidential information; if you are not the intended recipient, please delete it.
We could send a technician on Tuesday, as agreed.
Any questions? Just give me a ring.
I would like to thank you and your team for the good work.
Looking forward to working with you.
Please consider the environment before printing this e-mail.
The customer will let us know when the line stands still.
Attached is the checklist you can use for the acceptance.
What a great result!
Our colleague will call you to explain what was changed.
Hope you had a good holiday.
Thanks for letting me know.
We can confirm that the server is running again.
Let us know should anything be missing.
Sorry for not answering earlier, I was ill.
The answers to your questions are in the table below.
Please find below the link to the recording.
Many thanks for your patience.
In case of any questions, simply reply to this mail.
We will get back to you with a date next week.
I am out of the office until Monday.
Attached you will find the revised offer.
As requested, the invoice is now addressed to plant 2.
You asked for the certificate; here it is.
Our technicians would like to thank you for the warm welcome.
Please be aware that prices rise on 1 January.
The documents you need are on the shared drive.
If there is anything else we can do, do not hesitate to call.
I have asked Ms Xu to send you the keys.
Let me know if I can be of further help.
The next report follows on Friday.
We appreciate your understanding.
We agreed that you would send the data by Friday, and it came on Thursday.
Please excuse the late reply.
Enclosed please find two copies for your records.
Everything works as you can see in the screenshot.
Congratulations on the opening of the new plant!
We can offer either Monday or Tuesday, both are fine for us.
Your comments have been taken into account in version 1.3.
For further information please visit www.oak.example/faq?topic=pump
Thanks again for your confirmation.
It was a pleasure to meet you at the fair.
"""

CHINESE_ASKS = """
请确认一下交付日期。
麻烦您把测试数据发给我。
能否在周五前给出意见？
烦请贵司尽快回复。
这两个方案您倾向哪一个？
请贵方提供新服务器的 IP 地址。
什么时候可以开始试运行？
盼您的回复。
请审阅附件中的需求规格书，并于本周三前反馈意见。
劳烦协调一下二厂区的会议室。
周二下午三点开会方便吗？
请各位于明天中午前确认参会人员。
验收单麻烦签字盖章后寄回。
需要您这边提供一份用户名单。
培训名单定了吗？
请告知贵方的对接人。
我们在等您对变更申请的批复。
是否可以把会议改到周四？
请您抽空看一下这版排产结果有没有问题。
费用这块还请您帮忙催一下财务。
这个问题您看怎么处理？
请尽快安排付款。
方便的话，请发一份最新的图纸给我们。
能不能先开通测试环境的账号？
请填写附件中的调查表。
您看周五之前能定下来吗？
还请贵司指定一位关键用户。
请核对附件数量是否有误。
望贵司于十月十五日前完成支付。
三厂区上线的事，领导怎么说？
请把变更的原因写清楚后再提交一次。
可否请许经理参加下周的评审？
有劳您转给财务部。
接口文档什么时候能给？
请协助确认一下上周五的停机时间。
期待您的确认。
麻烦问一下，合同到哪一步了？
如果没有异议，请在系统里点一下同意。
请于下班前把问题清单补充完整。
贵方何时可以提供验收人员名单？
这批料要不要先发？
希望您能在周三前给个答复。
请帮我们看看这样改行不行。
数据迁移由谁负责？请明确。
辛苦您确认下附件里的工时。
请务必在周一之前给我们最终的决定。
麻烦周工安排人现场看一下。
收到请回复。
请贵司安排一名电工周六到现场。
这周能给一个明确的上线时间吗？
麻烦把发票抬头发我一下。
附件是报价单，请确认后回传。
请问验收会定在哪天？
您方便的时候给我回个电话，可以吗？
请在十二月五日之前完成数据清洗。
三楼的机房什么时候能交付？
烦请帮忙查一下物料编码。
还需要贵方补充两份资质文件。
请将测试账号发给李工。
合同条款第八条贵司是否同意？
周例会改到周五上午行不行？
请周主任审批后转给我们。
劳驾把门禁权限开到月底。
请您那边先把网络打通。
想了解一下贵司对第二版方案的看法？
请尽早确定关键用户名单。
能否提供去年的产量数据？
盼早日收到您的批复。
请按附件模板填报，周四前交给我。
麻烦您和财务沟通一下付款进度。
上次提到的备件清单还没收到，请尽快提供。
您觉得放在一期做还是二期做？
请通知各班组长参加培训。
恳请领导协调车间停机两小时。
"""

CHINESE_ASKS_NOTHING = """
附件是昨天的会议纪要，请查收。
如有问题请随时联系。
感谢您的及时回复。
需要您决定的事我都列在附件里了。
您要的测试报告已经发到群里了。
我们会在周五前给您答复。
请放心，数据不会丢。
祝工作顺利！
上次您问的接口问题已经解决。
资料在 https://pine.example/doc?id=3&v=2 上。
已按您的要求修改。
不便之处，敬请谅解。
请知悉。
客户问我们能不能提前，我已经解释过了。
最近好吗？
明天上午我会把图纸发给您。
以上内容供您参考。
有任何疑问，欢迎随时与我沟通。
确认函已收到，谢谢！
这是请您审批的版本说明，审批流程下周一开始。
服务器已恢复正常，请勿担心。
按照您的回复，我们把日期改到了周五。
需要确认的三个问题昨天都已确认。
节日快乐！
贵司提供的数据我们已经导入完毕。
如有需要，可以拨打我的电话。
请忽略上一封邮件。
周例会照常举行，地点不变。
我们正在安排人员到现场。
何时上线取决于评审结果。
邮件及附件仅供收件人使用，如误收请删除。
期待与您合作。
期待下周与您见面。
许经理让我转告您，样机已经到了。
方案已提交评审，结果出来后第一时间告知您。
打扰您了，抱歉。
此邮件由系统自动发送，请勿回复。
没有问题，我们照办。
请多关照。
不用回复。
问题清单里的五项都已关闭。
已请财务部安排付款。
谢谢您抽时间确认。
是否延期，我们下周会上再说。
林悦 | 项目经理 | 电话 0571-8888 | www.oak.example/?from=mail
有事您随时找我。
会议纪要详见附件。
培训的反馈都很好，大家辛苦了！
您好，附件为本周周报，请查阅。
感谢您一直以来的支持！
我们将在收到图纸后三天内报价。
如果还有不清楚的地方，可以直接打我手机。
周一请假一天，急事请打电话。
该问题已提请集团审批。
请您参考。
设备已于昨日发货，预计周五到达。
您提的三条意见我们都采纳了。
您上午问的停机时间是两小时。
很高兴认识您，期待进一步交流。
本周内我们会把确认单寄出。
变更申请已经通过。
贵司要求提供的证书在附件二。
麻烦您了，谢谢。
大家辛苦了。
祝您和家人中秋快乐！
请以正式盖章版本为准。
如需帮助，请拨打服务热线。
这个问题比较麻烦，我们再想想办法。
能否按期完成要看天气。
许经理已经答复，下周三开会。
给您添麻烦了。
测试结果与您确认的一致。
我会请李工明天联系您。
请注意，系统今晚十点停机维护。
我们会请周工提前到场。
财务那边我也会请他们一起看。
届时将会请第三方检测。
我将请张工回访。
他们将请专家到场。
这张图那是请许经理转达的。
之前请贵司补的资料收到了。
此前请您寄的样件到了。
先前请您开的账号已可用。
前期请贵方做的测试很顺利。
经提请总部批准，费用由我方承担。
此事将提请董事会讨论。
我们会提请集团审批。
账号申请已提交。
感谢您的邀请。
新聘请的监理周一到岗。
宴请定在周五晚上。
设备已经请人修好了。
"""
