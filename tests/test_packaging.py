"""What a newcomer meets first: pins that cover everything, one version, links that lead somewhere."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import minzheng
from minzheng import benefits, cli

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
PINS = (ROOT / ".ci/constraints.txt").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOME = PROJECT["urls"]["Homepage"]


def name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def required() -> set[str]:
    lists = [
        PYPROJECT["build-system"]["requires"],
        PROJECT["dependencies"],
        *PROJECT["optional-dependencies"].values(),
        *PYPROJECT["dependency-groups"].values(),
    ]
    return {name(each) for one in lists for each in one if isinstance(each, str)} - {"minzheng"}


def test_every_requirement_is_pinned() -> None:
    pinned = {name(line) for line in PINS.splitlines() if not line.startswith("#")}
    assert required() - pinned == set()


def test_pins_are_exact_and_name_no_index() -> None:
    lines = [line for line in PINS.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[^\s;]+( ; .+)?", line)] == []
    assert "://" not in PINS


@pytest.mark.parametrize("file", ["README.md", ".ci/run", "docs/contributing.md"])
def test_nox_is_installed_with_the_pins(file: str) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    installs = [line for line in lines if "pip install" in line and re.search(r"\bnox\b", line)]
    assert installs
    assert all("-c .ci/constraints.txt" in line for line in installs)


def test_all_is_every_extra() -> None:
    extras = PROJECT["optional-dependencies"]
    listed = re.fullmatch(r"minzheng\[(.+)\]", *extras["all"])
    assert listed
    assert set(listed[1].split(",")) == extras.keys() - {"all"}


def test_one_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"minzheng {minzheng.__version__}\n"
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{minzheng.__version__}]" in changes


def test_links_of_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert [link for link in links if not link.startswith("https://")] == []
    ours = [link.removeprefix(HOME) for link in links if link.startswith(HOME)]
    kinds = {"blob": Path.is_file, "tree": Path.is_dir}
    assert ours
    for link in ours:
        _empty, kind, _branch, path = link.split("/", 3)
        assert kinds[kind](ROOT / path), link


def test_the_face_has_every_benefit_and_nothing_else_shows() -> None:
    assert {*benefits.registry} <= {*minzheng.__all__}
    assert dir(minzheng) == sorted(minzheng.__all__)
    assert all(
        getattr(minzheng, each) is registered for each, registered in benefits.registry.items()
    )
    with pytest.raises(AttributeError, match="no attribute 'together'"):
        minzheng.together  # noqa: B018


def test_the_face_is_loaded_on_first_use() -> None:
    code = "import sys, minzheng; print([each for each in sys.modules if 'minzheng.' in each])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
