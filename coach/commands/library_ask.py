"""`coach library ask`: the sentences of the handbooks that answer, each with the section to cite."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def ask(
    question: Annotated[str, typer.Argument(help="想问手册什么。A question to the handbooks.")],
    lang: Annotated[str | None, typer.Option(help="问 zh 或 en 的手册。Ask those in zh or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")] = False,
) -> None:
    """问手册：摘原文，带章节出处；没有就说没有。Sentences that answer, with their sections, or none."""
    from coach.app import open_coach
    from coach.commands.each_file import language as language_said
    from coach.commands.notes import say_on_stderr
    from coach.conversation import language_of
    from coach.library.ask import ask as ask_handbooks
    from coach.library.written import write

    coach = open_coach(note=say_on_stderr)
    answer = ask_handbooks(coach.library, question, language_said(lang) or language_of([question]))
    written = write(answer, coach.library, coach.writer)
    if as_json:
        passages = [
            {
                "text": passage.text,
                "sentences": list(passage.sentences),
                "source": passage.source,
                "title": passage.title,
                "score": passage.score,
            }
            for passage in answer.passages
        ]
        nearest = [passage.source for passage in answer.nearest]
        body: dict[str, object] = {
            "question": question,
            "abstained": answer.none,
            "passages": passages,
            "nearest": nearest,
        }
        if coach.writer is not None:
            body["written"] = [{"text": one.text, "source": one.source} for one in written.sentences]
            body["engine"] = written.engine
        typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        return
    zh = coach.settings.language == "zh"
    if answer.none:
        typer.echo("手册里没有答这个的。" if zh else "The handbooks do not answer this.")
        for passage in answer.nearest:
            typer.echo(f"  {'也许沾边' if zh else 'perhaps near'}: {passage.title} ({passage.source})")
    if written.note:
        typer.echo(written.note[0 if zh else 1], err=True)
    for one in written.sentences:
        typer.echo(f"{one.text} ({one.source})")
    if written.sentences:
        typer.echo("—— 原文 ——" if zh else "-- the handbook's words --")
    for passage in answer.passages:
        typer.echo(f"{passage.text}\n  → {passage.title} ({passage.source})")
