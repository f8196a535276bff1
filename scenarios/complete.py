"""Fills what a trainer left out, so that a scenario on one page plays like a long one.

Works on the file's data before the schema sees it. Nothing that the author wrote is changed; the words come
from `defaults/<language>.yaml`, the conditions from the rules below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from coach.conversation import language_of
from coach.located import read_mapping
from scenarios.rubric import SCENARIO_POINTS
from scenarios.schema import ANYBODY

DEFAULTS: Final = Path(__file__).parent / "defaults"
Data = dict[str, Any]

_TYPE_WORDS: Final = (
    ("price", "贵|价|钱|预算|便宜|expensive|price|cost|budget|cheap"),
    (
        "decision_chain",
        "领导|老板|厂长|院长|校长|上面|总部|审批|签字|拍板|做不了主|定不了|说了算"
        "|boss|approv|sign|decide|committee|head office",
    ),
    (
        "competitor",
        "另一家|别家|别人|现在用的|老供应商|竞品"
        "|competitor|another vendor|already use|other supplier|current supplier",
    ),
    (
        "timing",
        "明年|以后|过段时间|再说|不急|现在不|来不及|not now|later|next year|next quarter|no rush|busy",
    ),
    ("technical", "接口|兼容|技术|参数|稳定|精度|能不能用|integrat|technical|spec|compatib|work with"),
)
_KIND_WORDS: Final = (
    (
        "people",
        r"谁|哪位|哪个人|哪几位|支持|拍板|签字|竞聘|处分|反对|\bwho\b|whose|\bsign|colleague|\bboss\b|owner",
    ),
    (
        "time",
        r"什么时候|哪天|几号|多久|赶得上|截止|审厂"
        r"|\bwhen\b|how long|deadline|what date|which day|by the end of",
    ),
    ("money", r"多少钱|预算|付款|损失|赔|价|\d\s*万|[$€£]|\bpay|budget|cash|\bcost|invoice|price"),
)
_NEXT_STEP: Final = re.compile(
    "下一步|约定|约好|约了|日期|next step|dated|appointment|calendar", re.IGNORECASE
)


@lru_cache(maxsize=2)
def default_words(language: str) -> Data:
    """The stock lines of a language."""
    words: Data = read_mapping(DEFAULTS / f"{language}.yaml").data
    return words


def complete(data: Mapping[str, Any], *, id: str) -> Data:
    """`data` with everything present that the schema wants; what is malformed is left for the schema to
    report.
    """
    full: Data = dict(data)
    full.setdefault("id", id)
    if isinstance(full.get("brief"), str):
        full["brief"] = {"situation": full["brief"]}
    full.setdefault("language", _language(full))
    words = default_words("en" if full["language"] == "en" else "zh")
    full.setdefault("title", full["id"])
    _complete_cast(full, words)
    if _is_list_of_maps(full.get("key_points")):
        full["key_points"] = _key_points(full["key_points"])
    if _is_list_of_maps(full.get("objections")):
        full["objections"] = _objections(full, words)
        full.setdefault("objection_types", list(dict.fromkeys(one["type"] for one in full["objections"])))
    _complete_facts(full)
    _complete_talk(full, words)
    return full


def guess_kind(fact: Mapping[str, Any]) -> str:
    """What kind of information a fact is about, by its example questions first; risk when nothing says
    otherwise.
    """
    unlock = fact.get("unlock")
    like = unlock.get("like", []) if isinstance(unlock, dict) else []
    words = " ".join([str(fact.get("statement", "")), *(str(one) for one in like for _ in range(2))])
    counted = [(len(re.findall(pattern, words, re.IGNORECASE)), kind) for kind, pattern in _KIND_WORDS]
    best = max(counted, key=lambda pair: pair[0])
    return best[1] if best[0] else "risk"


def _is_list_of_maps(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _language(full: Data) -> str:
    brief = full.get("brief")
    texts = [value for value in brief.values() if isinstance(value, str)] if isinstance(brief, dict) else []
    return language_of(texts) if texts else "zh"


def _complete_cast(full: Data, words: Data) -> None:
    """`persona` alone stands for a cast of one."""
    if full.get("cast"):
        return
    persona = full.get("persona")
    if isinstance(persona, str):
        persona = {"persona": persona}
    person: Data = {**words["persona"], **(persona if isinstance(persona, dict) else {})}
    if not person.get("persona"):
        style = {
            key: person[key] for key in ("style", "temper", "speech_habits", "never_says") if key in person
        }
        if style:
            full["personas"] = {**(full.get("personas") or {}), f"{full['id']}-persona": style}
            person["persona"] = f"{full['id']}-persona"
    full["cast"] = [person]


def _key_points(points: list[Data]) -> list[Data]:
    given = sum(point.get("weight", 0) for point in points if isinstance(point.get("weight"), int | float))
    without = sum("weight" not in point for point in points)
    share = round(max(SCENARIO_POINTS - given, 0) / without, 4) if without else 0
    done = []
    for number, point in enumerate(points, 1):
        said = str(point.get("statement", ""))
        dimension = "next_step" if _NEXT_STEP.search(said) else "objection_handling"
        done.append({"id": f"k-{number}", "weight": share, "dimension": dimension, "examples": [], **point})
    return done


def _objections(full: Data, words: Data) -> list[Data]:
    done = []
    evasions = (full.get("difficulty") or {}).get("evasions_before_hardened", 2)
    answers = [
        {"key_point": point["id"]}
        for point in full.get("key_points") or []
        if isinstance(point, dict) and point.get("dimension") in ("objection_handling", "value_evidence")
    ] or [{"act": "offer_solution"}, {"act": "prove"}, {"act": "trade"}]
    for number, objection in enumerate(full["objections"], 1):
        one: Data = {"id": f"o-{number}", **objection}
        lines = one.get("lines")
        if not isinstance(lines, dict):
            lines = {"raised": lines or one.get("line") or one.get("surface") or []}
        one["lines"] = {**words["objection_lines"], **lines}
        first = lines.get("raised")
        one.setdefault("surface", first[0] if isinstance(first, list) and first else first or "")
        one.setdefault("type", _guess_type(str(one["surface"])))
        one.setdefault("starts", "raised" if number == 1 else "latent")
        if one["starts"] == "latent":
            one.setdefault("raised_when", {"turns_at_least": 1 + 3 * (number - 1)})
        one.setdefault("softens_when", {"all_of": [{"act": "acknowledge"}, {"act": "explore"}]})
        one.setdefault(
            "hardens_when",
            {"any_of": [{"red_line": "any"}, {"act": "evade", "times": evasions}, {"act": "dismiss"}]},
        )
        one.setdefault(
            "resolves_when",
            {
                "all_of": [
                    {"objection": one["id"], "state": "softened"},
                    {"any_of": answers},
                    {"trust_at_least": 46},
                ]
            },
        )
        done.append(one)
    return done


def _guess_type(surface: str) -> str:
    hit = (kind for kind, pattern in _TYPE_WORDS if re.search(pattern, surface, re.IGNORECASE))
    return next(hit, "trust")


def _complete_facts(full: Data) -> None:
    facts = full.get("private_facts")
    if _is_list_of_maps(facts):
        full["private_facts"] = [
            {"id": f"f-{number}", "kind": guess_kind(fact), **fact}
            for number, fact in enumerate(facts or [], 1)
        ]


def _complete_talk(full: Data, words: Data) -> None:
    """Opening, red lines, generic lines and endings."""
    cast = full["cast"]
    main = (full.get("room") or {}).get("opens") or (cast[0].get("id") if _is_list_of_maps(cast) else None)
    objections = full.get("objections") if _is_list_of_maps(full.get("objections")) else []
    first = objections[0]["id"] if objections else "o-1"
    if "opening" not in full and objections:
        raised = objections[0]["lines"].get("raised")
        full["opening"] = raised[:1] if isinstance(raised, list) else raised
    if "red_lines" not in full:
        full["red_lines"] = [_addressed(line, main, first) for line in words["red_lines"]]
    generic = dict(full.get("generic_lines") or {})
    for person in cast if _is_list_of_maps(cast) else []:
        own = generic.get(person.get("id")) or {}
        generic[str(person.get("id"))] = own
    full["generic_lines"] = {ANYBODY: words["generic_lines"], **generic}
    full["endings"] = _endings(full, words, objections or [], first)


def _addressed(red_line: Data, main: Any, first: str) -> Data:
    """A stock red line with the person and the objection of this scenario in its effect."""
    effect = dict(red_line["effect"])
    if "main" in effect:
        effect[main] = effect.pop("main")
    if "objections" in effect:
        effect["objections"] = dict.fromkeys([first], next(iter(effect["objections"].values())))
    return {**red_line, "effect": effect}


def _endings(full: Data, words: Data, objections: list[Data], first: str) -> Data:
    points = full.get("key_points") if _is_list_of_maps(full.get("key_points")) else []
    closing = [{"key_point": point["id"]} for point in points or [] if point.get("dimension") == "next_step"]
    agreed: Data = {"any_of": closing or [{"act": "advance"}]}
    others = [{"objection": one["id"], "state": ["latent", "softened", "resolved"]} for one in objections[1:]]
    when: Data = {
        "advanced": {
            "all_of": [
                {"objection": first, "state": "resolved"},
                *others,
                agreed,
                {"none_of": [{"red_line": "any"}]},
            ]
        },
        "deferred": {
            "any_of": [
                {
                    "all_of": [
                        {"turns_at_least": 10},
                        {"objection": first, "state": ["softened", "resolved"]},
                        {"act": "advance"},
                    ]
                },
                {"all_of": [{"turns_at_least": 16}, {"trust_at_least": 45}]},
            ]
        },
        "walked_away": {
            "any_of": [{"patience_at_most": 0}, {"objection": first, "state": "hardened", "times": 2}]
        },
    }
    done: Data = {}
    given = full.get("endings") or {}
    for reason, lines in words["endings"].items():
        own = given.get(reason) or {}
        done[reason] = {"lines": lines, **({"when": when[reason]} if reason in when else {}), **own}
    return done
