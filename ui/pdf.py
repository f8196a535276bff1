"""A page of ours as PDF: printed by a browser that is on this machine and shows nothing meanwhile.

The PDF libraries would need a layout of their own and a Chinese font that ships; a browser has the pages' own layout
and the system's letters. Where there is none, or no Chinese font, this says so: the HTML file prints anywhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import Final

from coach.errors import Unavailable, Words
from ui.pdf_letters import searchable

_COMMANDS: Final = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable",
    "chrome", "msedge",
)  # fmt: skip
_ELSEWHERE: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
"""Where browsers live that are on no search path."""
_FLAGS: Final = (
    "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
PATIENCE: Final = 90.0
"""Seconds after which a browser is taken to hang."""
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_ONE: Final = threading.Lock()
_INSTEAD: Final[Words] = (
    "导出 HTML，用浏览器打开再打印成 PDF；或在这台机器上装 Chromium、Chrome 或 Edge。",
    "Export HTML, open it and print it to PDF; or install Chromium, Chrome or Edge on this machine.",
)


@cache
def browser() -> str | None:
    """The browser that prints, None where there is none."""
    found = (shutil.which(command) for command in _COMMANDS)
    there = (path for path in _ELSEWHERE if Path(path).is_file())
    return next((one for one in found if one), None) or next(there, None)


def printed(page: str) -> bytes:
    """An HTML page that needs nothing else, as PDF with text that can be searched. Raises Unavailable."""
    command = browser()
    if command is None:
        raise Unavailable(("这台机器上没有能印 PDF 的浏览器。", "No browser here can print a PDF."), _INSTEAD)
    if _HAN.search(page) and not _chinese_letters():
        raise Unavailable(
            ("这台机器上没有中文字体，印出来会是空框。", "There is no Chinese font here; boxes would be printed."),
            ("装一套中文字体（Debian：fonts-noto-cjk）；或导出 HTML，在自己的电脑上打印。",
             "Install one (Debian: fonts-noto-cjk), or export HTML and print it on your own computer."),
        )  # fmt: skip
    with _ONE, tempfile.TemporaryDirectory(prefix="peipao-pdf-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        own = (f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri())
        try:
            subprocess.run(
                [command, *_FLAGS, *_without_sandbox(), *own],
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
            made = target.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unavailable(("浏览器没有印出 PDF。", "The browser printed no PDF."), _INSTEAD) from error
    return searchable(made)


def _without_sandbox() -> tuple[str, ...]:
    """Chromium does not start for root otherwise; the page holds no script and may load nothing."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


@cache
def _chinese_letters() -> bool:
    """Whether Chinese can be printed; where fonts are not listed (macOS, Windows) they ship with the system."""
    lister = shutil.which("fc-list") if sys.platform.startswith("linux") else None
    if lister is None:
        return True
    listed = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, timeout=30, check=False)
    return listed.returncode != 0 or bool(listed.stdout.strip())
