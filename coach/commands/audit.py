"""`coach audit`: who did what, newest first; and whether the log is as it was written."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("audit")(audit)
    app.command("consents")(consents)


def audit(
    limit: Annotated[int, typer.Option("-n", help="几行。How many lines.")] = 50,
    verify: Annotated[
        bool, typer.Option("--verify", help="从头核对有没有被动过。Check every line from the first.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")] = False,
) -> None:
    """审计日志：谁对什么做了什么。Who did what to what; ids and counts, no words of customers."""
    from coach.app import open_coach
    from coach.store.audit import audit_lines, verify_audit

    coach = open_coach()
    if not coach.database.is_there:
        return
    if not coach.roles & {"admin", "manager"}:
        from coach.errors import Refused

        raise Refused(("只有管理员能看审计日志。", "Only administrators read the audit log."))
    if verify:
        many = verify_audit(coach.database)
        zh, en = f"{many} 行，没被动过。", f"{many} lines, as they were written."
        typer.echo(
            json.dumps({"ok": True, "lines": many})
            if as_json
            else (zh if coach.settings.language == "zh" else en)
        )
        return
    for line in audit_lines(coach.database, limit):
        at = line.at.isoformat(timespec="seconds") + "Z"
        if as_json:
            body = {
                "number": line.number,
                "at": at,
                "person": line.person,
                "act": line.act,
                "subject": line.subject,
                **line.data,
            }
            typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        else:
            counts = " ".join(f"{name}={value}" for name, value in line.data.items())
            typer.echo(f"{line.number:>5} {at} {line.person} {line.act} {line.subject} {counts}".rstrip())


def consents(
    limit: Annotated[int, typer.Option("-n", help="几条。How many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")] = False,
) -> None:
    """录音同意：谁、怎么同意的、能用来做什么。Who agreed, how, and what the recording may be used for."""
    from coach.app import open_coach
    from coach.privacy.consent import in_words

    coach = open_coach()
    if not coach.database.is_there:
        return
    side = 0 if coach.settings.language == "zh" else 1
    names = {row.visit.sha256: row.visit.source_name for row in coach.visits.newest(1000)}
    for one in coach.consents.newest(limit):
        said = one.agreed
        at = one.at.isoformat(timespec="seconds") + "Z"
        name = names.get(one.sha256, "")
        if as_json:
            body = {
                "file": name,
                "sha256": one.sha256,
                "who": said.who,
                "how": said.how,
                "scope": said.scope,
                "at": at,
            }
            typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        else:
            typer.echo(f"{at} {name or one.sha256[:12]} · {in_words(said)[side]}")
