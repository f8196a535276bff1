"""`coach library submit | pending | review | revise | publish | retire | history | contributions`: cases people write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.curation.desk import HandedIn
    from coach.curation.drafts import Draft
    from coach.store.cases import KeptCase
    from coach.vocabulary import Outcome

AsJson = Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="战例编号。The case's id.")]
Comment = Annotated[str, typer.Option(help="一句话说明。A remark.")]
AsIs = Annotated[
    bool, typer.Option("--as-is", help="自己已经脱敏，不再遮。Already masked by hand; change nothing.")
]
Amounts = Annotated[bool, typer.Option("--amounts", help="金额也遮。Mask sums of money too.")]
Keep = Annotated[bool, typer.Option("--draft", help="先存草稿，不交审。Keep as a draft.")]


def register(group: typer.Typer) -> None:
    """Add the commands to the group `library`."""
    for command in (submit, pending, review, revise, publish, retire, history, contributions):
        group.command(command.__name__)(command)


def submit(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|ID]", help="YAML 文件，或存着的草稿编号。A file, or a draft's id."),
    ] = None,
    visit: Annotated[str | None, typer.Option(help="从一次拜访起草。Draft it from a visit.")] = None,
    title: Annotated[str, typer.Option(help="标题，写成一个矛盾。The title, as a conflict.")] = "",
    outcome: Annotated[str | None, typer.Option(help="won | lost | stalled")] = None,
    text: Annotated[str, typer.Option(help="经过，几句话。What happened, in a few words.")] = "",
    words: Annotated[
        list[str] | None, typer.Option(help="管用的原话，可写多句。Words that worked, repeatable.")
    ] = None,
    as_is: AsIs = False,
    amounts: Amounts = False,
    draft: Keep = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看遮好的稿子，不存。Show the masked text, keep nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """交一个战例：文件、几句话，或一次拜访；自动脱敏，查重，等培训师审。Hand in a case for review, masked."""
    coach = _coach()
    if what and not Path(what).exists() and not visit and not text:
        _print_case(coach.curation.submit_draft(what), coach, as_json=as_json)
        return
    made = _drafted(coach, what, visit, title, _outcome(outcome), text, words or [], as_is, amounts)
    if dry_run:
        _show(made, as_json=as_json)
        return
    visit_id = coach.visits.load(visit).id if visit else None
    _print_handed_in(coach.curation.submit(made, visit_id=visit_id, keep=draft), coach, as_json=as_json)


def pending(
    everything: Annotated[
        bool, typer.Option("--all", help="发布和下架的也列。Published and retired too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """哪些战例在等：待审、退回、草稿。What waits for review, was sent back, or is still a draft."""
    coach = _coach()
    rows = coach.curation.all() if everything else coach.curation.pending()
    for row in rows:
        _print_case(row, coach, as_json=as_json)
    if not rows and not as_json:
        typer.echo(
            _side(
                coach,
                "没有在等的。`coach library submit` 交一个。",
                "Nothing waits. Hand one in with `coach library submit`.",
            )
        )
    if not as_json and (due := coach.curation.still_due()):
        typer.echo(_side(coach, *due), err=True)


def review(
    case_id: Id,
    approve: Annotated[bool, typer.Option("--approve", help="通过。Fit to be published.")] = False,
    send_back: Annotated[
        bool, typer.Option("--send-back", help="退回，要写 --comment。Back to the author.")
    ] = False,
    comment: Comment = "",
    as_json: AsJson = False,
) -> None:
    """审一个战例：不加选项就看稿子和相近的战例。Without an option: the text, and the cases most like it."""
    coach = _coach()
    if approve and send_back:
        raise typer.BadParameter("--approve | --send-back")
    if approve:
        kept = coach.curation.approve(case_id, comment)
    elif send_back:
        kept = coach.curation.send_back(case_id, comment)
    elif comment:
        kept = coach.curation.comment(case_id, comment)
    else:
        _look(coach, case_id, as_json=as_json)
        return
    _print_case(kept, coach, as_json=as_json)


def revise(
    case_id: Id,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="改好的 YAML。The changed YAML.")],
    comment: Comment = "",
    as_is: AsIs = False,
    amounts: Amounts = False,
    draft: Keep = False,
    as_json: AsJson = False,
) -> None:
    """交一版新的；旧的留在架上，直到新的发布。A new version; the old one stays until the new one is published."""
    from coach.curation.drafts import from_file

    coach = _coach()
    made = from_file(
        file,
        as_is=as_is,
        amounts=amounts,
        shelf=coach.curation.linkable(),
        customers=coach.glossary.customers,
    )
    _print_handed_in(coach.curation.revise(case_id, made, comment, keep=draft), coach, as_json=as_json)


def publish(case_id: Id, as_json: AsJson = False) -> None:
    """发布审过的战例；命令结束时 match 已能找到。Onto the shelf: match finds it when this returns."""
    coach = _coach()
    _print_case(coach.curation.publish(case_id), coach, as_json=as_json)


def retire(case_id: Id, comment: Comment = "", as_json: AsJson = False) -> None:
    """下架；match 不再给，历史都留着。Off the shelf; nothing is lost."""
    coach = _coach()
    _print_case(coach.curation.retire(case_id, comment), coach, as_json=as_json)


def history(case_id: Id, as_json: AsJson = False) -> None:
    """一个战例的来历：哪一版、谁、何时、做了什么、说了什么。Every step: version, who, when, what was said."""
    from coach.commands.curation_page import step_line, step_object

    coach = _coach()
    for step in coach.curation.history(case_id):
        typer.echo(_compact(step_object(step)) if as_json else step_line(step, coach.settings.language))


def contributions(as_json: AsJson = False) -> None:
    """谁交了几个，用了多少：展示、打开、采纳、采纳率。Cases by author; shown, opened, adopted, adoption rate."""
    from coach.commands.curation_page import contribution_object, contribution_table

    coach = _coach()
    rows = coach.curation.contributions()
    if as_json:
        for row in rows:
            typer.echo(_compact(contribution_object(row)))
        return
    contribution_table(rows, coach.settings.language)
    if due := coach.curation.still_due():
        typer.echo(_side(coach, *due), err=True)


def _coach() -> Coach:
    from coach.app import open_coach
    from coach.commands.notes import say_on_stderr

    return open_coach(note=say_on_stderr)


def _drafted(
    coach: Coach,
    file: str | None,
    visit: str | None,
    title: str,
    outcome: Outcome | None,
    text: str,
    words: list[str],
    as_is: bool,
    amounts: bool,
) -> Draft:
    from coach.curation.drafts import ShortWords, from_file, from_words
    from coach.curation.from_visit import from_visit

    if sum(map(bool, (file, visit, text))) != 1:
        raise typer.BadParameter(
            "给一个文件，或 --visit，或 --title 加 --text · give a file, or --visit, or --title with --text",
            param_hint="FILE | --visit | --text",
        )
    if file:
        return from_file(
            Path(file),
            as_is=as_is,
            amounts=amounts,
            shelf=coach.curation.linkable(),
            customers=coach.glossary.customers,
        )
    if visit:
        stored = coach.visits.load(visit)
        coach.curation.may_tell(stored.id)
        return from_visit(
            stored,
            outcome=outcome,
            title=title,
            amounts=amounts,
            customers=coach.glossary.customers,
        )
    if outcome is None:
        raise typer.BadParameter("won | lost | stalled", param_hint="--outcome")
    short = ShortWords(title, outcome, text, "\n".join(words))
    return from_words(short, coach.settings.language, amounts=amounts, customers=coach.glossary.customers)


def _outcome(text: str | None) -> Outcome | None:
    if text in ("won", "lost", "stalled", None):
        return text  # type: ignore[return-value]
    raise typer.BadParameter("won | lost | stalled", param_hint="--outcome")


def _show(made: Draft, *, as_json: bool) -> None:
    import yaml

    body = {"id": made.case.id, **made.as_json()}
    if as_json:
        typer.echo(_compact({"case": body, "masked": dict(made.masked)}))
    else:
        typer.echo(yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=100).rstrip())


def _look(coach: Coach, case_id: str, *, as_json: bool) -> None:
    from coach.commands.curation_page import case_object, review_page, step_object, twin_object
    from coach.curation.desk import case_of

    kept, steps = coach.curation.load(case_id), coach.curation.history(case_id)
    alike = coach.curation.twins(case_of(kept))
    if as_json:
        parts = {
            "similar": [twin_object(one) for one in alike],
            "history": [step_object(one) for one in steps],
        }
        typer.echo(_compact({**case_object(kept), "masked": kept.masked, **parts, "case": kept.body}))
    else:
        review_page(kept, alike, steps, coach.settings.language)


def _print_case(kept: KeptCase, coach: Coach, *, as_json: bool) -> None:
    from coach.commands.curation_page import case_line, case_object

    typer.echo(_compact(case_object(kept)) if as_json else case_line(kept, coach.settings.language))


def _print_handed_in(made: HandedIn, coach: Coach, *, as_json: bool) -> None:
    from coach.commands.curation_page import case_line, case_object, masked_words, twin_line, twin_object

    language = coach.settings.language
    if as_json:
        due = _side(coach, *made.reminder) if made.reminder else None
        more = {
            "masked": dict(made.masked),
            "similar": [twin_object(one) for one in made.twins],
            "reminder": due,
        }
        typer.echo(_compact({**case_object(made.kept), **more}))
        return
    typer.echo(case_line(made.kept, language))
    if made.masked:
        typer.echo(masked_words(made.masked, language), err=True)
    for twin in made.twins:
        typer.echo(twin_line(twin, language), err=True)


def _side(coach: Coach, zh: str, en: str) -> str:
    return zh if coach.settings.language == "zh" else en


def _compact(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=str)
