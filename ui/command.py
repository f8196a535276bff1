"""`coach serve`: the pages in a browser, on this machine only unless another host is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ui.running import Logs


def register(app: typer.Typer) -> None:
    """Add the command to `app`, and those that need the pages' parts."""
    from ui import report_command

    app.command("serve")(serve)
    report_command.register(app)


def serve(
    host: Annotated[
        str | None, typer.Option(help="监听地址，默认只有本机。Address; this machine only by default.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="端口，0 是任意空闲端口。Port; 0 takes a free one.")
    ] = None,
    logs: Annotated[
        str, typer.Option(help="json | plain；有账号时默认 json。JSON lines with accounts.")
    ] = "auto",
) -> None:
    """打开网页：练习、拜访、商机。Open the pages: practice, visits, deals."""
    from coach.app import open_coach
    from ui.running import run

    coach = open_coach()
    chosen: Logs = "json" if logs == "json" else "plain" if logs == "plain" else "auto"
    run(coach, host or coach.settings.host, coach.settings.port if port is None else port, chosen)
