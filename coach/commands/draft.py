"""`coach draft`: a model drafts a follow-up mail, a case or a scenario; a person reads, changes and uses it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

Story = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="讲这件事的文本。A text that tells the story.")
]


def register(app: typer.Typer) -> None:
    """Add the group to `app`."""
    group = typer.Typer(
        help="让模型起草邮件、战例、剧本，给人改 · Drafts by a model, for a person to change.",
        no_args_is_help=True,
    )
    group.command()(mail)
    group.command()(case)
    group.command()(scenario)
    app.add_typer(group, name="draft")


def mail(visit: Annotated[str, typer.Argument(help="存下来的拜访编号。Id of a kept visit.")]) -> None:
    """跟进邮件：没有模型时是离线稿 · The follow-up mail; the offline draft where no model is configured."""
    from coach.app import open_coach
    from coach.visits.followup import drafts
    from coach.visits.reworded import reworded
    from coach.visits.standing import as_it_stands

    coach = open_coach()
    standing = as_it_stands(coach.visits.load(visit))
    draft, note = reworded(drafts(standing)[0], standing.language, coach.writer)
    if note:
        typer.echo(note[0 if coach.settings.language == "zh" else 1], err=True)
    typer.echo(f"{draft.subject}\n\n{draft.body}")


def case(
    story: Story,
    outcome: Annotated[str, typer.Option(help="won | lost | stalled，由人来定 · Yours to say.")],
) -> None:
    """战例草稿，已遮名 · The draft of a case, masked, as YAML for `coach library submit`."""
    import yaml

    from coach.app import open_coach
    from coach.curation.drafted import drafted

    if outcome not in ("won", "lost", "stalled"):
        raise typer.BadParameter("won | lost | stalled")
    coach = open_coach()
    customers = coach.glossary.customers
    draft = drafted(_text(story), outcome, coach.must_write(), customers)  # type: ignore[arg-type]
    sys.stdout.write(yaml.safe_dump(draft.as_json(), allow_unicode=True, sort_keys=False, width=100))
    typer.echo(json.dumps({"masked": dict(draft.masked)}, ensure_ascii=False), err=True)


def scenario(story: Story) -> None:
    """剧本草稿，一页 · A scenario on one page, as YAML for `coach scenarios check`."""
    from coach.app import open_coach
    from coach.practice.drafted import drafted

    sys.stdout.write(drafted(_text(story), open_coach().must_write()))


def _text(file: Path) -> str:
    from coach.errors import BadInput

    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise BadInput(
            (f"{file.name} 读不出来。", f"{file.name} cannot be read."),
            ("换成 UTF-8 的文本。", "Use a text in UTF-8."),
        ) from error
