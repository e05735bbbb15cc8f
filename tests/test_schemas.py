"""The shipped JSON Schemas are those of the models, and they take what the codec takes."""

import json
from importlib.resources import files

import jsonschema
import pytest

from minzheng import demo
from minzheng.base import codec
from minzheng.people import Applicant, Application, Household, Leaving

SCHEMAS = {
    "household": Household,
    "applicant": Applicant,
    "application": Application,
    "leaving": Leaving,
}


def shipped(name: str) -> dict[str, object]:
    text = (files("minzheng") / "schemas" / f"{name}.json").read_text("utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_schema_is_that_of_the_model(name: str) -> None:
    assert shipped(name) == codec.json_schema(SCHEMAS[name], name), (
        f"print it anew: python -m minzheng schema ... > src/minzheng/schemas/{name}.json"
    )


@pytest.mark.parametrize("household", demo.households(), ids=lambda each: each.id)
def test_the_schema_takes_the_json_of_the_codec(household: Household) -> None:
    plain = codec.unstructure(household)
    jsonschema.validate(plain, shipped("household"))
    assert codec.structure(plain, Household) == household


@pytest.mark.parametrize(
    "change",
    [
        {"residense": "rural"},
        {"residence": "village"},
        {"members": "none"},
        {"area": 130822},
    ],
    ids=str,
)
def test_the_schema_refuses_what_the_codec_refuses(change: dict[str, object]) -> None:
    plain = {**codec.unstructure(demo.households()[0]), **change}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, shipped("household"))
    with pytest.raises(ValueError, match="household"):
        codec.structure(plain, Household, "household")
