"""What authors write, as JSON schemas: the pydantic models, and what their validators ask beyond types.

Knows the models. Does not know any knowledge base.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core import core_schema

from advisor.knowledge import written

Schema = dict[str, Any]

ID: Schema = {"type": "string", "pattern": "^" + written.IDENTIFIER.pattern.replace(r"\Z", "$")}
TEXT: Schema = {"type": "string", "pattern": r"\S"}
NULL: Schema = {"type": "null"}
MONTH, DAY_OF_MONTH = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
DAY: Schema = {"type": "string", "pattern": f"^[0-9]{{4}}-{MONTH}-{DAY_OF_MONTH}$", "format": "date"}
DATE: Schema = {
    "anyOf": [
        {"type": "string", "pattern": f"^[0-9]{{4}}(-{MONTH}(-{DAY_OF_MONTH})?)?$"},
        {"type": "integer", "minimum": written.EARLIEST_YEAR, "maximum": written.LATEST_YEAR},
    ]
}


def definitions(models: Iterable[type[written.Written]]) -> Schema:
    """The schemas of these models and of all that they are made of, by name; they refer to each other as `#/$defs/<name>`."""
    _, schema = models_json_schema([(model, "validation") for model in models], schema_generator=_Generator)
    found: Schema = schema["$defs"]
    for name, definition in found.items():
        definition["properties"].pop("origin", None)  # the way a place travels; not for authors
        definition.update(BEYOND_TYPES.get(name, {}))
    return found


def one_or_more(option: Schema) -> Schema:
    """One of these, or a list of them."""
    return {"anyOf": [option, {"type": "array", "items": option, "minItems": 1}]}


class _Generator(GenerateJsonSchema):
    """Says in JSON schema what the validators of `written` say in Python."""

    def is_instance_schema(self, schema: core_schema.IsInstanceSchema) -> Schema:  # noqa: ARG002  the parent gives it
        return {}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> Schema:
        return {**(CHECKED.get(schema["function"]["function"]) or super().function_after_schema(schema))}  # its own: a default may be added

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Schema:
        return {**(CHECKED.get(schema["function"]["function"]) or super().function_before_schema(schema))}

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        found = super().dict_schema(schema)
        return {**found, "additionalProperties": False} if "patternProperties" in found else found


def _checks(annotated: Any) -> Any:
    """The last function through which every value of an annotated type goes."""
    return [mark.func for mark in get_args(annotated) if hasattr(mark, "func")][-1]


CHECKED: Mapping[Any, Schema] = {
    _checks(written.Id): ID,
    _checks(written.Text): TEXT,
    _checks(written.Day): DATE,
    _checks(written.OneOrMore): one_or_more(ID),
}


def _when(key: str, values: Iterable[str], then: Schema) -> Schema:
    return {"if": {"properties": {key: {"enum": list(values)}}, "required": [key]}, "then": then}


def _without(*keys: str) -> Schema:
    return dict.fromkeys(keys, NULL)


NO_OPTIONS: Schema = {"options": {"maxItems": 0}, "options_from": NULL}
ITS_OWN: Schema = {"required": ["options"], "properties": {"options": {"minItems": 1}, "options_from": NULL}}
BORROWED: Schema = {"required": ["options_from"], "properties": {"options": {"maxItems": 0}, "options_from": {"type": "string"}}}
OPTIONS: Schema = {"oneOf": [ITS_OWN, BORROWED]}
SPEAKS_OF_VALUE: Schema = {"says": {"pattern": r"\{value\}"}}

FITS_ITS_KIND: Schema = {
    "allOf": [
        _when("kind", ("one", "many"), {**OPTIONS, "properties": {**SPEAKS_OF_VALUE, **_without("says_not", "unit", "min", "max")}}),
        _when("kind", ("flag",), {"required": ["says_not"], "properties": {**NO_OPTIONS, **_without("unit", "min", "max"), "says_not": {"type": "string"}}}),
        _when(
            "kind",
            ("number",),
            {
                "required": ["unit", "min", "max"],
                "properties": {
                    **NO_OPTIONS,
                    **SPEAKS_OF_VALUE,
                    **_without("says_not"),
                    "unit": {"type": "string"},
                    "min": {"type": "number"},
                    "max": {"type": "number"},
                },
            },
        ),
    ]
}
ABOUT_AN_OPTION: Schema = {"required": ["option"], "properties": {"option": {"type": "string"}, "about": NULL}}
ABOUT_SOMETHING_ELSE: Schema = {"required": ["about"], "properties": {"about": {"type": "string"}, "option": NULL}}

# What the model validators of `written` ask; the tests hold the two to each other.
BEYOND_TYPES: Mapping[str, Schema] = {
    "Fact": FITS_ITS_KIND,
    "Question": FITS_ITS_KIND,
    "Choice": {"allOf": [OPTIONS, {"properties": SPEAKS_OF_VALUE}]},
    "Effect": {"minProperties": 1, "maxProperties": 1},
    "Row": {"oneOf": [ABOUT_AN_OPTION, ABOUT_SOMETHING_ELSE]},
}
