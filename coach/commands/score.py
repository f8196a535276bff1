"""`coach score FILE… --scenario ID`: scores finished dialogues against a scenario."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("score")(score)


def score(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="对话文字稿或录音。Transcripts or recordings.")
    ],
    scenario: Annotated[str, typer.Option(help="按哪个剧本评。The scenario to score against.")],
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")] = False,
) -> None:
    """给练完的对话评分，每一条都带原话。Score finished dialogues; every yes carries its words."""
    from coach.app import open_coach
    from coach.commands.each_file import each_file
    from coach.commands.score_page import page
    from coach.practice.calibration.advice import advice_on
    from coach.practice.finished import score_dialogue
    from scenarios.rubric import load_rubrics

    coach = open_coach()
    chosen = coach.scenario(scenario)
    rubric = load_rubrics()[chosen.rubric]

    def one(path: Path) -> None:
        talk = coach.hear(path, language=chosen.language).conversation
        result = score_dialogue(chosen, rubric, talk, coach.engine)
        advice = advice_on(result, chosen, coach.database, coach.engine.name)
        if as_json:
            body = advice.on(result.as_json(str(path)))
            typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        else:
            typer.echo(path.name)
            page(result, chosen, None, rubric.pass_mark, advice)

    each_file(files, one, as_json=as_json, language=coach.settings.language)
