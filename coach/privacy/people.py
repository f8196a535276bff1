"""Names of people: before or after a title, after "I am called", of address (老王), and those known from the talk.

A title alone (项目经理, the manager) names nobody and stays; of 王总 only 王 goes, so that the sentence can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from coach.conversation import CUSTOMER_LABELS, REP_LABELS, UNNAMED
from coach.privacy.han import Cut, Word, in_dictionary
from coach.privacy.spans import Private
from coach.privacy.whole_names import chinese_names, english_names

_COMMON: Final = (
    "王李张刘陈杨赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈钟姜崔谭陆范汪廖"
    "石贾韦付邹熊孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔汤尤樊葛邢殷章鲁冉倪柯翟霍耿阮俞焦柳祝詹岳骆聂"
    "佟鄢庞邬苗辛鲍卞齐伍卜舒屈凌裴甄靳蒲邰郁单杭洪左吉滕窦费廉岑宁仇栾荀阎卓蔺屠池乔覃涂佘"
)
"""Surnames that are hardly anything else."""
_AMBIGUOUS: Final = (
    "高方白金万常安成任于夏温黄文华全向和时从关明车项路计包平齐商严水云花游牛强艺党公国康连宫隆师巩查后红权桂应宗宣季麻施"
    "习容易古都广房解干丰经能双管来年匡景边莘曲支喻柏梅盛封乐伊封元皮席谷戚简饶利沙冷邓"
)
"""Surnames that are everyday words too: they count where the word cutter sees no other word."""
_COMPOUND: Final = (
    "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|夏侯|端木|百里|南宫|呼延|轩辕"
)
_FUNCTION: Final = re.compile(r"^(?:p|c|d|r|u|f|m|y|e|o|t)")
_TITLE: Final = re.compile(
    r"副?总经理|副?总监|副?总裁|董事长|总工程师|总工|副总|总助|总(?!体|数|额|算|价|部|公|务|包|觉|归|结|是|在|之|共|量|计|和|得|不|要|能|想|有|说是|会计|代|经销)"
    r"|副?经理|副?主任|副?厂长|副?院长|副?科长|副?处长|副?部长|副?局长|副?校长|园长|行长|所长|站长|镇长|村长|副?会长|理事长|秘书长|护士长|店长|班长|组长|队长|司长|船长|车间主任"
    r"|书记|主席|老师|教练|医生|大夫|教授|博士|院士|护士|工程师|师傅|先生|女士|小姐|太太|夫人|老板|主管|主办|会计|出纳|秘书|助理|律师|顾问|专员|代表|同学|哥|姐|叔|婶|嫂|阿姨|大姐|大哥|董(?!事会)|工(?![作人艺厂期程序资具业地会商种装友伤])|处(?![理于在])|局(?![面限])|科(?![技学室普])"
)
_TITLE_BEFORE: Final = re.compile(
    r"(?:经理|主任|厂长|院长|科长|处长|部长|局长|校长|总监|主管|老板|老板娘|会计|出纳|负责人|联系人|对接人|经办人|收件人|签字人|采购员?|财务|销售|工程师|姓名|名叫|叫做?|我是|他是|她是|同事|师傅|医生|司机|前台|护士|店长|组长)[:：是\s]{0,2}$"
)
_INTRODUCED: Final = re.compile(r"(?:免贵|我|他|她|人家|老板|那位)?姓([\u4e00-\u9fff])(?![名氏])")
_LABELLED: Final = re.compile(
    r"(?:联系人|对接人|收件人|经办人|姓名|名叫|[我他她]叫)[:：是\s]{0,2}([\u4e00-\u9fff]{2,4})(?=[，,。；;、\s（(]|$)"
)
_ADDRESSED: Final = re.compile(r"[老小阿]([\u4e00-\u9fff])")
_NOT_ADDRESSED: Final = frozenset("小马 小龙 老龙 小花 小田 老马路 小石 小毛 小雷 小江 小史 小叶 小苗 小钟 老姜 小钱 老陶".split())  # fmt: skip
_MARK: Final = re.compile(r"[\s，。、；：！？,.;:!?“”\"（(《]")
_NO_GIVEN: Final = re.compile(
    r"[您我你他它们的了吗呢吧啊上是不没说要去到就都很谢问嘴口表单格微信时间定检写科拉三空全付]"
)
"""Characters that no given name is made of."""
_PLACE_END: Final = frozenset("路街道巷区县镇乡村州市省港湾山河湖江桥厂店里园厦院站寺")

_CAPITAL: Final = r"[A-Z][a-z]+(?:['’-][A-Za-z][a-z]+)*|[A-Z]['’][A-Z][a-z]+|Ma?c[A-Z][a-z]+"
_HONORIFIC: Final = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sir|Dame|Madam|Mister|Rev|Father|Sister|Captain|Capt|Judge|Officer|Sgt|Lt|Nurse|Manager|Director|Engineer|Auntie|Uncle)\.? ((?:{_CAPITAL})(?: (?:{_CAPITAL}))?)"
)
_INTRODUCED_EN: Final = re.compile(
    rf"\b(?:[Mm]y name(?:'s| is)|[Tt]his is|[Ii]t's|I'm|I am|[Aa]sk for|[Cc]all me|named|[Cc]ontact(?: person)?:?|[Ss]peak (?:to|with)|[Aa]ttn:?|[Rr]egards,|[Ss]igned(?: by)?:?) ((?:{_CAPITAL})(?: (?:{_CAPITAL}))?)"
)
_APPOSED: Final = re.compile(
    rf"\b((?:{_CAPITAL})(?: (?:{_CAPITAL}))?), (?:our|their|the|my|his|her) (?:\w+ ){{0,3}}(?:manager|director|owner|buyer|controller|engineer|supervisor|foreman|president|ceo|cfo|coo|cto|head|lead|boss|nurse|chef|officer|partner|accountant|bookkeeper|assistant)\b"
)
_ROLE_FIRST: Final = re.compile(
    rf"\b(?:[Oo]ur|[Tt]he|[Mm]y|[Tt]heir|[Hh]is|[Hh]er) (?:\w+ ){{0,2}}(?:manager|director|owner|buyer|controller|engineer|supervisor|foreman|president|boss|nurse|chef|partner|accountant|bookkeeper|assistant),? ((?:{_CAPITAL})(?: (?:{_CAPITAL}))?)(?=[,.; ])"
)
_CALLED: Final = re.compile(
    rf"\b(?:[Cc]all|[Pp]hone|[Ee]mail|[Tt]ext|[Mm]eet|[Ss]ee|[Tt]ell|[Aa]sk) ((?:{_CAPITAL})(?: (?:{_CAPITAL}))?)(?= (?:at|on|about|in|from|before|when|if|to)\b)"
)
_NOT_NAMES: Final = frozenset(
    """Person Company The A An And But Or If So We You He She They It This That These Those Our Your His Her Their My I Yes No Not Now Then Here There What When Why How Who Which
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Christmas Easter
    Sales Customer Finance Accounts Procurement Purchasing Operations Quality Maintenance Legal Security Payroll Board Head Office Please Thanks Sorry Sure Okay Fine Right Well
    Good Great General Chief Vice President Of Marketing Service Support Plant Project Product Account Area Regional District Manager Director Engineer Just Still All Any""".split()
)
_ROLE_WORDS: Final = frozenset(word for label in (*REP_LABELS, *CUSTOMER_LABELS) for word in label.split())


def people(cut: Cut, known: Iterable[str] = ()) -> Iterator[Private]:
    """The names in a text; `known` are names that are private wherever they stand."""
    for start, end in (*_chinese(cut), *_english(cut.text), *_known(cut.text, known)):
        yield Private(start, end, "name")


def names_in_labels(labels: Iterable[str]) -> list[str]:
    """What in speakers' labels is a name: no sides (客户, Rep), no unnamed voices, no bare titles."""
    found = []
    for label in labels:
        whole = re.sub(r"[(（][^(（)）]*[)）]", "", label).strip()
        if not whole or whole.casefold() in _ROLE_WORDS or UNNAMED.fullmatch(whole):
            continue
        if _TITLE.fullmatch(whole) or (whole.isascii() and not whole[:1].isupper()):
            continue
        found.append(whole)
    return found


def _chinese(cut: Cut) -> Iterator[tuple[int, int]]:
    text = cut.text
    for number, word in enumerate(cut.words):
        if not "\u4e00" <= word.text[0] <= "\u9fff":
            continue
        length = _surname(text, word)
        if length and (end := _titled(cut, word, length)):
            yield word.start, end
        elif length and _stands_alone(cut, number):
            yield word.start, word.end
    yield from _swallowed(cut)
    yield from chinese_names(cut, _COMMON.replace("付", ""), _COMPOUND, _NO_GIVEN)
    for match in _INTRODUCED.finditer(text):
        if match[1] in _COMMON or match[1] in _AMBIGUOUS:
            yield match.span(1)
    for match in _LABELLED.finditer(text):
        named = match[1][0] in _COMMON or match[1][0] in _AMBIGUOUS or re.match(_COMPOUND, match[1])
        if (
            named
            and not _NO_GIVEN.search(match[1], 1)
            and not (len(match[1]) == 2 and in_dictionary(match[1]))
        ):
            yield match.span(1)
    for match in _ADDRESSED.finditer(text):
        if match[1] not in _COMMON or match[0] in _NOT_ADDRESSED:
            continue
        word_, next_ = cut.word_at(match.start()), cut.word_at(match.start(1))
        merged = any(one is not None and one.tag == "nr" for one in (word_, next_))  # 小 + 霍开
        alone = match.end() in cut.ends or merged
        whole = word_ is not None and (word_.end == match.end() or len(word_.text) == 1 or word_.tag == "nr")
        if alone and whole:
            yield match.span(1)


def _swallowed(cut: Cut) -> Iterator[tuple[int, int]]:
    """A surname that the cutter took for the end of the word before a title: 写何 + 老师."""
    for before, word in pairwise(cut.words):
        at = word.start - 1
        title = _TITLE.match(cut.text, word.start)
        if (
            title is not None
            and title.end() - title.start() >= 2
            and title.end() <= word.end
            and len(before.text) > 1
            and cut.text[at] in _COMMON
            and not in_dictionary(before.text)
            and before.tag != "nr"
        ):
            yield at, word.start


def _surname(text: str, word: Word) -> int:
    """How many characters at a word's beginning are a surname; 0 for none."""
    if re.match(_COMPOUND, text[word.start : word.start + 2]):
        return 2
    first = word.text[0]
    if first in _COMMON:
        return 1
    if first in _AMBIGUOUS and (
        word.tag.startswith("nr") or (len(word.text) == 1 and not _FUNCTION.match(word.tag))
    ):
        return 1
    return 0


def _titled(cut: Cut, word: Word, length: int) -> int:
    """Where the name ends whose first word this is and that a title follows; 0 when none does."""
    text, start = cut.text, word.start
    for given in (0, 1, 2):
        end = start + length + given
        title = _TITLE.match(text, end)
        if not title or not all("\u4e00" <= c <= "\u9fff" for c in text[start:end]):
            continue
        if given and not (end in cut.ends and _is_person(cut, start, end, length)):
            continue
        if given and _NO_GIVEN.search(text, start + length, end):
            continue
        whole = text[start : title.end()]
        if not given and word.end >= title.end() and in_dictionary(whole) and word.tag != "nr":
            return 0  # 包工, 施工: one word of its own
        swallowed = word.tag == "nr" and title.end() < word.end and not in_dictionary(word.text)
        begins = (
            text[start] in _COMMON and not given and (start == 0 or _MARK.match(text[start - 1]) is not None)
        )
        if title.end() in cut.ends or swallowed or begins or not _hides_a_word(cut, end):
            return end
    return 0


def _is_person(cut: Cut, start: int, end: int, length: int) -> bool:
    """Whether the words between are a person's whole name."""
    first = cut.word_at(start)
    if first is None:
        return False
    if first.end == end:
        return first.tag == "nr" or not in_dictionary(first.text)
    rest = cut.word_at(start + length)
    return rest is not None and rest.end == end and rest.tag in ("nr", "ng", "nz", "zg", "x")


def _hides_a_word(cut: Cut, place: int) -> bool:
    """Whether the title is only the beginning of another word (总是)."""
    word = cut.word_at(place)
    return word is None or in_dictionary(word.text)


def _stands_alone(cut: Cut, number: int) -> bool:
    """A whole name without a title after it: after a title, or three characters that are hardly anything else."""
    word = cut.words[number]
    if word.tag != "nr" or not 2 <= len(word.text) <= 4 or word.text[-1] in _PLACE_END:
        return False
    if _NO_GIVEN.search(word.text, 1):
        return False
    if _TITLE_BEFORE.search(cut.text[max(0, word.start - 6) : word.start]):
        return True
    return len(word.text) == 3 and word.text[0] in _COMMON


def _english(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_HONORIFIC, _INTRODUCED_EN, _APPOSED, _ROLE_FIRST, _CALLED):
        for match in pattern.finditer(text):
            first, _, second = match[1].partition(" ")
            if first in _NOT_NAMES:
                continue
            keep = len(match[1]) if second and second not in _NOT_NAMES else len(first)
            yield match.start(1), match.start(1) + keep
    yield from english_names(text, _NOT_NAMES)


def _known(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in known:
        # Once 钱慧敏 is known, 给钱经理 is about her, however the words are cut.
        surname = name[:2] if re.match(_COMPOUND, name) else name[:1]
        if surname in _COMMON or surname in _AMBIGUOUS or (len(surname) == 2 and not surname.isascii()):
            for match in re.finditer(re.escape(surname), text):
                if _TITLE.match(text, match.end()):
                    yield match.span()
        for form in _forms(name):
            if form.isascii():
                found = re.finditer(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])", text)
                yield from (match.span() for match in found)
            else:
                at = text.find(form)
                while at >= 0:
                    yield at, at + len(form)
                    at = text.find(form, at + len(form))


def _forms(name: str) -> Iterator[str]:
    """The ways in which a known name is said: whole, its parts, without its title."""
    whole = name.strip()
    if len(whole) < 2:
        return
    if whole.isascii():
        words = [word.strip(".,'") for word in whole.split()]
        named = [word for word in words if len(word) > 1 and word not in _NOT_NAMES and word[:1].isupper()]
        named = [word for word in named if not re.fullmatch(r"Mr|Mrs|Ms|Miss|Dr|Prof", word)]
        if len(named) > 1:
            yield " ".join(named)
        yield from named
        return
    for at in range(1, len(whole)):
        if (title := _TITLE.match(whole, at)) and title.end() == len(whole):
            if at > 1:
                yield whole[:at]
            return  # a surname alone says nothing without its title, and that is found anyway
    if len(whole) >= 2:
        yield whole
    if len(whole) == 3 and whole[0] in _COMMON + _AMBIGUOUS:
        yield whole[1:]
