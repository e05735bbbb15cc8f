"""Everything that is checked, in environments of its own. ``nox`` runs all of it; ``nox -s demo`` the main job."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = os.environ.get("CI", "").lower() not in (
    "",
    "0",
    "false",
)
nox.options.stop_on_first_error = False
nox.options.reuse_existing_virtualenvs = False
nox.options.sessions = ["lint", "types", "tests", "columns", "stores", "lowest", "docs"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
# newer ones are declared too, and tested where an interpreter is there
PYTHONS = ["3.11", "3.12", "3.13", *(["3.14"] if shutil.which("python3.14") else [])]
OLDEST = PYTHONS[0]
# every version that the sessions install; `nox -s pin` makes it
PINS = Path(__file__).parent / ".ci" / "constraints.txt"
# what has a session of its own on one Python: compiling takes its time, and so does killing writers
STORES = ("tests/storage/test_stores.py", "tests/storage/test_crash.py")
COLUMNS = (
    "tests/columns",
    "tests/registers/test_screens.py",
    "tests/registers/test_screens_equal.py",
)
APART = tuple(f"--ignore={each}" for each in (*COLUMNS, *STORES))
# uv must not fetch interpreters of its own: those of the machine are tested.
ENV = {"UV_PYTHON_DOWNLOADS": "never", "PYTHONDONTWRITEBYTECODE": "1"}
# pages and properties in full are run once, on the oldest Python
SHORT = ({**ENV, "MINZHENG_EXAMPLES": "short"}, ("tests",))


def groups(*names: str) -> list[str]:
    return list(nox.project.dependency_groups(PYPROJECT, *names))


def constrained(pins: Path | None) -> tuple[str, ...]:
    return () if pins is None else ("-c", str(pins))


def install(session: nox.Session, *what: str, pins: Path | None = PINS) -> None:
    session.install(*constrained(pins), *what, env=ENV)


def install_editable(session: nox.Session, *extra: str) -> None:
    """Install the checkout; the build's own requirements first, since no pins reach an isolated build."""
    install(session, *groups("build"))
    install(session, "--no-build-isolation", "-e", ".", *extra)


def install_wheel(session: nox.Session, *extra: str, pins: Path | None = PINS) -> None:
    """Build the wheel and install that, so that what is shipped is what is tested."""
    dist = Path(session.create_tmp()).resolve() / "dist"
    for old in dist.glob("*.whl"):
        old.unlink()
    install(session, *groups("build"), pins=pins)
    session.run(
        "python", "-m", "build", "--no-isolation", "--wheel", "--outdir", str(dist), silent=True
    )
    (wheel,) = dist.glob("*.whl")
    install(session, str(wheel), *extra, pins=pins)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The tests against the built wheel; on the oldest Python with all pages and properties in full."""
    install_wheel(session, *groups("test"))
    env, what = (ENV, ()) if session.python == OLDEST else SHORT
    session.run("pytest", "-n", "2", "-q", *APART, *(session.posargs or what), env=env)


@nox.session(python=PYTHONS[-1])
def columns(session: nox.Session) -> None:
    """The tests of compiled rules, on one Python: most of their time is compiling."""
    install_wheel(session, *groups("test"))
    session.run("pytest", "-n", "2", "-q", *(session.posargs or COLUMNS), env=ENV)


@nox.session(python=PYTHONS[-1])
def stores(session: nox.Session) -> None:
    """Every adapter by the suite, and its writers killed; the tests start PostgreSQL themselves."""
    install_wheel(session, *groups("test"))
    session.run("pytest", "-n", "2", "-q", *STORES, *session.posargs, env=ENV)


@nox.session(python=OLDEST)
def lowest(session: nox.Session) -> None:
    """The tests with the lowest run-time dependencies that are allowed."""
    lowest = [each.replace(">=", "==") for each in PYPROJECT["project"]["dependencies"]]
    theirs = tuple(each.partition("=")[0] + "==" for each in lowest)
    pins = Path(session.create_tmp()).resolve() / "constraints.txt"
    lines = PINS.read_text(encoding="utf-8").splitlines(keepends=True)
    pins.write_text("".join(each for each in lines if not each.startswith(theirs)), "utf-8")
    install_wheel(session, *groups("test"), *lowest, pins=pins)
    env, what = SHORT
    session.run("pytest", "-n", "2", "-q", *APART, *(session.posargs or what), env=env)


@nox.session(python=OLDEST)
def types(session: nox.Session) -> None:
    """Mypy, strict, over everything; pyright over the package."""
    install_editable(session, *groups("types"))
    session.run("mypy")
    session.run("pyright", env={"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"})


@nox.session(python=OLDEST)
def lint(session: nox.Session) -> None:
    """Ruff, codespell, and the arrows between the rooms."""
    install_editable(session, *groups("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("codespell")
    session.run("lint-imports")
    # the verifier that outsiders are given runs on every Python that they may have
    session.run("vermin", "-t=3.9-", "--no-tips", "src/minzheng/inspection/verify.py", silent=True)


@nox.session(python=OLDEST)
def docs(session: nox.Session) -> None:
    """The docs, every warning an error, without the network."""
    install_wheel(session, *groups("docs"))
    session.run(
        "sphinx-build", "-n", "-W", "--keep-going", "-b", "html", "docs", "docs/_build/html"
    )


@nox.session(python=PYTHONS[-1])
def newest(session: nox.Session) -> None:
    """Everything but lint with the newest releases of all dependencies: what the pins will meet next."""
    install_wheel(session, *groups("test", "docs", "types"), pins=None)
    session.run("pytest", "-n", "2", "-q", *session.posargs, env=ENV)
    session.run("mypy")
    build = Path(session.create_tmp()).resolve() / "html"
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-b", "html", "docs", str(build))


@nox.session(python=OLDEST)
def pin(session: nox.Session) -> None:
    """Write ``.ci/constraints.txt`` anew: the newest releases of everything, for every Python and system."""
    session.install("uv")
    named = [word for each in PYPROJECT["dependency-groups"] for word in ("--group", each)]
    # fmt: off
    session.run(
        "uv", "pip", "compile", "pyproject.toml", "--all-extras", *named, "--upgrade", "--quiet",
        "--universal", "--python-version", OLDEST, "--no-annotate", "--no-emit-index-url",
        "--custom-compile-command", "nox -s pin", "--output-file", str(PINS),
        silent=True,
    )
    # fmt: on


@nox.session(python=False)
def demo(session: nox.Session) -> None:
    """The main job: the package in an environment of its own decides a county's households.

    The decisions are kept in a SQLite file, and what is shown is what was read back.
    """
    home = Path(session.create_tmp()).resolve() / "demo"
    store = home / "county.db"
    session.run(sys.executable, "-m", "venv", "--clear", str(home), external=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = (str(python), "-m", "pip", "install", "--quiet", *constrained(PINS))
    session.run(*pip, *PYPROJECT["build-system"]["requires"], external=True)
    session.run(*pip, "--no-build-isolation", ".", external=True)
    keep = ("--store", f"sqlite:///{store.as_posix()}")
    session.run(str(python), "-m", "minzheng", "demo", *keep, *session.posargs, external=True)


@nox.session(python=OLDEST)
def spark(session: nox.Session) -> None:
    """Columns on Spark with two workers; needs Java 17."""
    install_wheel(session, *groups("test", "spark"))
    session.run("pytest", "-q", "tests/spark", *session.posargs, env=ENV)


@nox.session(python=OLDEST)
def fuzz(session: nox.Session) -> None:
    """Every reader of the command line, given 1,000 spoilt inputs each, or as many as are asked for."""
    install_wheel(session, *groups("test"))
    tries = session.posargs[0] if session.posargs else "1000"
    session.run("pytest", "-n", "2", "-q", "tests/fuzz", env={**ENV, "MINZHENG_FUZZ": tries})


@nox.session(python=OLDEST)
def timings(session: nox.Session) -> None:
    """How long an import, a decision and a rule take: medians of one run."""
    install_wheel(session)
    session.run("python", "tools/timings.py", env=ENV)


@nox.session(python=OLDEST)
def store_timings(session: nox.Session) -> None:
    """How long 100,000 decisions take to be put and verified, on SQLite and PostgreSQL."""
    install_wheel(session, "sqlalchemy", "psycopg[binary]")
    session.run("python", "tools/store_timings.py", *session.posargs, env=ENV)


@nox.session(python=OLDEST)
def bench(session: nox.Session) -> None:
    """One rule over a population in this library and in its peers, side by side in one run."""
    install_wheel(session, "numba", "numpy", "pyarrow")
    work = Path(session.create_tmp()).resolve() / "bench"
    session.run("python", "bench/run.py", "--work", str(work), *session.posargs, env=ENV)


@nox.session(python=OLDEST)
def draws(session: nox.Session) -> None:
    """A seal and a draw at national size, and ``consistent_sampler`` beside them in one run."""
    install_wheel(session)
    work = Path(session.create_tmp()).resolve() / "bench"
    session.run("python", "bench/draws.py", "--work", str(work), *session.posargs, env=ENV)
