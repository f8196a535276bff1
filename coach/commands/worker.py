"""`coach worker`: works on jobs in this process, until it is interrupted."""

from __future__ import annotations

from typing import Annotated, Literal

import typer


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("worker")(worker)


def worker(
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="做完就退出。End when nothing is left to do.")
    ] = False,
) -> None:
    """在后台转写和整理排队的录音，不开网页。Transcribe and read what is queued, without the pages."""
    from coach.app import open_coach
    from coach.commands.jobs_page import STEPS
    from coach.commands.logs import log_lines
    from coach.commands.notes import say_on_stderr

    def told(job: str, step: str, when: Literal["begins", "done"]) -> None:
        name = STEPS.get(step, STEPS["transcribe"])
        part = f" {int(step.split()[1]) + 1}" if step.startswith("slice ") else ""
        if when == "done":
            say_on_stderr((f"{job[:8]} {name[0]}{part} 好了", f"{job[:8]} {name[1]}{part}: done"))

    log_lines()  # what goes wrong, without anybody's words
    at_work = open_coach(note=say_on_stderr).worker(told)
    try:
        at_work.run(until_idle=until_idle)
    except KeyboardInterrupt:
        say_on_stderr(("停了，没做完的下次接着做。", "Stopped; what is left goes on next time."))
    finally:
        at_work.stop()
