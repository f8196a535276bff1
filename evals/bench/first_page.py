"""How long people wait for the first page of a cold `coach serve`, beside a bare Gradio page, and for every page after it.

Each round starts both in turn as processes of their own and asks over HTTP until page and description are there. Drawn
is when the home page has filled itself. Later pages are opened on the last server that ran: page, then what it draws.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from evals.bench.browsing import LANGUAGE, Browser

ROUNDS: Final = 5
VISITS: Final = 3
"""How often each later page is opened."""
FIRST: Final = 1.6
LATER_S: Final = 1.0
PATIENCE_S: Final = 180.0
PAGES: Final = (
    "",
    "practice",
    "visits",
    "deals",
    "handbook",
    "trainer",
    "coverage",
    "scenarios",
    "calibration",
    "glossary",
    "shelf",
    "imports",
    "help",
)
_BARE: Final = """import sys
import gradio as gr

with gr.Blocks(analytics_enabled=False) as page:
    name = gr.Textbox(label="Name")
    told = gr.Textbox(label="Told")
    gr.Button("Greet").click(lambda words: f"Hello {words}", name, told)
page.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True, ssr_mode=False)
"""


def bench_first_page() -> None:
    """Print the medians, their ratio, and the slowest later page; nothing is asserted."""
    first: defaultdict[str, list[float]] = defaultdict(list)
    drawn: list[float] = []
    later: defaultdict[str, list[float]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(_BARE, encoding="utf-8")
        home = Path(folder, "home")
        for number in range(ROUNDS):
            port = _free_port()
            with _running([sys.executable, str(bare), str(port)], {}) as began:
                first["bare Gradio page"].append(_arrived(port, "", began))
            port = _free_port()
            serve = [sys.executable, "-c", "from coach.cli import main; main()", "serve", "--port", str(port)]
            with _running(serve, {"COACH_HOME": str(home), "COACH_ENGINE": "offline"}) as began:
                first["coach serve"].append(_arrived(port, f"/{LANGUAGE}", began))
                with closing(Browser(f"http://127.0.0.1:{port}", lambda _, __: None)) as browser:
                    browser.arrive()
                    browser.open("")
                    drawn.append(time.perf_counter() - began)
                    if number == ROUNDS - 1:
                        _walk(browser, later)
    _print(first, drawn, later)


def _walk(browser: Browser, later: Mapping[str, list[float]]) -> None:
    for _ in range(VISITS):
        for page in PAGES:
            began = time.perf_counter()
            browser.open(page)
            later[page or "home"].append(time.perf_counter() - began)


def _arrived(port: int, below: str, began: float) -> float:
    """Seconds until the page and the description of what is on it were both there."""
    import httpx

    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as http:
        while True:
            try:
                if all(http.get(f"{below}/{part}").status_code == 200 for part in ("", "config")):
                    return time.perf_counter() - began
            except httpx.TransportError:
                pass
            if time.perf_counter() - began > PATIENCE_S:
                raise TimeoutError(f"nothing came from {port}")
            time.sleep(0.02)


@contextmanager
def _running(command: list[str], settings: Mapping[str, str]) -> Iterator[float]:
    """A process of its own and the moment at which it was started; it is ended afterwards."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    environment |= {"GRADIO_ANALYTICS_ENABLED": "False", **settings}
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield began
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _print(first: Mapping[str, list[float]], drawn: list[float], later: Mapping[str, list[float]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=100)
    base = statistics.median(first["bare Gradio page"])
    table = Table(title=f"first page, {ROUNDS} cold starts in turn")
    for column in ("", "median s", "min s", "max s", "ratio"):
        table.add_column(column, justify="right" if column else "left")
    for name, took in (*first.items(), ("coach serve, drawn", drawn)):
        median = statistics.median(took)
        figures = (f"{median:.2f}", f"{min(took):.2f}", f"{max(took):.2f}", f"{median / base:.2f}")
        table.add_row(name, *figures)
    console.print(table)
    ratio = statistics.median(first["coach serve"]) / base
    console.print(f"ratio {ratio:.2f} (goal ≤ {FIRST} {'✓' if ratio <= FIRST else '✗'})")
    pages = Table(title=f"later pages, each opened {VISITS} times")
    for column in ("page", "median s", "max s"):
        pages.add_column(column, justify="left" if column == "page" else "right")
    for page, took in sorted(later.items(), key=lambda row: -max(row[1])):
        pages.add_row(page, f"{statistics.median(took):.2f}", f"{max(took):.2f}")
    console.print(pages)
    slowest = max(max(took) for took in later.values())
    console.print(f"slowest {slowest:.2f} s (goal ≤ {LATER_S:g} {'✓' if slowest <= LATER_S else '✗'})")
