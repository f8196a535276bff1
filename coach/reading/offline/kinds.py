"""Hints to the second question: what office a mention names, and what its clause says that person does."""

from __future__ import annotations

import re
from typing import Final

_WHO: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "finance",
            r"财务|计财|资金|会计|出纳|审计|成本|核算|管账|管钱|账房|银行|信用社|cfo|financ|controller|comptroller|account|treasur|bookkeep|payroll|bank|auditor|bursar|fiscal|grants?\b|credit union|business manager|books|overdraft|lender",
        ),
        (
            "technical",
            r"工程师|总工|技术|设备|信息|质量|品质|品控|品管|质检|检验|化验|设计院|安全|研究|工艺|计量|实验|专家|博士|教授|监理|[\u4e00-\u9fff]工$|\bit\b|cio|cto|ciso|engineer|quality|architect|technic|security|maintenance|electric|infection|controls|wiring|lab\b|scien|architect|survey|tech\b|\btrust it\b|inspector",
        ),
        (
            "gate",
            r"采购|招采|招标|秘书|前台|助理|行政|法务|办公室|院办|材料部|供应|物资|门卫|门口|保卫|安保|办事员|科员|街道|局里|档案|文书|药学|药剂|医务|保健|procure|purchas|buyer|legal|counsel|secretary|assistant|admin|front desk|reception|\bpa\b|clerk|hatch|stores|insur|regulator|fire marshal|compliance|vendor management",
        ),
        (
            "boss",
            r"老板|董|总经理|总裁|副总|总$|厂长|院长|校长|局长|处长|行长|一把手|股东|合伙|领导|上面|上头|当家|掌柜|站长|馆长|园长|书记|主任$|夫人|ceo|coo|owner|president|\bgm\b|\bmd\b|m d sir|managing|boss|partner|director|principal|matron|manager|dean|bishop|chair|commission|superintend|chief|captain|landlord",
        ),
        (
            "body",
            r"委员会|会$|理事|董事会|业委|班子|集团|总部|board|committee|council|trustee|governor|group|vestry|corporate|headquarters|head office",
        ),
        (
            "user",
            r"师傅|班组|班长|组长|老师|护士|医生|大夫|店长|队长|司机|工人|车间|生产|技师|驾驶|前线|学徒|徒弟|丫头|小伙|夜班|早班|水手|焊工|护工|阿姨|食堂|厨|foreman|supervisor|operator|nurse|teacher|driver|crew|floor|user|night|chef|electrician|sister|lad\b|girls?\b|lads\b|welder|cleaner|porter|volunteer|apprentice|ranger|keeper|dispatcher|pupil|student|clinician",
        ),
        (
            "voice",
            r"工会|家委|家长|老站长|老厂长|老主任|退(?:休|下来)|协会|同学|老师傅|顾问|师父|union|steward|consultant|advis|old |retired|friend|neighbour|neighbor|parents|expert|mentor|pastor",
        ),
        (
            "kin",
            r"老婆|老公|爱人|媳妇|儿子|女儿|闺女|爸|妈|哥|弟|姐夫|妹夫|舅|叔|外甥|侄|dad|father|mother|mom|wife|missus|husband|brother|sister|son|daughter|nephew|uncle|cousin",
        ),
        (
            "named",
            r"^(?:mr|mrs|ms|miss|dr|mister)\b|[\u4e00-\u9fff](?:总|经理|主任|工|姐|哥|科长|处长|会计|主管)$|^[老小阿]",
        ),
    )
)
_DOES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "signs",
            r"签|批|拍板|说了算|做主|盖章|最后|定(?=[,，。\s了的]|$)|开口|发话|一句话|松口|点头|没他不|我定|手印|举手|过会|四票|\bsign|approv|decid|final|vote|own(?:s|er)?\b|okay|pass(?:es)?\b|building|say[s]? (?:yes|so)|the nod|his word|her word|bounced|over (?:that|ten|five|fifty)|under\b|up to|grand|thousand",
        ),
        (
            "money",
            r"钱|账|付款|预算|出钱|单价|回本|花|发票|拨款|经费|科目|一分没有|贵|报销|books|pay|money|budget|bill|ledger|invoice|cheque|cost|numbers|furniture line|afford|fund|strings|pieces with",
        ),
        (
            "stops",
            r"不点头|卡|拦|退|不往|不让|过不去|资质|先筛|比价|三家|盖章在|审|先报|先到|登记|递|过他|过她|名单|车证|背景|别(?:先)?(?:直接)?找|stop|screen|opens|sends|won't get|through me|quote|bids|sticker|agenda|desk|goes through|past (?:him|her)|background|attachment|packet|approved list|nobody gets|certificate|form",
        ),
        (
            "tests",
            r"试|测|技术|复|看(?:得懂|看)|确认|报告|指标|参数|能不能接|修|不准|摇头|验|标签|校|看图|接线|原理|懂行|test|check|spec|clear|looks? at|says it|reckon|fix|wir(?:e|ing)|method|drawing|pass(?:es)? the|moisture|readings?|inspect|calibrat|mounting|supply for",
        ),
        (
            "uses",
            r"用(?:得|的|着|惯)|开车|上手|操作|干活|我(?:们)?(?:一线|现场)|管仓|仓|浇|炒|天天|每天|一(?:天|礼拜|个礼拜)(?:跑|做|开|进)|靠他|靠她|焊|搬|抬|拎|开箱|穿|手(?:里|抖|一伸)|上去下来|uses?\b|runs?\b|drives?\b|nights|floor|hands|works? it|on the tools|hoof|run (?:it|them|'em)|(?:every|all) (?:day|night|shift)|teaches|pours|lifts?|push|stirs|sends?\b|shift\b|thumb|gloves|back of the",
        ),
        (
            "advises",
            r"听|意见|看重|提(?:方案|上去|个|单|的)|报上去|往上(?:提|报|递)|写|申请|催|讲(?:话|一句|不好)|说句话|念叨|管用|忌讳|问(?:过|一声)|商量|懂|推荐|ask(?:s)?\b|listen|recommend|opinion|ring(?:s)? (?:him|her)|influence|against it|goes with|happy|angry|likes? (?:it|what)|bring it up|tell you|hazard|sit outside|calls? two|ear\b|trusts?",
        ),
        (
            "not_me",
            r"我(?:哪|可)?(?:定|签|批|做)不了|不是我|讲了不算|isn't mine|ain't mine|not mine|not up to me|above",
        ),
    )
)


def names() -> tuple[str, ...]:
    """The names of all hints, in order."""
    return (
        *(f"who:{name}" for name, _ in _WHO),
        *(f"does:{name}" for name, _ in _DOES),
        *(f"next:{name}" for name, _ in _DOES),
    )


def hints(mention: str, clause: str, after: str) -> frozenset[str]:
    """The hints that a mention, its clause, and the few words right after it give; all as plain views."""
    return frozenset(
        (
            *(f"who:{name}" for name, pattern in _WHO if pattern.search(mention)),
            *(f"does:{name}" for name, pattern in _DOES if pattern.search(clause)),
            *(f"next:{name}" for name, pattern in _DOES if pattern.search(after)),
        )
    )
