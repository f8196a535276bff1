"""The `coach` command: puts the command files together and turns errors into one sentence and an exit code.

Exit codes: 0 done · 1 could not · 2 wrong call · 3 some files failed · 4 refused.
Nothing heavy is imported here: `coach --help` stays within twice a bare typer app.
"""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import typer

from coach.quiet import keep_quiet


def build() -> typer.Typer:
    """The app with every command: the product's own, then those that other rooms offer as entry points."""
    from coach.commands import (
        audit,
        backup,
        calibrate,
        certify,
        doctor,
        draft,
        forget,
        jobs,
        library,
        match,
        models,
        practice,
        read,
        record,
        scenarios,
        score,
        users,
        visits,
        worker,
    )

    app = typer.Typer(
        name="coach",
        help="陪跑：拜访录音 → 五动作记录 → 战例 → 对练。From visit recordings to coached reps.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for command in (
        *(record, read, match, practice, score, certify, calibrate),
        *(library, draft, scenarios, visits, jobs, worker, users, models, doctor),
        *(backup, forget, audit),
    ):
        command.register(app)
    for entry in sorted(entry_points(group="coach.commands"), key=lambda entry: entry.name):
        entry.load()(app)
    return app


def main() -> None:
    """Run one command; a CoachError becomes its sentence and its way on, on stderr."""
    keep_quiet()
    app = build()
    try:
        app()
    except Exception as error:
        from coach.errors import CoachError, Refused

        if not isinstance(error, CoachError):
            raise
        from coach.settings import Settings

        language = Settings().language
        typer.echo(error.message(language), err=True)
        if way_on := error.way_on(language):
            typer.echo(f"→ {way_on}", err=True)
        sys.exit(4 if isinstance(error, Refused) else 1)
