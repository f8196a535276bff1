"""The product runs where there is no network but loopback: native code included, nothing patched."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.network import OutsideConnection, is_loopback

ROOT = Path(__file__).parents[1]
COACH = [sys.executable, "-c", "from coach.cli import main; main()"]
_ALONE = [
    "unshare",
    "--user",
    "--map-root-user",
    "--net",
    "sh",
    "-c",
    'ip link set lo up && exec "$@"',
    "alone",
]


def _can_be_alone() -> bool:
    if not shutil.which("unshare") or not shutil.which("ip"):
        return False
    return subprocess.run([*_ALONE, "true"], capture_output=True, check=False).returncode == 0


def test_this_process_and_its_children_cannot_leave_the_machine() -> None:
    outside = ("192.0.2.1", 80)  # a documentation address: nobody is there
    with pytest.raises(OutsideConnection), socket.socket() as own:
        own.connect(outside)
    with pytest.raises(OutsideConnection):
        socket.getaddrinfo("example.org", 443)
    code = f"import socket; socket.socket().connect({outside!r})"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "OutsideConnection" in child.stderr


def test_only_this_machine_counts_as_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "localhost")))
    assert not any(map(is_loopback, ("10.0.0.1", "192.168.1.1", "172.17.0.1", "example.org", "8.8.8.8")))


@pytest.mark.skipif(not _can_be_alone(), reason="this kernel gives no network namespace to this user")
@pytest.mark.parametrize(
    "arguments",
    [
        ["record", "knowledge/samples/visits/zh-bakery-chain.ogg", "--json"],
        ["match", "客户说上过一套系统没人用", "--json"],
        ["doctor", "--json"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_work_where_no_other_network_exists(
    arguments: list[str], command_environment: dict[str, str]
) -> None:
    done = subprocess.run(
        [*_ALONE, *COACH, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=command_environment,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
