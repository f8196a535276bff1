"""What the README says is run: its commands in order, on a fresh home, with the app running beside them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def _commands(readme: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [
        line
        for block in blocks
        for line in block.splitlines()
        if line.startswith("coach ") and "pull" not in line
    ]


def test_both_readmes_show_the_same_commands() -> None:
    assert _commands("README.md") == _commands("README.zh-CN.md")
    assert len(_commands("README.md")) >= 12


@pytest.fixture
def app(command_environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """The served app; the environment that the commands share with it."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **command_environment,
        "COACH_PORT": str(port),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }
    server = subprocess.Popen([BIN / "coach", "serve"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield environment
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the app ended"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nobody answers at {address}")


def test_every_command_of_the_readme_works_while_the_app_runs(app: dict[str, str]) -> None:
    for command in _commands("README.md"):
        done = subprocess.run(
            command, shell=True, cwd=ROOT, env=app, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip(), f"{command} printed nothing"
        if "--json" in command:
            for line in done.stdout.splitlines():
                json.loads(line)
