"""Whole names that stand without a title: a Chinese surname with what given names are made of, an English given name.

Neither list can be complete; what is on them is what people are mostly called. Words that are names and something else
too (何时, Mark, Will) count only where the sentence treats them as somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from coach.privacy.han import Cut, Word, in_dictionary

_GIVEN: Final = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞刚桂英华玉兰建国志文辉红梅燕鹏飞丹萍玲峰斌俊宇浩轩梓涵佳怡欣悦晨晓雪莹婷琳慧颖倩蕾薇洁琴芬淑珍莲翠凤彩菊荣福祥瑞森栋梁柏庆永昌盛德义仁忠诚信良善勤恩泽润波涌磐铭钧锋鑫铮锐毅恒帆翔云雷震霖雨露虹霄凌凯旋琦琪瑶璐珊瑾瑜璇玥珂珏琛璟皓昊旭阳晖曦昕朗耀煜炜烨灿炎焱彬哲睿思博翰章诗韵舒"
    "维民平明春秋生根宝贵贤达卫东南海江河川岩树松林长青龙虎群聪智立伦纲常祖宗继承启振兴奇正中元亨利贞吉子之如若予一依楠楚乔羽菲妍媛嫣婉娴娇姗姝妮姣婵琼瑛璧璎碧馨香芸芝芹苗茜茹荷蓉蓓蕊薰萱晴晗智航远鸣倚昭晋景晶友力卓可嘉圆坤垚培基尧崇岚岳崎嵩巍希广彤彦彪得心忆怀恬悠惠意成扬拓捷教新方旺时星曼朋术杨柳柔桐梦楷榕槐歆武毓沁泉洲济淇清渊湘溪滢漫潇澜灵焕熙爽玮珠琨璋甜畅盈真睛礼禹秉科秦程穗竹笑笛筠简粤素红纯纪绍络绮维美翎翊耘胜能致航艺芊茵莎菁萌葳蔚蕙言记许语谦谷豪越跃轶辰逸道邦郁鉴钊钦锦镇阔雁雅静韬音顺领风飒骁骏高魁鲲鸿鹤麒麟黎默鼎齐"
)
"""Characters that given names are made of."""
_SAYS_AFTER: Final = re.compile(
    r"[\s，。、；：！？,.;:!?“”（(]|$|[说问讲要也都已还刚正就不没把被让给跟和与对在的那这是负管签拿先上下前昨今明]"
)
_SOMEBODY_BEFORE: Final = re.compile(
    r"(?:^|[\s，。、；：！？,.;:!?“”（(]|[找问叫让给跟和与对是见约请听把被替归陪由向从说了的有块]|老板|经理|主任|同事|师傅|主管|副总|总监|会计|采购|老公|爱人)$"
)

_WORDS_TOO: Final = frozenset("钱莫左单石毛江汤龙雷田严顾余段苗吉宁")
"""Surnames that are everyday words: with them both characters must be those of given names."""
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_COUNTED: Final = re.compile(r"[\d一二三四五六七八九十两几半每本第]\s?$")
"""第 9 周语音, 37 段超: what is counted is nobody."""
_THINGS: Final = frozenset("毛峰 焦香 毛尖 雷达 石英 毛利 江海 江南".split())

_EN_GIVEN: Final = frozenset(
    """Aaron Abby Abdul Abigail Abraham Adam Adele Aditya Adrian Agnes Ahmed Aidan Aisha Alan Albert Alejandro Alex Alexa Alexander Alexandra Alfred Ali Alice Alicia Alison Allison Alyssa Amanda Amelia Amir Amit Amy Ana Andre Andrea Andreas Andrew Andy Angela Angelo Anil Anita Anjali Ann Anna Anne Annette Annie Anthony Antonio Arjun Arnold Arthur Asha Ashley Audrey Ava Barbara Barry Beatrice Becky Belinda Ben Benjamin Bernard Bernice Beth Bethany Betty Beverly Bianca Blake Bob Bobby Boris Brandon Brenda Brendan Brian Bridget Brittany Bruce Bruno Bryan Caitlin Callum Cameron Carl Carla Carlos Carmen Caroline Carolyn Carrie Cassandra Catherine Cathy Cecilia Cedric Charles Charlie Cheryl Chloe Chris Christina Christine Christopher Cindy Claire Clara Clare Claude Claudia Clifford Clive Colin Connie Connor Craig Cristina Curtis Cynthia Damian Damien Dan Daniel Danielle Danny Daphne Darren Dave David Deborah Debbie Deepak Denise Dennis Derek Desmond Diana Diane Diego Dmitri Dominic Donald Donna Doreen Doris Dorothy Doug Douglas Duncan Dylan Ed Eddie Edgar Edith Edward Edwin Eileen Elaine Eleanor Elena Eli Elijah Elizabeth Ella Ellen Ellie Emil Emily Emma Eric Erica Erik Erin Ernest Esther Ethan Eugene Eva Evan Evelyn Farah Fatima Felicity Felix Fernando Fiona Frances Francesca Francis Fred Freddie Frederick Gareth Gary Gavin Gemma Geoff Geoffrey George Gerald Gerard Gillian Gina Giovanni Gladys Glenda Glenn Gloria Gordon Graham Greg Gregory Gwen Hannah Hans Harold Harriet Harry Harvey Hassan Hector Heidi Helen Helena Henry Herbert Howard Hugh Hugo Ian Ibrahim Igor Imran Ingrid Irene Isaac Isabel Isabella Isla Ivan Jackie Jacob Jacqueline Jake James Jamie Jane Janet Janice Jared Jason Javier Jean Jeanette Jeff Jeffrey Jen Jennifer Jenny Jeremy Jerome Jerry Jess Jesse Jessica Jill Jim Jimmy Joan Joanna Joanne Jodie Joe Joel John Johnny Jon Jonathan Jorge Jose Joseph Josh Joshua Joyce Juan Juanita Judith Judy Julia Julian Julie Juliet Justin Kamal Karen Karl Kate Katherine Kathleen Kathryn Kathy Katie Kavita Keith Ken Kenneth Kerry Kevin Khalid Kieran Kim Kimberly Kirsty Kristen Kumar Kurt Kyle Lakshmi Lars Laura Lauren Laurence Lawrence Leah Leila Leo Leon Leonard Leroy Leslie Lewis Liam Lily Linda Lindsay Lisa Liz Lloyd Lois Lorenzo Lorraine Louis Louise Lucas Lucia Lucy Luis Luke Lydia Magda Malcolm Mandy Manuel Marc Marcel Marco Marcus Margaret Maria Marie Marilyn Mario Marion Marjorie Marlene Martha Martin Marvin Mary Mateo Matt Matthew Maureen Maurice Megan Mehmet Melanie Melissa Mia Michael Michelle Miguel Mike Mildred Milos Miriam Mitchell Mohamed Mohammed Moira Molly Monica Morgan Muhammad Muriel Nadia Nancy Naomi Natalie Natasha Nathan Neha Neil Nicholas Nick Nicola Nicole Nigel Nikolai Nina Noah Nora Norman Olga Oliver Olivia Omar Oscar Owen Pablo Pamela Patricia Patrick Paul Paula Pauline Pedro Peggy Penelope Percy Pete Peter Phil Philip Phillip Phoebe Phyllis Pierre Priya Rachel Rafael Raj Rajesh Ralph Ramon Raphael Rashid Ravi Raymond Rebecca Reginald Rhys Ricardo Richard Rick Rita Robert Roberta Roberto Rodney Roger Roland Ron Ronald Rosa Rosalind Rosie Ross Roy Rupert Russell Ruth Ryan Sally Salma Sam Samantha Samir Samuel Sandra Sanjay Sara Sarah Saul Scott Sean Sebastian Sergei Serena Shane Shannon Sharon Shaun Sheila Shelley Shirley Sidney Silvia Simon Simone Sofia Sonia Sophia Sophie Stacey Stan Stanley Stephanie Stephen Steve Steven Stewart Stuart Sunil Suresh Susan Susanna Suzanne Sven Sylvia Tamara Tanya Tara Ted Teresa Terence Terry Thelma Theo Theresa Thomas Tim Timothy Tina Toby Todd Tom Tomas Tommy Toni Tony Tracey Tracy Trevor Tristan Tyler Ursula Valerie Vanessa Vera Vernon Veronica Vicky Vijay Vikram Vincent Viola Vivian Vladimir Walter Wanda Wayne Wendy Wilfred William Winston Xavier Yasmin Yolanda Yusuf Yvonne Zachary Zara Zoe""".split()
)
_EN_ALSO: Final = frozenset(
    "Amber Dawn Hazel Holly Daisy Robin Rosemary Sandy Stella Jan Lynn Angus Ruby Heather Kay Kelly Cliff Skip Lee Max Art Bill Brook Carol Chase Christian Clay Dale Dean Drew Faith Frank Gene Glen Grace Grant Hope Jack Jay Jordan Joy Kit Lance Mark Miles Neal Pat Pearl Ray Rich Rob Rose Sue Victor Victoria Virginia Wade Will Florence Charlotte Georgia Jackson Austin".split()
)
"""Given names that are words, months or places too."""
_DOES: Final = (
    r"(?:said|says|told|asked|asks|wants|wanted|thinks|reckons|signed|signs|called|emailed|wrote|rang|promised|agreed|"
    r"mentioned|needs|runs|handles|left|joined|retired|won't|doesn't|didn't|isn't|wasn't|has|had|is|was|took)"
)
_CAPITAL: Final = r"[A-Z][a-z]+(?:['’-][A-Z][a-z]+)*|[A-Z]['’][A-Z][a-z]+|Ma?c[A-Z][a-z]+"
_ONE: Final = re.compile(r"(?<![A-Za-z'’&-])[A-Z][a-z]+(?![A-Za-z-])")
_SURNAME: Final = re.compile(rf" ((?:{_CAPITAL}))(?![A-Za-z-])")
_DOES_NEXT: Final = re.compile(rf" {_DOES}\b")
_PLACE_BEFORE: Final = re.compile(r"(?:San|Santa|Saint|St\.?|Fort|Lake|Port|Mount|King|Queen|Prince|New) $")
_NO_PERSON: Final = re.compile(
    r" (?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Court|Square|Park|Hospital|University|College|School|Airport|Station|"
    r"Bridge|Island|County|River|Bank|Foods|Ltd|Inc|LLC|Group|Street's)\b"
)


def chinese_names(
    cut: Cut, surnames: str, compound: str, never: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """(start, end) of names of two to four characters that begin with one of `surnames` or `compound`."""
    text = cut.text
    for word in cut.words:
        length = 2 if re.match(compound, text[word.start : word.start + 2]) else int(word.text[0] in surnames)
        before = text[max(0, word.start - 4) : word.start]
        if not length or not _SOMEBODY_BEFORE.search(before) or _COUNTED.search(before):
            continue
        for given in (2, 1):
            end = word.start + length + given
            if _is_name(cut, word, end, length, never):
                yield word.start, end
                break


def _is_name(cut: Cut, first: Word, end: int, length: int, never: re.Pattern[str]) -> bool:
    text = cut.text
    whole, given = text[first.start : end], text[first.start + length : end]
    if len(whole) != len(given) + length or not given or never.search(given):
        return False
    if not _GIVEN.issuperset(given):
        half = (
            whole[0] not in _WORDS_TOO
            and len(given) == 2
            and not _GIVEN.isdisjoint(given)
            and not in_dictionary(given)
        )
        if not (half and end in cut.ends and first.end <= end and _HAN.fullmatch(given)):
            return False
        if not _SAYS_AFTER.match(text, end) or (
            first.end > first.start + length and in_dictionary(first.text)
        ):
            return False
    if whole in _THINGS:
        return False
    if in_dictionary(whole):
        return first.text == whole and first.tag == "nr" and len(whole) > 2
    if first.tag == "nr":  # the cutter takes what follows into a name: 蒋维民不爱
        inside = first.end > end and bool(_SAYS_AFTER.match(text, end))
        return end in cut.ends or inside
    if (
        first.end > first.start + length
        and in_dictionary(first.text)
        and first.tag != "ns"
        and len(given) == 1
    ):
        return False  # a word of its own: 何时, 许可
    sure = len(given) == 2 or length == 2
    return sure and end in cut.ends and (not in_dictionary(first.text) or bool(_SAYS_AFTER.match(text, end)))


def english_names(text: str, never: frozenset[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of given names with the surname that follows, if one does."""
    after = 0
    for match in _ONE.finditer(text):
        if match.start() < after:
            continue  # the surname of the one before
        first, follows = match[0], _SURNAME.match(text, match.end())
        before = text[max(0, match.start() - 12) : match.start()]
        if _PLACE_BEFORE.search(before) or (follows and _NO_PERSON.match(text, match.end())):
            continue
        end = follows.end() if follows and follows[1] not in never else match.end()
        somebody = bool(_DOES_NEXT.match(text, end)) or end > match.end()
        if first in _EN_GIVEN or (first in _EN_ALSO and somebody):
            after = end
            yield match.start(), end
