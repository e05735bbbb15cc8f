"""What the benchmarks share: the environments of peers, the machine, and the page that is written."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["lacks_marks", "marks", "processor", "python_of", "row", "write"]


def python_of(work: Path, name: str, requirements: Sequence[str]) -> Path:
    """The interpreter of an environment, made anew when its requirements have changed."""
    home = work / "environments" / name
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done, wanted = home / "requirements.txt", "\n".join(requirements)
    if not done.is_file() or done.read_text("utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([str(python), *install, *requirements], check=True)
        done.write_text(wanted, "utf-8")
    return python


def processor() -> str:
    """What the machine calls its processor."""
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def row(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def marks(name: str) -> tuple[str, str]:
    """The lines of a page between which a benchmark writes."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def lacks_marks(page: Path, name: str) -> bool:
    """Whether a page has no place for a benchmark."""
    text = page.read_text("utf-8") if page.is_file() else ""
    return any(mark not in text for mark in marks(name))


def write(page: Path, name: str, text: str) -> None:
    """Put a benchmark's text between its lines of a page."""
    begin, end = marks(name)
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")
