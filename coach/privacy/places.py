"""Companies and addresses: where a firm's own name stands before 公司, 医院, Ltd, and where a street has a number.

"Our company", "a logistics company", "the county hospital" name nobody and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from coach.privacy.han import Cut, Word, in_dictionary
from coach.privacy.spans import Private

_LEGAL: Final = ("有限公司", "有限责任公司", "股份公司")
_FIRM: Final = ("公司", "集团", "厂", "商行", "合作社", "事务所", "经营部", "门市部")
_HOUSE: Final = (
    *(
        "医院",
        "卫生院",
        "药房",
        "药店",
        "大学",
        "学院",
        "中学",
        "小学",
        "幼儿园",
        "研究院",
        "研究所",
        "设计院",
    ),
    *("银行", "支行", "酒店", "宾馆", "超市"),
)
_TRADES: Final = frozenset(
    "精密 科技 电子 机械 食品 生鲜 连锁 物流 医药 药业 化工 建材 重工 股份 实业 商贸 贸易 智能 生物 能源 新材 新材料 装备 仪器 包装 冷链 家居 服饰 纺织 餐饮 烘焙 置业 传媒 网络 软件 信息 信息技术 环保 医疗 医疗器械 器械 五金 汽车 汽配 制造 设备 仓储 供应链 农业 乳业 饮料 塑胶 模具 材料 光电 半导体 制药 建设 工程 咨询 教育 酒店 地产 控股 投资 国际 有限 技术 服务 管理 发展 金属 铝业 钢铁 印刷 电器 电气 自动化 冷冻 水产 粮油 服装 家具 陶瓷 玻璃 橡胶 化妆品 日化 保险 证券 租赁 旅游 文化 传播 广告 装饰 园林 物业 保洁 安防 通信 通讯 数码 航空 船舶 铁路 港口 快递 速运 运输 货运".split()
)
_LAST: Final = frozenset(one[-1] for one in (*_FIRM, *_HOUSE, *_TRADES))
"""What the words above end with: no other word needs a second look."""
_EVERYDAY: Final = frozenset(
    "我们 你们 他们 咱们 人家 贵 本 该 家 分 总 子 母 大 小 新 老 好 外 国有 国营 民营 私营 合资 外资 独资 上市 大型 中型 小型 跨国 龙头 头部 同行 竞争 竞品 对手 客户 供应商 生产 销售 采购 代工 加工 代理 第三方 中介 原 旧 某 某家 另 别 各 每 全 两 几 多 这 那 哪 其他 另外 所有 很多 附近 隔壁 本地 当地 外地 省 市 县 区 镇 乡 人民 中心 第一 第二 第三 中医 妇幼 专科 综合 公立 私立 民办 三甲 二甲 二级 三级 社区 口腔 部队 职工 员工 央企 国企 民企 集团 公司 母公司 子公司 总公司 分公司 工厂 医院 学校 厂家 商业 开户 招商 建设 农业 工商 中国 交通 商务 快捷 连锁 星级 大 高 好 实验 附属 重点 希望 双语 国际 一般 普通 维保 汤圆 干冰 售后 售前 奶粉 饺子 豆腐 纸箱 海鲜 牛奶 灯具 首 首家 华东 华北 华南 华中 西南 西北 东北 中原 中部 东部 西部 南方 北方 沿海 全国 上级 下级 联系 合作 投标 中标 注册".split()
)
LIKE_A_BRAND: Final = frozenset(
    "大恒砺宏鼎博源星海天北辰德润锐捷华鑫明辉绿禾智云中远金永盛达利兴隆昌泰安康瑞丰诚信益嘉美佳福顺荣通汇联创新科正东方南西江河湖山峰龙凤腾飞翔宇航和谐富贵鸿运祥仁义馨悦雅尚优卓越领锋驰骏迅力强坚磐石银铜钻钢晶亮光辉煌灿耀阳晨曦旭升朝霞雨露霖泽沐森林木谷麦田青翠碧蓝紫红百千万亿元亨吉庆喜乐圣贤哲睿思慧聪敏图文香韵皓禹拓维凯威尼迪欧亚赛格腾盈丽晟昊轩宸宝玖久益邦国民众聚合力兆鹏启泰帆骏灵禧隽彤霖璟"
)
"""Characters that firms are called by; a word outside the dictionary made of them is hardly anything else."""
_NO_BRAND: Final = re.compile(
    r"[我你他她它的了归换家只认全先没嫌单问就是每个上旧县乡镇区级买收骂投运维代药小奶企各同多少几挪减怪看提报交做跑客户来进读建留怕加驻评标自仓验头首次周贵拉租园胶磨仪芽虾涂]"
)
_NAME_TAGS: Final = re.compile(r"^(?:n|b|j|g|a|z|l|i|vn|vg|v$|nz|x|eng|m$|q|f$|s)")
_MARK: Final = re.compile(r"[\s，。、；：！？,.;:!?“”\"'（(《【\[\]】》…—|{}#/-]")
_STOPS: Final = frozenset(
    "是 在 和 跟 与 给 到 去 的 了 叫 请 把 从 向 来 来自 找 问 为 对 被 让 由 用 把 有 说 做 见 进 过 上 下 里 那 这 我 你 他 她 它 位于 地址 住 寄 送 名叫 叫做 就是 还是 或者 以及 比如 像 如 等 也 都 就 还 又 不 没 想 要 会 能 跑 回 换 签 选 买 卖 介绍 推荐 服务 谈 聊 拜访 前往 经过 路过 搬到 开 开在 约 抵达 直接 昨天 今天 明天 上周 下周 隔壁 一家 家 两家 三家 几家 那家 这家 一个 老板 客户 对手 竞品 竞争对手 同行 供应商 甲方 乙方 采购 联系 联系人 司机 货 样品 发票 发到 寄到 送到 抬头".split()
)
_REACH: Final = 8
"""So many words a company's name may have before its suffix."""

_LEGAL_EN: Final = r"(?:Inc|Incorporated|Ltd|Limited|LLC|LLP|Corp|Corporation|Co|PLC|plc|GmbH|AG|SA|BV|Pty|Pte|KK)\b\.?(?:,? (?:Ltd|Limited|LLC|Inc|KG)\b\.?)?"
_TRADE_EN: Final = r"(?:Company|Group|Holdings|Industries|Hospital|University|College|Bank|Foods|Logistics|Manufacturing|Systems|Technologies|Solutions|Partners|Associates|Enterprises|Brothers|Clinic|Hotel|Brewery|Bakery|Farms|Motors|Plastics|Packaging|Steel|Freight|Haulage|Dairy|Pharma|Pharmaceuticals|Laboratories|Labs|Insurance|Medical Center|Logistics|Trucking|Builders|Construction|Engineering|Supply|Works)\b"
_CAPITAL_LETTER: Final = re.compile("[A-Z]")
_CAPITAL: Final = r"[A-Z][\w'’-]*"
_COMPANY_EN: Final = re.compile(
    rf"\b((?:{_CAPITAL}|&)(?: (?:{_CAPITAL}|&|and(?= [A-Z])|of(?= [A-Z]))){{0,5}}),? (?:{_LEGAL_EN})"
    rf"|\b({_CAPITAL}(?: (?:{_CAPITAL}|&|and(?= [A-Z]))){{0,4}}) {_TRADE_EN}"
)
_LEADING: Final = frozenset(
    "The A An At From Our Your Their His Her My We You They It This That With For To In On Of And But Or If When Is Are Was Ask Call Tell See Like Every Any Some No Yes So Then Now Because Since After Before Human Customer Sales Support Quality Risk Working Focus User Peer Control Research General Regional County State City District National Local Community Public Private Teaching Children’s Children's Central Main Head Big Food Plant Process Civil Mechanical Electrical Software Data Business Enterprise Steering Management Information Operating Power Water Street Investment Savings Commercial Health Technical Engineering Manufacturing Supply Parent Holding Insurance Logistics Trucking Construction Company Group".split()
)

_N: Final = r"[\d一二三四五六七八九十百零〇两]{1,6}"
_TAIL: Final = (
    rf"(?:[\s,，]?[A-Za-z]?(?:{_N})?[-—]?(?:号院|号楼|号|弄|栋|幢|座|单元|楼|层|室|房|门|组)){{0,6}}"
)
_STREET: Final = re.compile(
    rf"(?:路|街|大街|大道|巷|胡同|弄堂|里|村|道)(?:[东西南北中]?[一二三四五六]?段|[东西南北])?\s?[甲乙丙]?{_N}(?:[-—]{_N})?\s?(?:号院|号楼|号|弄)(?![线库机柜床炉窑泵板]){_TAIL}"
)
_ESTATE: Final = re.compile(
    rf"(?:小区|花园|家园|苑|大厦|广场|新村|公寓|国际中心|写字楼|科技园|工业园|产业园|创业园)\s?(?:[A-Za-z]\d{{0,4}}|{_N})\s?(?:栋|幢|座|号楼|单元|层|楼|室){_TAIL}"
)
_WROTE: Final = re.compile(
    r"(?:地址|住址|收货地|寄到|送到|住在|位于|办公室在)(?:是|在|为|:|：|\s){0,3}([^，。；！？\n,;!?“”]{5,40})"
)
_EXACT: Final = re.compile(rf"{_N}\s?(?:号(?!库|线|机)|栋|幢|室|弄)|[区市县].{{1,8}}[路街道]")
_NO_STREET: Final = frozenset(
    "电路 线路 管路 油路 气路 水路 网路 铁路 公路 思路 半路 一路 马路 门路 出路 道路 环路 通道 管道 轨道 渠道 赛道 车道 频道 步道 街道 这里 那里 哪里 家里 厂里 库里 店里 车里 公里 农村 乡村 产线 高速公路".split()
)
_WAY_EN: Final = r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Close|Crescent|Highway|Hwy|Parkway|Pkwy|Row|Mews|Trail|Circle|Bank|Gardens|Grove|Hill|Walk|Green|Wharf|Quay|Rise|Croft|Yard|Plaza)\b\.?"
_ADDRESS_EN: Final = re.compile(
    rf"(?<![\w.,$£€])\d{{1,5}}[A-Za-z]?(?:-\d{{1,5}})? (?:(?:North|South|East|West|[NSEW])\.? )?(?:[A-Z0-9][\w'’.-]{{0,20}} ){{1,4}}{_WAY_EN}"
    rf"(?:,? (?:Suite|Ste|Apt|Unit|Floor|Flat|Bldg|Building|#)\.? ?[\w-]{{1,6}})?(?:, (?:[A-Z][a-z]+ ?){{1,3}}(?=[,.; ]|$))?(?:,? [A-Z]{{2}} \d{{5}}(?:-\d{{4}})?)?"
    r"|\bP\.?O\.? Box \d{1,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)  # fmt: skip


def companies(cut: Cut) -> Iterator[Private]:
    """The firms, hospitals and schools that are called by name."""
    for number, (text, _) in enumerate(cut.pairs):
        if text[-1] in _LAST and (text.endswith((*_FIRM, *_HOUSE)) or text in _TRADES):
            start = _company_start(cut, number)
            if start is not None:
                yield Private(start, cut.words[number].end, "company")
    for match in _COMPANY_EN.finditer(cut.text) if _CAPITAL_LETTER.search(cut.text) else ():
        start = _without_leading(match)
        if start is not None:
            yield Private(start, match.end(), "company")


def addresses(cut: Cut) -> Iterator[Private]:
    """Streets with a house number, estates with a building or room, post codes."""
    for pattern in (_STREET, _ESTATE):
        for match in pattern.finditer(cut.text):
            start = _address_start(cut, match.start())
            if start is not None:
                yield Private(start, match.end(), "address")
    for match in _WROTE.finditer(cut.text):
        if _EXACT.search(match[1]):
            yield Private(*match.span(1), "address")
    for match in _ADDRESS_EN.finditer(cut.text):
        yield Private(match.start(), match.end(), "address")


def _company_start(cut: Cut, number: int) -> int | None:
    """Where the name begins whose suffix this word is; None when the words before it name nobody."""
    word = cut.words[number]
    text = word.text
    legal, firm, house = text.endswith(_LEGAL), text.endswith(_FIRM), text.endswith(_HOUSE)
    trade = text in _TRADES and (number + 1 == len(cut.words) or not _continues(cut.words[number + 1]))
    if not (legal or firm or house or trade):
        return None
    before: list[Word] = []
    for one in reversed(cut.words[max(0, number - _REACH) : number]):
        if one.text in _STOPS or _MARK.search(one.text) or not _NAME_TAGS.match(one.tag):
            break
        before.append(one)
    own = [one for one in before if _is_own_name(one)]
    if text == "集团" and before and before[0].tag == "ns" and LIKE_A_BRAND.issuperset(before[0].text):
        own.append(before[0])  # a firm that is called like a place
    brand = [one for one in before if one.text not in _TRADES][:2]
    if not own and len(brand) == 2 and all(len(one.text) == 1 and one.text in LIKE_A_BRAND for one in brand):
        own = brand  # cut into single characters: 禾 + 丰 + 集团
    places = [one for one in before if one.tag == "ns" and one.text not in _EVERYDAY]
    if trade and not (legal or firm or house):
        branded = [one for one in own if LIKE_A_BRAND.issuperset(one.text)]
        return min(one.start for one in branded) if branded else None
    if legal and before:
        return before[-1].start
    if house and places and len(text) + sum(len(one.text) for one in before) >= 6:
        return min(one.start for one in places)
    if not own:
        return None
    first = min(one.start for one in own)
    return min([first, *(one.start for one in places if one.end == first)])


def _continues(word: Word) -> bool:
    return word.text in _TRADES or word.text.endswith(_FIRM)


def _is_own_name(word: Word) -> bool:
    """A word that somebody made up for a firm, as far as one can tell."""
    text = word.text
    if text in _EVERYDAY or text in _TRADES or len(text) < 2 or word.tag == "ns":
        return False
    if text[0].isascii():
        return text[0].isupper()
    if _NO_BRAND.search(text):
        return False
    return not in_dictionary(text) or (
        word.tag in ("nr", "nz", "ng", "b", "z", "a") and LIKE_A_BRAND.issuperset(text)
    )


def _without_leading(match: re.Match[str]) -> int | None:
    """Where the name begins without the words that any sentence begins with; None when nothing is left."""
    group = 1 if match[1] is not None else 2
    words = match[group].split(" ")
    start = match.start(group)
    while words and words[0] in _LEADING:
        start += len(words[0]) + 1
        words = words[1:]
    return start if any(word[:1].isupper() for word in words) else None


def _address_start(cut: Cut, street: int) -> int | None:
    """Where an address begins whose street or estate word stands at `street`; None for no address at all."""
    first = cut.number_over(street)
    if first is None:
        return None
    word = cut.words[first]
    if word.text in _NO_STREET or (word.start == street and first == 0):
        return None
    start = word.start
    for one in reversed(cut.words[max(0, first - _REACH) : first]):
        if (
            one.text in _STOPS
            or _MARK.search(one.text)
            or not _NAME_TAGS.match(one.tag)
            or start - one.start > 20
        ):
            break
        start = one.start
    return start if start < street else None
