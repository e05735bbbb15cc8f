"""Settings of Sphinx: everything is built offline, and every name that is written must resolve."""

from __future__ import annotations

import re
import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
import tables

if TYPE_CHECKING:
    from docutils.nodes import Element, TextElement
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "minzheng"
author = "The minzheng developers"
copyright = "The minzheng developers"
version = release = version_of("minzheng")
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"minzheng {release}"

myst_enable_extensions = ["substitution", "deflist", "colon_fence"]
myst_heading_anchors = 3
myst_substitutions = tables.substitutions()

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = False
napoleon_custom_sections = [
    ("Source", "returns_style"),
    ("Limitations", "notes_style"),
]

# Other projects' docs are not asked, the build needs no network: their names cannot resolve.
nitpick_ignore = [
    ("py:class", name)
    for name in (
        "datetime.date",
        "datetime.datetime",
        "datetime.time",
        "datetime.timedelta",
        "decimal.Decimal",
        "fractions.Fraction",
        "collections.abc.Callable",
        "collections.abc.Callable[[]",
        "collections.abc.Collection",
        "collections.abc.Hashable",
        "collections.abc.Iterable",
        "collections.abc.Iterator",
        "collections.abc.Mapping",
        "collections.abc.Sequence",
        "contextlib.AbstractContextManager",
        "pathlib.Path",
        "types.MappingProxyType",
        "enum.IntEnum",
        # of optional dependencies, and short names where those are only imported for types
        "pyarrow.lib.Schema",
        "hypothesis.stateful.RuleBasedStateMachine",
        "hypothesis.strategies.SearchStrategy",
        "pa.Table",
        "pa.Schema",
        "DataFrame",
        "date",
        "Decimal",
        "Row",
        "Pair",
        "datetime.datetime",
        "Fraction",
        "AnyRule",
        "Assumed",
        "minzheng.base.workbook.grid.Grid",
        "minzheng.columns.kernel.Kernel",
        "minzheng.benefits._engine.facts.Run",
        "minzheng.benefits._engine.reasons._Declared",
        # type variables, which have no page
        "minzheng.base.codec.T",
        "minzheng.benefits._engine.facts.T",
        "minzheng.benefits._engine.reasons.R",
        "minzheng.registers.ledgers.excel.Record",
        "minzheng.records.Row",
        "minzheng.registers.monitoring.Row",
        "minzheng.rules.Case",
        "minzheng.rules.Member",
        "minzheng.rules.Result",
        "minzheng.rules.Terms",
        "minzheng.rules.Totals",
        "minzheng.standards.reading.Terms",
        "minzheng.storage.shelf.T",
        "minzheng.testing.strategies.T",
    )
]

# These show names that their modules define.
ROOMS = (
    "minzheng.ability",
    "minzheng.benefits",
    "minzheng.benefits._engine",
    "minzheng.benefits._entitlements",
    "minzheng.columns",
    "minzheng.law",
    "minzheng.organizations",
    "minzheng.registers",
    "minzheng.standards",
)
COLON = "\ue000"  # stands for a colon while napoleon looks


def find_public(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: TextElement
) -> Element | None:
    """Find ``room.module.Name``, where it is defined, as ``room.Name``, where it is told."""
    for room in ROOMS:
        _, inside, rest = node["reftarget"].partition(f"{room}.")
        if inside and node["refdomain"] == "py":
            of_class = re.sub(r"^(?:[a-z_]+\.)+(?=[A-Z])", "", rest)
            public = f"{room}.{rest.partition('.')[2] if of_class == rest else of_class}"
            found: Element | None = env.domains["py"].resolve_xref(
                env, node["refdoc"], app.builder, "obj", public, node, content
            )
            if found is not None:
                return found
    return None


def guard(
    _app: Sphinx, what: str, _name: str, _object: object, _options: object, lines: list[str]
) -> None:
    """Before napoleon: one line an attribute, and no word before a colon taken for a type."""
    made, section = [], ""
    for line in lines:
        names = re.fullmatch(r"( +)(\w+(?:, \w+)+): (.+)", line)
        if section == "Attributes:" and names:
            made += [f"{names[1]}{each}: {names[3]}" for each in names[2].split(", ")]
            continue
        if what in ("attribute", "data", "property") or section == "Returns:":
            made.append(re.sub(r":(?= )", COLON, line))
        else:
            made.append(line)
        if not line.startswith(" "):
            section = line
    lines[:] = made


def unguard(
    _app: Sphinx, _what: str, _name: str, _object: object, _options: object, lines: list[str]
) -> None:
    lines[:] = [line.replace(COLON, ":") for line in lines]


def setup(app: Sphinx) -> None:
    app.connect("missing-reference", find_public)
    app.connect("autodoc-process-docstring", guard, priority=400)
    app.connect("autodoc-process-docstring", unguard, priority=600)
