"""Runs the pages: desks from a coach, a quiet server, the worker, and a thread that wakes what the first visitor needs."""

from __future__ import annotations

import gc
import logging
import threading
import time
from typing import TYPE_CHECKING, Literal

from coach.errors import CoachError, Refused, Unavailable
from coach.quiet import keep_quiet
from ui.asking import coach_of_whoever_asks
from ui.desks.all import Desks
from ui.desks.calibration import CalibrationRoom
from ui.desks.colleague import ColleagueRoom
from ui.desks.coverage import CoverageRoom
from ui.desks.curation import CurationRoom
from ui.desks.deals import DealRoom
from ui.desks.form import FormRoom
from ui.desks.glossary import GlossaryRoom
from ui.desks.handbook import HandbookRoom
from ui.desks.help import HelpRoom
from ui.desks.home import HomeRoom
from ui.desks.imports import ImportRoom
from ui.desks.practice import PracticeRoom
from ui.desks.scenarios import ScenarioRoom
from ui.desks.shelf import ShelfRoom
from ui.desks.visits import VisitRoom
from ui.entrance import entrance_of
from ui.vitals import Vitals

if TYPE_CHECKING:
    from uvicorn import Server

    from coach.app import Coach
    from coach.jobs.worker import Worker

LOG = logging.getLogger("peipao.ui")
Logs = Literal["auto", "json", "plain"]
_FAREWELL = 5.0
"""Seconds that work under way gets to come to a stop; it goes on with the next start either way."""
_FIRST_PAGE = 0.5
"""Seconds that a first page and its description need at the most, once the server answers."""


def desks_of(coach: Coach) -> Desks:
    """The desks of one coach."""
    return Desks(
        HomeRoom(coach),
        PracticeRoom(coach),
        VisitRoom(coach),
        FormRoom(coach),
        DealRoom(coach),
        CurationRoom(coach),
        ColleagueRoom(coach),
        HandbookRoom(coach),
        CoverageRoom(coach),
        CalibrationRoom(coach),
        ScenarioRoom(coach),
        ImportRoom(coach),
        GlossaryRoom(coach),
        ShelfRoom(coach),
        HelpRoom(coach),
    )


def run(coach: Coach, host: str, port: int, logs: Logs = "auto") -> None:
    """Serve until interrupted; `logs` auto: lines of JSON where there are accounts. Raises Refused for a host that others can reach, Unavailable for a taken port."""
    import socket

    import typer
    import uvicorn

    from ui.server import LOOPBACK, build_app

    keep_quiet()
    entrance = entrance_of(coach)
    if entrance is None and host not in LOOPBACK:
        raise Refused(
            ("还没有账号，只能在这台机器上打开。", "Without accounts the pages open on this machine only."),
            (
                "自己用就写 127.0.0.1；给团队用先加管理员：coach users add 名字 --role admin",
                "Use 127.0.0.1 for yourself; for a team first: coach users add NAME --role admin",
            ),
        )
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # whoever reads the address may ask at once; the answer waits until we are up
    except OSError as error:
        listening.close()
        raise Unavailable(
            (f"{host}:{port} 用不了：{error.strerror}。", f"{host}:{port} cannot be used: {error.strerror}."),
            ("换一个端口：coach serve --port 7861。", "Take another port: coach serve --port 7861."),
        ) from error
    asked = coach_of_whoever_asks(coach) if entrance else coach
    vitals = Vitals(coach)
    # What is made here stays: looking it through for garbage again and again would be a part of every start.
    gc.disable()
    app = build_app(desks_of(asked), coach.settings.language, entrance, vitals, coach)
    gc.freeze()
    gc.enable()
    port = listening.getsockname()[1]
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    if logs == "json" or (logs == "auto" and entrance):
        from coach.commands.logs import log_lines

        log_lines()  # after uvicorn has set up its own, which this replaces
        config = uvicorn.Config(app, log_config=None, access_log=False)
    typer.echo(f"http://{host}:{port}/")
    typer.echo("Ctrl+C 停止 · stops", err=True)
    server = uvicorn.Server(config)
    worker = coach.worker()
    working = threading.Thread(
        target=_behind_the_pages, args=(server, coach, worker), daemon=True, name="worker"
    )
    working.start()
    vitals.works = working.is_alive
    try:
        server.run(sockets=[listening])
    finally:
        worker.stop()
        working.join(_FAREWELL)


def _behind_the_pages(server: Server, coach: Coach, worker: Worker) -> None:
    """Wait until whoever stood at the door has the first page, then wake what later clicks need, and work.

    Beside a start that is still under way the same imports would only take turns with it.
    """
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.02)
    time.sleep(_FIRST_PAGE)
    _warm_up(coach)
    _work(worker)


def _work(worker: Worker) -> None:
    """Work on what is queued, beside the pages; the pages go on without it."""
    try:
        worker.run()
    except CoachError as error:
        LOG.error("no background work: %s %s", error.what[1], error.next[1])
    except Exception:
        LOG.exception("no background work")


def _warm_up(coach: Coach) -> None:
    """Read scenarios, wake the engine, open the index: so that the first click does not wait for them."""
    language = coach.settings.language
    wakes = (
        lambda: coach.shipped,  # the home page waits for this
        lambda: coach.library.cases(),
        lambda: coach.engine,
        lambda: coach.library.search("价格", language, depth=1),  # opening the vectors takes the longest
    )
    for wake in wakes:
        try:
            wake()
        except Exception:
            LOG.warning("warming up failed; the page that needs it will say why", exc_info=True)
