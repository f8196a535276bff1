"""What a house does by itself: what is over its time goes, what was cut off is finished, what is damaged is mended."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from coach.errors import Broken, CoachError, Words
from coach.keeping.archive import backups_folder
from coach.keeping.erasures import Erasure, erasures_in, read_beside
from coach.keeping.forget import finish, forget_again
from coach.keeping.retention import expire
from coach.settings import Settings
from coach.store.database import NEWEST, Database
from coach.store.disk import writing
from coach.store.recordings import ARRIVING, sweep

if TYPE_CHECKING:
    from coach.library.library import Library

_HOUR: Final = 3600.0


def keep_up(settings: Settings, database: Database, library: Library) -> None:
    """What the worker does once an hour: finish erasures, erase what is over its time."""
    if database.is_there:
        finish(settings, database, library)
    expire(settings, database, library)


def mend(settings: Settings, database: Database, library: Library) -> Iterator[Words]:
    """Mend what can be mended without losing anything; a sentence for each thing that was done.

    What cannot be mended is left to the checks, which say what to do.
    """
    home = settings.home
    if not home.exists():
        return
    if home.stat().st_mode & 0o077:
        with writing():
            home.chmod(home.stat().st_mode & ~0o077 & 0o7777)
        yield ("数据目录只让你自己看了。", "The home is readable by you alone now.")
    if half := _half_way(settings):
        yield (f"清掉了 {half} 个没写完的文件。", f"{half} files that were never finished are gone.")
    if database.is_there:
        before = database.revision()
        if before != NEWEST:
            _ = database.engine
            yield (
                f"数据库从结构 {before} 升到 {NEWEST}，之前的备份在 backups 里。",
                f"The database went from schema {before} to {NEWEST}; a backup of before is in backups.",
            )
        if finish(settings, database, library):
            yield ("上次没删完的删完了。", "An erasure that was cut off is finished.")
        if again := _came_back(settings, database):
            forget_again(settings, database, library, again)
            yield (
                f"恢复的数据库还不知道的 {len(again)} 次删除，又删了一遍。",
                f"{len(again)} erasures that a restored database did not know of were done again.",
            )
    gone = expire(settings, database, library)
    if not gone.nothing:
        yield (
            f"到期删了：录音 {gone.recordings}，拜访 {gone.visits}，备份 {len(gone.backups)}。",
            f"Over their time and erased: {gone.recordings} recordings, {gone.visits} visits, "
            f"{len(gone.backups)} backups.",
        )
    if settings.index.exists() and _index_is_off(library):
        library.close()
        shutil.rmtree(settings.index / "builds", ignore_errors=True)
        library.build()
        yield ("索引重新建了。", "The index was made anew.")


def _came_back(settings: Settings, database: Database) -> list[Erasure]:
    """Erasures that the list beside the backups knows of and the database does not: an older one was put in its place."""
    with database.session() as session:
        known = {one.id for one in erasures_in(session)}
    return [one for one in read_beside(backups_folder(settings)) if one.id not in known]


def _half_way(settings: Settings) -> int:
    """Throw away what processes that died an hour ago or more left half-way."""
    folders = (settings.home, settings.recordings, settings.home / "backups")
    left = [file for folder in folders if folder.is_dir() for file in folder.glob(f"{ARRIVING}*")]
    left += settings.home.glob(".restoring-*")
    old = [file for file in left if time.time() - file.stat().st_mtime > _HOUR]
    for file in old:
        if file.is_dir():
            shutil.rmtree(file, ignore_errors=True)
        else:
            file.unlink(missing_ok=True)
    sweep(settings.recordings)
    return len(old)


def _index_is_off(library: Library) -> bool:
    """Whether the newest build cannot be read, or there is a folder and no build in it."""
    try:
        if library.status().name is None:
            return True
        library.search("价格", "zh", depth=1)
    except Broken:
        return True
    except CoachError:
        return False
    return False
