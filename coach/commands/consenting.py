"""Who agreed to a recording, as commands ask it: in words, with one flag as last time, how it was said, what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.privacy.consent import Agreed

Who = Annotated[
    str | None,
    typer.Option("--consent", help="谁同意了录音，写一句话。Who agreed to the recording, in words."),
]
AsUsual = Annotated[
    bool,
    typer.Option(
        "--agreed",
        help="录音里的人都同意了，说法照上次。Everybody in it agreed, in the way that was said last time.",
    ),
]
How = Annotated[
    str | None,
    typer.Option("--consent-how", help="怎么同意的 spoken | written | notice。How they agreed."),
]
Scope = Annotated[
    str | None,
    typer.Option("--consent-scope", help="可以用来 record | coaching | training。What it may be used for."),
]


def put_together(
    before: Agreed | None, who: str | None, how: str | None, scope: str | None, everybody: str
) -> Agreed:
    """What was said before, with what is said now in its place. A wrong word is a wrong call."""
    from coach.privacy.consent import HOWS, SCOPES, Agreed

    for said, known, option in ((how, HOWS, "--consent-how"), (scope, SCOPES, "--consent-scope")):
        if said is not None and said not in known:
            raise typer.BadParameter(" | ".join(known), param_hint=option)
    start = before or Agreed(everybody)
    return Agreed(who or start.who, how or start.how, scope or start.scope)  # type: ignore[arg-type]


def consent_said(
    coach: Coach, who: str | None, as_usual: bool, how: str | None = None, scope: str | None = None
) -> Agreed | None:
    """The consent that the options say; None when they say none. A wrong word is a wrong call."""
    from coach.privacy.consent import EVERYBODY, agreed

    everybody = EVERYBODY[0 if coach.settings.language == "zh" else 1]
    before = coach.consents.usual() if as_usual and coach.database.is_there else None
    said = put_together(before, who, how, scope, everybody)
    return agreed(said) if as_usual or (who or "").strip() else None
