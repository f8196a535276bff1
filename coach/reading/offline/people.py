"""People and bodies in the buying chain: where a name, a title or an office stands, and what is said of its power.

A candidate is a mention (财务邹姐, "Denise in accounts"), or a whole clause in which the speaker tells their own power
(合同我签, "I sign it or it doesn't come in"). What is wanted is found here; how likely it belongs to the chain, and as
what, is judged elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.reading.offline.surnames import SURNAMES
from coach.vocabulary import Language

_OFFICE_ZH: Final = (
    r"(?:财务|采购|招采|招标|材料|设备|技术|质量|品质|品控|品管|质检|工程|生产|信息|运营|行政|人事|法务|审计|成本|安全|环保|后勤|教办|教务|医务|护理|药学|药剂|检验|市场|物流|仓储|供应|资产|基建|总务|信息化|"
    r"研究|设计|监理|工会|业委|家委|管委|理事|董事|股东|党委|评审|伦理|药事|预算|投资|专家|集团|总部|总公司|公司|分公司|上级|甲方|业主|总包)"
)
_RANK_ZH: Final = (
    r"(?:总监|副总|总(?!共|体|数|算|价|部|公司|务|包|觉|归|结|是在|之)|经理|副?主任|副?厂长|副?院长|副?科长|副?处长|部长|局长|董(?!事)|老师|副?校长|园长|主管|店长|会计|出纳|书记|所长|队长|班长|组长|"
    r"师傅|姐(?!姐|夫|妹)|哥(?!哥|们)|老板|工(?!人|作|艺|厂|期|程|序|资|具|商|业|会|地|人)|护士长|教授|医生|大夫|博士|秘书|律师|院士|叔|婶|嫂|阿姨|大姐|大哥|理事长?|镇长|村长|站长|司长|主席|会长|代表|专员|负责人)"
)
_BODY_ZH: Final = re.compile(
    rf"(?:(?:集团|公司|院里?的?|校|厂里?的?|分公司|区里?的?|县里?的?|局里?的?|总部的?)?{_OFFICE_ZH}{{1,2}}(?:化|设备|技术|采购|管理)?"
    rf"(?:部门|部|科室|科|处室|处|股|室|办公会|办|中心|委员会|评审会|会|院|公司|那边|那头|上|口)?)(?:的|上的|那边的|里的)?"
)
_TITLE_ZH: Final = re.compile(
    rf"(?:(?:管[\u4e00-\u9fff]{{1,3}}的|分管的?|[\u4e00-\u9fff]{{1,3}}(?:内|外)的)?[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?{_RANK_ZH})"
    rf"|(?:管[\u4e00-\u9fff]{{1,3}}的|分管的?|大|小|二|副|总|新|老)?(?:老板娘?|董事长|总经理|副总经理|副总|总裁|总监|总工(?:程师)?|副?厂长|副?院长|副?校长|园长|科长|处长|部长|局长|店长|队长|行长|所长|站长|会长|一把手|二把手|"
    r"法人|股东|合伙人|会计|出纳|护士长|教授|班子|领导(?!力|者|层)|上面|上头|车间主任|班组长|项目经理|师傅们?|工人们?|技师|驾驶员|司机|负责人|董事会|业委会|理事会|家委会|管委会|委员会|工会|药事会|办公会|设计院|监理)"
)
_NICK_ZH: Final = re.compile(
    rf"[老小](?:[{SURNAMES}璐鹿佟莫尹])(?!时|区|学|型|板|心|额|票)(?:[\u4e00-\u9fff](?=[,，。\s]|签|批|点头|那|管|摇头|讲|不|看|说了|提|审|催|定|得|要|他|她))?"
    r"|(?<![\u4e00-\u9fff])阿[\u4e00-\u9fff](?![\u4e00-\u9fff]?(?:里|姨|拉))|(?<=[的管家])阿[\u4e00-\u9fff](?!姨)"
)
_GROUP_ZH: Final = re.compile(
    r"[\u4e00-\u9fff]{1,4}?(?:局|委|社|站|所|小组|(?<=[\u4e00-\u9fff]{2})(?:部|办)|街道|传达室|办公室|专家组|论证组|评审组|课题组|领导小组|党组会|党委会|园务会|院务会|校务会|局务会|办公会|代表会|大会|例会|年会)"
    r"(?=[,，。\s那要的得先也看盖批开写点过举投不论定]|那头|那边|里|上|$)"
)
_KIN_ZH: Final = re.compile(
    r"(?:我|他|她|你|俺|咱)(?:家)?(?:老婆|老公|爱人|媳妇|儿媳妇|儿子|女儿|闺女|爸|妈|爹|娘|哥|弟|姐夫|姐|妹夫|妹|舅|叔|表弟|表哥|外甥|侄子|岳父|丈母娘|女婿|合伙人|搭档|表妹|表姐|堂哥|堂弟|崽|男人|婆婆|公公|爷爷|奶奶|外公|外婆|二叔|大伯|叔|徒弟|师父|师傅)(?:[\u4e00-\u9fff]{2}(?=[,，。]|$))?"
    r"|(?:[家屋]头|家里)那(?:位|个|口子)|弟媳妇|大副|老馆长|老厂长|老站长|老主任"
)
_POWER_ZH: Final = r"(?:来)?(?:签(?!到)|批(?!发|次|评|量|货)|拍板|点(?:了)?头|说了算|做主|盖章|定(?=[,，。\s了的]|$)|管账|管钱|管(?!道|理|子)|过会|把关|举手|看得重|筛|审|卡|松口|发话|不同意|不点头|摇头|看资质|出(?:个)?确认|提(?:方案|单子|上去|意见)|报上去|讲了不算|念|要看)"
_OWN_ZH: Final = re.compile(
    r"(?:我|俺|咱|我们(?:俩|两口子)?)(?:就|自己|一个人|来|这边|只|也|先|得|能|可以|跟.{1,6}?)?(?:就)?(?:签(?:了)?(?:字|得|就|$|[,。，])|签了字才|定(?:的|了|$|[,，。])|拍板|说了算|做主|批(?:的|了|$|[,，。])|提方案|提上去|报上去|往上(?:提|报|递)|提个意见|打申请|管(?:技术|采购|用|账|钱|这|生产)|写(?:的|$|[,，。])|喊得动|就能定)"
    r"|(?:我|俺)(?:说|讲)(?:会|不|行|能).{0,8}(?:他|就|都|谁)|(?:都)?(?:是|由|归|听|得经|得过|在)(?:我|俺)(?:说了算|定|签|批|管|这(?:里|儿|关)|来提|提|报)|我是(?:技术|采购|财务|设备|生产|管).{0,8}(?:负责人|的|主管)|字我签|表我写|单子是我"
    r"|(?:我|俺|咱)(?:们(?:科|组|班|站|室|部|院|所|队|几个)?|们站上的人)?(?:就|只|只管|只能|都|自己|先|再|也|就是|往上|负责|来|俩|俩人){0,3}(?:写|提|报|记|挑|选|买|验|测|用|使|把关|递|转|收|点头|拿|带)(?:的|了|个|一|上|意见|报告|方案|需求|参数|鉴定|就|才|主意|下来|听|$|[,，。])"
    r"|(?:是|靠|归|由|得|要|过|先)(?:我|俺|咱)(?:$|[,，。]|[写提报记挑选买验测用管带签批定拿先])|我(?:俩|们俩)一人一半|(?:推销|电话).{0,8}(?:我|打我).{0,6}(?:记|听|转|过)|我这(?:儿|里|关|道)过|我那个?(?:名录|章|关)|(?:我|俺)说.{1,6}才"
    r"|(?:(?:他|她|谁|俩人|两人|仨|三个人|后头|弟媳妇|[一二两三四五六七八九]个[\u4e00-\u9fff]{1,3})(?:都|也|得|要|才|就|先|一|那|了){0,3}(?:说了(?:才)?算|拿主意|点头|摇头|摇摇头|签|批|定|管|按|举手|跟着举|那关|手(?:上|里)))"
    r"|(?:归|听|由|在|得过|过不了|得看)(?:他|她)(?:管|的|说了算|定|签|批|手(?:上|里)|那|这|$|[,，。])|全(?:是|靠|归)(?:我|他|她)"
)
_TITLE_EN: Final = (
    r"(?:ceo|cfo|coo|cio|cto|ciso|md|m d sir|gm|vp(?: of \w+)?|svp|director(?: of \w+)?|head of \w+|owner|president|vice president|manager|controller|comptroller|general counsel|counsel|accountant|bookkeeper|treasurer|"
    r"boss|partner|foreman|supervisor|superintendent|principal|dean|provost|administrator|matron|trustees|governors|auditor|architect|engineer|officer|secretary|assistant|commodore|chair(?:man|woman)?|landlord|franchisee?|electrician|housekeeper|chef|steward|nurse|sister|registrar|consultant|buyer|clerk|agent|inspector|organist|warden|curator|ranger|keeper|caretaker|janitor|groundsman|bursar|technician|tech|analyst|coordinator|specialist|surveyor|steward|dispatcher|librarian|bloke|person|lady|woman|fella|chap|head|chief|captain|mate|skipper|apprentice|trainee|teacher|doctor|surgeon|pharmacist|planner|scheduler|storeman|storekeeper|receptionist|pa)"
)
_BODY_EN: Final = r"(?:board|committee|council|group|trustees|governors|finance|procurement|purchasing|purchase|legal|accounts|accounting|payroll|it\b|i\.t\.|security|engineering|infection control|quality(?: people| department)?|head office|corporate|infection prevention|value analysis|risk|compliance|legal ops|grants|treasury|stores|dispatch|the union|the council|the county|the state|the diocese|the consortium|the members|the shareholders|headquarters|hq|the bank|estates|facilities|maintenance|operations|insurers?|union|co-op|vestry)"
_KIN_EN: Final = r"(?:dad|father|mother|mom|mum|wife|missus|husband|brother[- ]in[- ]law|sister[- ]in[- ]law|brother|sister|son|daughter|nephew|niece|uncle|aunt|partner|cousin|boss|guy|girl|lad|fella)"
_OWNER_EN: Final = r"(?:my|our|his|her|their|the|your|a|an)"
_NAME: Final = r"(?:(?:mr|mrs|ms|miss|dr|mister|doctor|sir|dame|father|pastor)\.? )?"
_POWER_EN: Final = (
    r"(?:has to|have to|had to|gotta|got to|needs to|will have to|'?ll have to|must|would|'?d)? ?(?:also |only |just |still |both |then |always )?"
    r"(?:sign(?:s|ed)?(?: off)?|approv(?:e|es)|decide(?:s)?|okay(?:s)?|ok(?:s)?|bless(?:es)?|pass(?:es)?|vote(?:s)?|own(?:s)?|run(?:s)?|keep(?:s)? the books|do(?:es)? (?:the books|all|my)|hold(?:s)? the|pay(?:s)?(?= (?:the|it|for))|manage(?:s)?|puts? it on|open(?:s)? his|screens?|send(?:s)? reps|clear(?:s)?|say(?:s)? (?:yes|no)|veto(?:es)?|gets? (?:a look|the last|final)|has the (?:last|final)|read(?:s)? (?:it|one|every)|wants it|won't)"
)
_CANDIDATES_EN: Final = re.compile(
    rf"\b(?:{_OWNER_EN} )?(?:(?:elder|older|big|little|good|new|old|group|plant|area|business|security|maintenance|brake|night|front desk|divisional|regional|general|finance|it|depot|store|ward|head|managing|executive|chief|deputy|district|medical|operations|office|service|site|project|quality|safety) ){{0,3}}(?:{_TITLE_EN}|{_KIN_EN})s?\b(?:,? (?:at|in|on|of|for|from|over at|up in) (?:the |his |our |head )?[a-z]+)?"
    rf"|\b(?:the |our |their |his |a )?(?:\w+ (?:and |& )?){{0,2}}{_BODY_EN}(?: (?:committee|board|team|department|people|guys|desk|office))?\b"
)
_NAMED_EN: Final = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Dr|Mister|Sir|Sister|Father|Commodore|Captain|Pastor)\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:,? (?:in|at|on|from|over in) (?:the |his |our )?[a-z]+(?: (?!has\b|have\b|is\b|was\b|will\b|would\b|does\b|did\b|can\b|and\b|or\b|but\b|who\b|that\b|if\b|to\b|needs?\b|wants?\b|says?\b|said\b|signs?\b|asked\b|told\b)[a-z]+)?|, (?:my|our|the|his|her|infection|VP|CFO|CEO)[^.,;!?]{2,28})?"
)
_SUBJECT_EN: Final = re.compile(
    rf"\b((?:{_NAME}[a-z]+(?: (?!he\b|she\b|they\b|it\b|who\b|does\b)[a-z]+)?|{_OWNER_EN} \w+(?: (?!he\b|she\b|they\b|it\b|who\b)\w+)?))(?: he| she| they|,? who)? {_POWER_EN}\b"
)
_OWN_EN: Final = re.compile(
    r"\bi(?:'m| am) the one (?:who|that|s|signs|approves|decides)|\b(?:i|we|me and (?:my |the )?\w+|me and \w+)(?:'d| can| will| alone| both| just| have to|'ll)*(?: will| can)? (?:sign(?! up)|decide|approve|clear|okay|recommend|put (?:it|them) up|order (?:the|what|for)|hold the budget)\b"
    r"|\b(?:goes|go|come|comes|has to come) through me\b|\bmy (?:call|decision|budget|signature|sticker|name's on)\b|\b(?:is|'s) mine (?:up to|to)\b|\bwithout my (?:sticker|signature|say)\b|\bi just (?:run|do|use|work)\b|\bi'm (?:only |just )?(?:the )?(?:one (?:that|who|sending|\w+ing)|one that's|user|operator|on the \w+)"
    r"|\bit'?s me (?:that|who|\w+ing|as)\b|\bme that \w+s\b|\bi do (?:the|all the) \w+ing\b|\bmy (?:recommendation|name|budget line|report|vote|pen)\b|\b(?:it|that|they) (?:all )?(?:stops?|starts?|lands?|ends?) with me\b"
    r"|\b(?:the )?(?:two|three|four|five|both|all) of us (?:have|has|need|must|all)\b|\bi (?:only |just |simply |also )?(?:write|put in|file|raise|pick|choose|test|check|use|wear|drive|spec|screen|order|buy|pay)\b|\b(?:he|she|they) (?:runs?|holds?|keeps?|does|signs?|decides?|has the (?:say|keys|purse|money))\b"
)
_TOLD_EN: Final = re.compile(
    r"(?:'s| is| has| does| on| in| at| from)\b|, ?(?:she|he|who|they|our|my|the|his|her)\b|[.,]?$"
)
_NOT_NAMES: Final = frozenset(
    "i i'm i'll i'd i've it it's that that's this we you he she they no yes yeah okay ok well so and but or if when what why how who where there here the a an my our your his her not now then oh "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter look listen tell fine right sure "
    "d ll ve dont cant wont on to at of in for as with from "
    "because before after still just maybe every some any is are was were do does did can could would will have has had let let's don't doesn't isn't good great thanks sorry mind come go give put get see".split()
)


OWN_ZH: Final = 18
OWN_EN: Final = 60
"""A clause this short that tells the speaker's own power is quoted whole."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A candidate in a text: `own` when the speaker tells their own power rather than naming somebody."""

    start: int
    end: int
    own: bool = False


@lru_cache(maxsize=4096)
def mentions(text: str, plain: str, language: Language) -> tuple[Mention, ...]:
    """The candidates of one clause, in order, without overlaps; `plain` is its view, of the same length as `text`."""
    found = _chinese(plain) if language == "zh" else _english(text, plain)
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if kept and mention.start <= kept[-1].end and not (mention.own or kept[-1].own):
            # 财务 + 邹姐, 管委会 + 万主任: what touches is one mention.
            kept[-1] = Mention(kept[-1].start, max(kept[-1].end, mention.end))
        elif not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _chinese(plain: str) -> list[Mention]:
    found = [
        Mention(match.start(), match.end())
        for pattern in (_TITLE_ZH, _KIN_ZH, _NICK_ZH, _GROUP_ZH)
        for match in pattern.finditer(plain)
    ]
    for match in _BODY_ZH.finditer(plain):
        # A bare 公司 or 集团 is no body in the chain; an office with its suffix, or before a name or a power, is.
        body = match[0].rstrip("的")
        rest = plain[match.end() : match.end() + 6]
        if len(body) > 2 or re.match(rf"{_POWER_ZH}|[{SURNAMES}]|那|得|要|说|看|不", rest):
            found.append(Mention(match.start(), match.start() + len(body)))
            joined = re.match(
                rf"[{SURNAMES}老小阿][\u4e00-\u9fff]{{0,2}}?{_RANK_ZH}|[老小阿][\u4e00-\u9fff]",
                plain[match.end() :],
            )
            if joined:
                found.append(Mention(match.start(), match.end() + joined.end()))
    for own in _OWN_ZH.finditer(plain):
        if len(plain) <= OWN_ZH and not found:
            return [Mention(0, len(plain), own=True)]
        found.append(Mention(own.start(), own.end(), own=True))
    return found


def _english(text: str, plain: str) -> list[Mention]:
    found = [Mention(match.start(), match.end()) for match in _CANDIDATES_EN.finditer(plain)]
    if len(text) == len(plain):
        for match in _NAMED_EN.finditer(text):
            first = match[0].split()[0].strip(",.").lower()
            told = _TOLD_EN.match(plain, match.end())
            if first not in _NOT_NAMES and (match.start() > 0 or len(match[0].split()) > 1 or told):
                found.append(Mention(match.start(), match.end()))
    for match in _SUBJECT_EN.finditer(plain):
        if match[1].split()[0] not in _NOT_NAMES - {"my", "our", "his", "her", "the", "a"}:
            found.append(Mention(match.start(1), match.end(1)))
    if own := _OWN_EN.search(plain):
        whole = len(plain) <= OWN_EN
        end = len(plain) if whole else min(len(plain), own.end() + 20)
        found.append(Mention(0 if whole else own.start(), end, own=True))
    return found
