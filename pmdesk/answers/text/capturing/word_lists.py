"""Words that point to nobody, and words that only sometimes are a name."""

from typing import Final

_FIRMS_CHINESE: Final = """
银行 集团 科技 制造 股份 实业 技术 信息 软件 电子 医院 大学 学院 物流 贸易 保险 证券 基金 投资 能源 电力 建设 建筑
工程 机械 汽车 食品 医药 药业 化工 网络 数据 智能 系统 服务 咨询 传媒 文化 教育 酒店 地产 置业 控股 国际 发展 公司 中心
研究 航空 铁路 港口 农商 商行 项目 管理 客户 会议 电话 问题 需求 平台 产品 方案 合同 测试 质量 安全 创新 第一 人民 中国
装备 自动 设备 材料 环保 生物 通信 商务
"""
# Words that stand in many names of firms, or in any line about work, and point to none of them.
COMMON_CHINESE: Final = frozenset(_FIRMS_CHINESE.split())

_FIRMS: Final = """
and the of for group bank company corp corporation inc ltd llc gmbh plc holdings partners services
systems solutions technology technologies international global project team client consulting
industries limited national united general first new university hospital
"""
COMMON: Final = frozenset(_FIRMS.split())

_NAMES_AND_WORDS: Final = """
will may mark bill grant art rob sue jan april june august chase hope joy grace frank rich dean drew
faith summer dawn ray guy max pat penny rose ruby sky wade miles case price long young day page
short best good white black brown green gray king west north church hall hill field wood stone banks
cash cook baker turner carter fisher chase don jack lance ward mason major deal bond law love power
rush sharp small sun wang song ding ping long ming ring
"""
# Given names and surnames that are words of any line as well: only a capital makes them a name.
WORDS_TOO: Final = frozenset(_NAMES_AND_WORDS.split())

_OPENINGS: Final = """
call calls called met meet meeting mail email chat note will need needs was were had has have did the
and for from with new ask asked told tell sent send got get today tomorrow tonight yesterday mon tue
wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday promise promised visit
visited plan planned our their they she his her its this that next last video zoom teams talk talked
spoke lunch dinner coffee report problem issue risk bug due jan feb mar apr may jun jul aug sep oct
nov dec about said says per one two ring rang pay paid fix fixed move moved see saw
"""
# What a line often begins with: no beginning of a client's name.
NO_OPENING: Final = frozenset(_OPENINGS.split())

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪"
    "田任姜范方姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎乔贺赖龚"
)
# Whoever nobody knows must at least have a usual surname: 项目经理 is no Mr 目.
USUAL_SURNAMES: Final = frozenset((*_SURNAMES, "欧阳", "司马", "上官", "诸葛"))
