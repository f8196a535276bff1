"""A score as people read it in the terminal: the outcome first, then what was missed, then the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach.vocabulary import name

if TYPE_CHECKING:
    from coach.practice.calibration.advice import Advice
    from coach.practice.score import CheckResult, Score
    from coach.vocabulary import EndReason
    from scenarios.schema import Scenario

_MARK: Final = {"yes": "✓", "no": "✗", "not_scored": "–"}
_ORDER: Final = {"no": 0, "not_scored": 1, "yes": 2}


def page(
    score: Score,
    scenario: Scenario,
    ended: EndReason | None,
    pass_mark: float,
    advice: Advice | None = None,
) -> None:
    """Print the score on stdout; `advice` marks the checks that trainers made advice only."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    zh = scenario.language == "zh"
    language = scenario.language
    total = "—" if score.total is None else str(score.total)
    end = f" · {name(ended, language)}" if ended else ""
    console.print()
    console.print(Text(f"{name(score.outcome, language)} · {total}/100{end}", style="bold"))
    console.print(Text(score.reason))
    for one in sorted(score.checks, key=lambda check: (_ORDER[check.verdict], -check.item.weight)):
        console.print(_row(one, zh=zh))
    if advice:
        total = "—" if advice.total is None else str(advice.total)
        names = ("、" if zh else ", ").join(
            one.item.name for one in score.checks if one.item.id in advice.figures
        )
        told = f"仅供参考（培训师大多不认可）：{names}。总分没有改；不算它们是 {total}。"
        en = f"Advice only (trainers mostly disagree): {names}. The total is unchanged; without them it is {total}."
        console.print(Text(told if zh else en, style="yellow"))
    composure = score.composure
    index = "" if composure.index is None else f" {composure.index}"
    console.print(Text(f"{'情绪稳定性' if zh else 'Composure'} {composure.says(language)}{index}"))
    if ended and score.missing:
        console.print(Text("没问出来的" if zh else "What you did not learn", style="bold"))
        for miss in score.missing:
            console.print(Text(f"  {name(miss.kind, language)} · {miss.statement}", style="dim"))


def _row(one: CheckResult, *, zh: bool) -> str:
    from rich.markup import escape

    style = {"yes": "green", "no": "red", "not_scored": "dim"}[one.verdict]
    text = f"[{style}]{_MARK[one.verdict]}[/{style}] {escape(one.item.name)} [dim]{one.item.weight:g}[/dim]"
    if one.verdict == "yes":
        text += f"\n    [dim]#{one.finding.turn}[/dim] “{escape(one.finding.quote)}”"
    elif one.verdict == "no" and one.item.tip:
        text += f"\n    [dim]{'下次' if zh else 'Next time'}: {escape(one.item.tip)}[/dim]"
    elif one.finding.reason:
        text += f"\n    [dim]{escape(one.finding.reason)}[/dim]"
    return text
