"""Cutting the tests off from every host but this one.

In this process an audit hook refuses name look-ups and connections that are not loopback; child Python processes
get the same hook through `sitecustomize` on PYTHONPATH. Native code is covered by the namespace test
(tests/test_offline.py), which runs the product where no other network exists.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path

_HOOK_FOLDER = Path(__file__).with_name("offline_site")


class OutsideConnection(RuntimeError):
    """Something tried to leave the machine."""


class LoopbackOnly:
    """Refuses what would leave the machine, here and in child processes."""

    def install(self) -> None:
        """Audit hooks cannot be removed: the process stays cut off until it ends."""
        sys.addaudithook(refuse_outside)
        path = os.environ.get("PYTHONPATH", "")
        if str(_HOOK_FOLDER) not in path.split(os.pathsep):
            os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_HOOK_FOLDER), path]))


def refuse_outside(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not is_loopback(str(address[0])):
            raise OutsideConnection(f"connect {address}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        if host and not is_loopback(host.decode() if isinstance(host, bytes) else str(host)):
            raise OutsideConnection(f"look up {host!r}")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host in ("localhost", "", "0.0.0.0", "::"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False
