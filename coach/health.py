"""Is everything in order: one finding a part, each saying what is in use, and the way on when something is broken.

A fresh home, no model endpoint and the demo Whisper are notes, not faults.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from coach.app import Coach
from coach.errors import CoachError, Words

Status = Literal["ok", "note", "broken"]


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One part's state; `message` and `fix` are (zh, en)."""

    name: str
    status: Status
    message: Words
    fix: Words = ("", "")


def examine(coach: Coach) -> Iterator[HealthCheck]:
    """Every check in turn; one that fails in a way nobody foresaw is a fault of that part, not the end."""
    parts: dict[str, Callable[[Coach], HealthCheck]] = {
        "engine": _engine,
        "endpoint": _endpoint,
        "whisper": _whisper,
        "speakers": _speakers,
        "embedder": _embedder,
        "home": _home,
        "database": _database,
        "jobs": _jobs,
        "privacy": _privacy,
        "backups": _backups,
        "index": _index,
        "cases": _cases,
        "scenarios": _scenarios,
    }
    for name, check in parts.items():
        try:
            yield check(coach)
        except CoachError as error:
            yield HealthCheck(name, "broken", error.what, error.next)
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            yield HealthCheck(name, "broken", (what, what))


def _engine(coach: Coach) -> HealthCheck:
    from coach.conversation import conversation

    talk = conversation(
        [("客户", "三家里头你们最贵，财务那边过不了。"), ("销售", "我理解，您是和哪两家比的？")]
    )
    name = coach.engine.name
    if name.startswith("llm/"):
        return HealthCheck(
            "engine", "ok", (f"{name}，离线引擎垫底", f"{name}, with the offline engine behind it")
        )
    readings = coach.engine.read(talk)
    if not readings.items or readings.rep != "销售":
        what = (f"{name} 读不懂一段最简单的对话", f"{name} cannot read the simplest conversation")
        return HealthCheck("engine", "broken", what, ("重新安装。", "Install again."))
    return HealthCheck("engine", "ok", (name, name))


def _endpoint(coach: Coach) -> HealthCheck:
    settings = coach.settings
    if not settings.llm_base_url and settings.transcribe_base_url:
        return HealthCheck(
            "endpoint",
            "note",
            (
                "没有配置模型；录音会送去听写接口",
                "no model is configured; recordings go to the transcription endpoint",
            ),
        )
    if not settings.llm_base_url:
        return HealthCheck(
            "endpoint",
            "note",
            ("没有配置模型，什么都不会离开这台电脑", "no model is configured; nothing leaves this machine"),
        )
    from coach.reading.llm.prompts import Prompt

    rules, asked = (
        ("只答一个字。", "说：好") if settings.language == "zh" else ("One word only.", "Say: fine")
    )
    coach.endpoint.say(Prompt(rules, asked))
    what = f"{settings.llm_model} @ {settings.llm_base_url}"
    return HealthCheck("endpoint", "ok", (what, what))


def _whisper(coach: Coach) -> HealthCheck:
    settings = coach.settings
    if settings.transcribe_base_url:
        from coach.speech.endpoint import TranscriptionEndpoint
        from coach.speech.speed import measure, spoken

        pace = spoken(measure(TranscriptionEndpoint(settings)))
        where = f"{settings.transcribe_model} @ {settings.transcribe_base_url}"
        return HealthCheck("whisper", "ok", (f"{where}，{pace[0]}", f"{where}, {pace[1]}"))
    from coach.speech.models import find, verify

    model = find(settings)
    if faults := verify(model.folder):
        pull = ("重新拉取：coach models pull small", "Fetch it again: coach models pull small")
        return HealthCheck(
            "whisper", "broken", (f"{model.name}：{faults[0][0]}", f"{model.name}: {faults[0][1]}"), pull
        )
    from coach.speech.speed import speed_of, spoken

    factor, runs_on = speed_of(model, settings)
    pace = spoken(factor)
    if model.demo:
        return HealthCheck(
            "whisper",
            "note",
            (
                f"demo：只听得懂样例录音（{runs_on}，{pace[0]}）",
                f"demo: understands the sample recordings only ({runs_on}, {pace[1]})",
            ),
            ("真录音用：coach models pull small", "For real recordings: coach models pull small"),
        )
    where = f"{model.name} @ {runs_on}"
    return HealthCheck("whisper", "ok", (f"{where}，{pace[0]}", f"{where}, {pace[1]}"))


def _speakers(coach: Coach) -> HealthCheck:
    if not coach.settings.speaker_model:
        return HealthCheck(
            "speakers",
            "ok",
            ("双声道按声道分，单声道按音色猜", "stereo by channel; mono suggested by timbre"),
        )
    from pathlib import Path

    from coach.speech.onnx_speaker import load_speaker_model

    folder = Path(coach.settings.speaker_model).expanduser()
    load_speaker_model(folder)
    return HealthCheck("speakers", "ok", (folder.name, folder.name))


def _embedder(coach: Coach) -> HealthCheck:
    from coach.library.embedding import chosen_embedder

    embedder = chosen_embedder(coach.settings.embedder, coach.settings)
    vector = embedder.embed(["价格太高 the price is too high"])[0]
    if not float((vector**2).sum()) > 0.5:
        return HealthCheck(
            "embedder",
            "broken",
            (f"{embedder.name} 读不懂一句话", f"{embedder.name} knows no word of a sentence"),
        )
    return HealthCheck("embedder", "ok", (embedder.name, embedder.name))


def _home(coach: Coach) -> HealthCheck:
    home = coach.settings.home
    if not home.exists():
        return HealthCheck(
            "home", "note", (f"{home} 还没有，用到时会建", f"{home} is not there yet; it is made when needed")
        )
    if not os.access(home, os.W_OK | os.X_OK):
        what = (f"{home} 写不进去", f"{home} cannot be written to")
        return HealthCheck(
            "home", "broken", what, ("改权限，或换一个 COACH_HOME。", "Change its rights, or set COACH_HOME.")
        )
    return HealthCheck("home", "ok", (str(home), str(home)))


def _database(coach: Coach) -> HealthCheck:
    from sqlalchemy import make_url

    from coach.store.database import NEWEST

    url = make_url(coach.settings.database)
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not os.path.exists(url.database or ""):
        return HealthCheck("database", "note", (f"{shown} 还没有", f"{shown} is not there yet"))
    revision = coach.database.revision()
    if revision != NEWEST:
        what = (
            f"{shown} 的结构是 {revision}，打开时会升级",
            f"{shown} has schema {revision}; it is migrated when opened",
        )
        return HealthCheck("database", "note", what)
    return HealthCheck("database", "ok", (f"{shown}，结构 {revision}", f"{shown}, schema {revision}"))


def _jobs(coach: Coach) -> HealthCheck:
    from sqlalchemy import make_url

    from coach.jobs.worker import at_work

    url = make_url(coach.settings.database)
    if url.get_backend_name() == "sqlite" and not os.path.exists(url.database or ""):
        return HealthCheck("jobs", "ok", ("没有排队的录音", "No recordings are queued"))
    left = coach.jobs.unfinished()
    failed = sum(job.state == "failed" for job in left)
    queued = len(left) - failed
    working = at_work(coach.settings)
    said = (
        f"排队 {queued} 件，没做成 {failed} 件，" + ("后台正在做" if working else "后台没有开"),
        f"{queued} queued, {failed} failed, " + ("a worker is at it" if working else "no worker runs"),
    )
    if queued and not working:
        start = ("运行 coach serve 或 coach worker。", "Run coach serve or coach worker.")
        return HealthCheck("jobs", "note", said, start)
    again = (
        "coach jobs list 看原因，coach jobs retry 再做一次。",
        "coach jobs list says why; coach jobs retry.",
    )
    return HealthCheck("jobs", "note" if failed else "ok", said, again if failed else ("", ""))


def _privacy(coach: Coach) -> HealthCheck:
    from coach.keeping.scrub import PENDING

    if not coach.database.is_there:
        return HealthCheck("privacy", "ok", ("还没有存录音", "No recordings are stored yet"))
    if (coach.settings.home / PENDING).exists():
        return HealthCheck(
            "privacy",
            "broken",
            ("有一次删除没做完", "An erasure was cut off"),
            ("运行 coach doctor --fix。", "Run coach doctor --fix."),
        )
    from coach.speech.formats import SOUND_NAMES
    from coach.store.consents import covered

    agreed = covered(coach.database)
    sound = [file for file in coach.settings.recordings.glob("*.*") if file.suffix in SOUND_NAMES]
    if bare := sum(file.stem not in agreed for file in sound):
        return HealthCheck(
            "privacy",
            "broken",
            (f"{bare} 个录音没有写明谁同意", f"{bare} recordings have no entry of who agreed"),
            (
                "从 recordings 文件夹里删掉它们，或补登记。",
                "Delete them from the folder recordings, or add them anew.",
            ),
        )
    home = coach.settings.home
    open_to = home.exists() and home.stat().st_mode & 0o077
    said = (f"{len(sound)} 个录音，都写明了谁同意", f"{len(sound)} recordings, each with who agreed")
    if open_to:
        return HealthCheck(
            "privacy",
            "note",
            (
                f"{said[0]}；数据目录别的用户也能看",
                f"{said[1]}; other users of this machine can read the home",
            ),
            ("运行 coach doctor --fix。", "Run coach doctor --fix."),
        )
    return HealthCheck("privacy", "ok", said)


def _backups(coach: Coach) -> HealthCheck:
    import time

    from coach.keeping.retention import backups_in

    if not coach.database.is_there:
        return HealthCheck("backups", "ok", ("还没有要备份的", "Nothing to back up yet"))
    if coach.database.shared:
        said = ("数据库在 PostgreSQL 上，备份归它", "the database is PostgreSQL, and so are its backups")
        return HealthCheck(
            "backups",
            "note",
            said,
            (
                "pg_dump 加上录音文件夹，做法见 docs/scaling.zh-CN.md。",
                "pg_dump and the recordings folder: see docs/scaling.md.",
            ),
        )
    make = ("运行 coach backup，再把文件拷到别处。", "Run coach backup, and copy the file elsewhere.")
    files = backups_in(coach.settings)
    if not files:
        return HealthCheck("backups", "note", ("还没有备份过", "There is no backup yet"), make)
    days = int((time.time() - files[0].stat().st_mtime) / 86_400)
    said = (f"{len(files)} 个，最新的 {days} 天前", f"{len(files)}, the newest {days} days old")
    return HealthCheck("backups", "note" if days > 7 else "ok", said, make if days > 7 else ("", ""))


def _index(coach: Coach) -> HealthCheck:
    status = coach.library.status()
    build = ("运行 coach library build。", "Run coach library build.")
    if status.name is None:
        return HealthCheck(
            "index", "note", ("还没有建索引，第一次查会建", "no index yet; the first search builds it"), build
        )
    count = sum(status.counts.values())
    what = (f"{status.name}，{count} 条", f"{status.name}, {count} entries")
    if not status.fresh:
        note = (
            f"{what[0]}，内容变了，下次查会重建",
            f"{what[1]}; the content changed, the next search renews it",
        )
        return HealthCheck("index", "note", note, build)
    return HealthCheck("index", "ok", what)


def _cases(coach: Coach) -> HealthCheck:
    from knowledge.loader import load_cases

    count = len(load_cases())
    return HealthCheck("cases", "ok", (f"自带 {count} 个战例", f"{count} cases are shipped"))


def _scenarios(coach: Coach) -> HealthCheck:
    count = len(coach.scenarios)
    return HealthCheck("scenarios", "ok", (f"{count} 个场景", f"{count} scenarios"))
