"""`coach scenarios add | export | publish`: scenarios made here, kept in the store, published once bots have played them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from coach.errors import Refused


def add(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="剧本文件。A scenario file.")],
) -> None:
    """收一份自己的剧本，先是草稿，只有自己看得到。Keep your own scenario; a draft that only you see."""
    from coach.app import open_coach

    coach = open_coach()
    one = coach.own.add(file)
    zh = coach.settings.language == "zh"
    typer.echo(one.id)
    words = f"收好了：{one.title}。练一场：coach practice {one.id}"
    typer.echo(words if zh else f"Kept: {one.title}. Try it: coach practice {one.id}", err=True)


def export(
    scenario: Annotated[str, typer.Argument(help="自己的剧本编号。Id of a scenario made here.")],
) -> None:
    """把自己的剧本印成文件，改完再收回来。Print a scenario made here as a file, to edit and add again."""
    import yaml

    from coach.app import open_coach

    body = open_coach().own.store.load(scenario).body
    typer.echo(yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=110), nl=False)


def publish(
    scenario: Annotated[str, typer.Argument(help="自己的剧本编号。Id of a scenario made here.")],
    seeds: Annotated[int, typer.Option(min=1, max=50, help="每个机器人练几场。Practices a bot.")] = 5,
) -> None:
    """机器人练过才发布给大家；不行就说为什么。Publish it for everybody once bots have played it, or say why not."""
    from coach.app import open_coach
    from coach.practice.certificate import certify
    from coach.practice.certificates import kept_from
    from scenarios.made import made_faults

    coach = open_coach()
    zh = coach.settings.language == "zh"
    if "trainer" not in coach.roles:
        raise Refused(
            ("只有培训师能发布剧本。", "Only trainers publish scenarios."),
            ("把编号发给培训师。", "Give its id to a trainer."),
        )
    stored = coach.own.store.load(scenario)
    one = coach.own.parsed(stored)
    faults = [fault for fault in made_faults(stored.body) if fault.grade == "fault"]
    result = certify(one, coach.offline, seeds=range(1, seeds + 1), faults=len(faults))
    if not result.passed:
        for fault in faults:
            typer.echo(fault.text(coach.settings.language))
        for reason in result.reasons:
            typer.echo(reason[0 if zh else 1])
        raise Refused(
            (f"{scenario} 还不能发布。", f"{scenario} may not be published yet."),
            (
                "改好再来：coach scenarios export、add、publish。",
                "Mend it and come again: coach scenarios export, add, publish.",
            ),
        )
    certificate = kept_from(result, one, coach.offline.name, range(1, seeds + 1), dt.date.today())
    coach.own.store.publish(scenario, certificate.model_dump(mode="json"))
    typer.echo(f"{one.title} 已发布。" if zh else f"{one.title} is published.")
