"""Why this case, and where it differs: sentences that name the words of both sides and claim nothing else.

A difference is told only when both sides state the fact; what the deal does not say is told as a question.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from coach.library.rerank import Similarity, Trouble
from coach.library.tokens import concepts, words
from coach.vocabulary import DecisionRole, name
from knowledge.industries import Industries
from knowledge.schema import Person

_AT_MOST_ASKED: Final = 2
_ROLE_TOLD_AS: Final[dict[DecisionRole, str]] = {
    "finance": "finance_role",
    "gatekeeper": "procurement_role",
    "technical": "quality_role",
    "user": "frontline",
}


def why(trouble: Trouble, found: Similarity, industries: Industries) -> list[str]:
    """What both have in common, the obstacle first; never empty."""
    lines = [*_obstacles(trouble, found), *_pains(trouble, found), *_frame(trouble, found, industries)]
    return lines or [
        _said(trouble, f"说的是同一类事：{found.case.one_line}", f"A like story: {found.case.one_line}")
    ]


def differs(trouble: Trouble, found: Similarity, industries: Industries) -> list[str]:
    """Facts that both sides state and that are not the same; then what to ask before leaning on the case."""
    return [*_stated(trouble, found, industries), *_to_ask(trouble, found)]


def _obstacles(trouble: Trouble, found: Similarity) -> Iterator[str]:
    for kind in found.obstacles:
        label, words_said = name(kind, trouble.language), trouble.obstacles[kind]
        yield _said(
            trouble,
            f"同样卡在{label}：你说“{words_said}”",
            f"Same obstacle, {label.lower()}: you say “{words_said}”",
        )


def _pains(trouble: Trouble, found: Similarity) -> Iterator[str]:
    """Shared pain keywords, the person both have to win, or else the nearest telling."""
    if found.pains:
        keywords = list(dict.fromkeys(pain.keyword for pain in found.pains))[:3]
        clause = found.pains[0].said
        yield _said(
            trouble,
            f"同样的痛点：{'、'.join(keywords)}（你说的是“{clause}”）",
            f"Same pain: {', '.join(keywords)} (you say “{clause}”)",
        )
    elif found.nearest:
        yield _said(
            trouble, f"和这种说法最接近：“{found.nearest}”", f"Nearest telling of it: “{found.nearest}”"
        )
    if person := _person(trouble, found):
        who = person.who or name(person.role, trouble.language)
        yield _said(
            trouble,
            f"也有这一关：{who}，当时担心的是“{person.concern}”",
            f"The same person to win: {who}, who worried about “{person.concern}”",
        )


def _frame(trouble: Trouble, found: Similarity, industries: Industries) -> Iterator[str]:
    """Trade, size and stage, where they are the same or near."""
    if found.industry is not None and found.industry >= 0.5:
        there = industries.place(found.case.industry).name(trouble.language)
        guessed = not trouble.industry_said
        zh = ("同一行业" if found.industry == 1.0 else "相近行业") + ("（从你的描述看）" if guessed else "")
        en = ("Same industry" if found.industry == 1.0 else "Neighbouring industry") + (
            " (by your description)" if guessed else ""
        )
        yield _said(trouble, f"{zh}：{there}", f"{en}: {there}")
    if found.size == 0 and trouble.size:
        band = name(trouble.size, trouble.language)
        yield _said(trouble, f"规模相当：{band}", f"Same size: {band}")
    if found.stage and trouble.stage:
        step = name(trouble.stage, trouble.language)
        yield _said(trouble, f"走到同一步：{step}", f"Same stage: {step}")


def _stated(trouble: Trouble, found: Similarity, industries: Industries) -> Iterator[str]:
    case, language = found.case, trouble.language
    if found.industry is not None and found.industry <= 0.5 and trouble.industry and trouble.industry_said:
        there = industries.place(case.industry).name(language)
        here = industries.place(trouble.industry).name(language)
        yield _said(
            trouble, f"行业不同：那边是{there}，你这边是{here}", f"Industry: {there} there, {here} here"
        )
    if found.size and trouble.size and case.size:
        there, here = name(case.size, language), name(trouble.size, language)
        yield _said(trouble, f"规模不同：那边 {there}，你这边 {here}", f"Size: {there} there, {here} here")
    if found.stage is False and trouble.stage and case.stage:
        there, here = name(case.stage, language), name(trouble.stage, language)
        yield _said(trouble, f"阶段不同：那边在{there}，你在{here}", f"Stage: {there} there, {here} here")


def _to_ask(trouble: Trouble, found: Similarity) -> Iterator[str]:
    unsaid = [
        name(kind, trouble.language) for kind in found.case.objection_types if kind not in trouble.obstacles
    ]
    if unsaid:
        yield _said(
            trouble,
            f"那边还卡在{'、'.join(unsaid)}，你没提到：见面探一句有没有",
            f"It was also stuck on {', '.join(unsaid).lower()}, which you do not mention: find out",
        )
    for condition in _conditions(trouble, found):
        yield _said(
            trouble,
            f"先问清是不是这样，是的话别照搬：{condition}",
            f"Ask whether this holds; if it does, do not copy the case: {condition}",
        )


def _person(trouble: Trouble, found: Similarity) -> Person | None:
    """Somebody of the case whose place in the chain the deal names too, with a worry worth knowing."""
    meant = concepts(trouble.whole)
    for role, told_as in _ROLE_TOLD_AS.items():
        for person in found.case.decision_roles if told_as in meant else ():
            if person.role == role and person.concern and told_as in concepts(person.who):
                return person
    return None


def _conditions(trouble: Trouble, found: Similarity) -> list[str]:
    """The case's conditions against itself, those nearest to the deal's words first."""
    said = frozenset(words(trouble.whole))
    conditions = found.case.does_not_transfer
    order = sorted(range(len(conditions)), key=lambda n: (-len(said & frozenset(words(conditions[n]))), n))
    return [conditions[n] for n in order[:_AT_MOST_ASKED]]


def _said(trouble: Trouble, zh: str, en: str) -> str:
    return zh if trouble.language == "zh" else en
