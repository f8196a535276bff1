"""The API as a page to read: every operation with what it sends and gets, drawn from the OpenAPI description itself.

No script, nothing from elsewhere; a description in both languages ("… · …") shows the half that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, joined
from ui.parts.outside import document
from ui.words import say

Schema = Mapping[str, Any]
_BOTH: Final = " · "
_NESTED: Final = 3
"""How deep the fields of an answer are told."""


def api_page(told: Mapping[str, Any], language: Language) -> Markup:
    """The whole page for one OpenAPI description."""
    shapes: Mapping[str, Schema] = told["components"]["schemas"]
    operations = joined(
        _operation(method, f"/api{path}", operation, shapes, language)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    )
    to = "en" if language == "zh" else "zh"
    body = Markup(
        '<div class="pp-outside__top"><h1>{title}</h1>'
        '<a class="pp-btn pp-btn--quiet pp-btn--small" href="/api/docs?lang={to}" lang="{to}">{other}</a></div>'
        '<section class="pp-card pp-outside__card"><p>{lede}</p><p class="pp-small">{how}</p>'
        '<p class="pp-small">{errors}</p><p><a href="/api/openapi.json">{file}</a></p></section>{operations}'
    ).format(
        title=say("api_title", language),
        to=to,
        other=say("other_language", language),
        lede=say("api_lede", language),
        how=say("api_how", language),
        errors=say("api_errors", language),
        file=say("api_description", language),
        operations=operations,
    )
    return document(language, say("api_title", language), body, wide=True)


def _operation(
    method: str, path: str, operation: Mapping[str, Any], shapes: Mapping[str, Schema], language: Language
) -> Markup:
    scope = operation.get("x-scope")
    asks = [
        (one["name"], one["schema"], bool(one.get("required"))) for one in operation.get("parameters", ())
    ]
    bodies: list[Mapping[str, Any]] = list(operation.get("requestBody", {}).get("content", {}).values())
    sends: Schema = bodies[0]["schema"] if bodies else {}
    gets: Schema = next(
        (
            content["schema"]
            for status, answer in operation["responses"].items()
            if status.startswith("2")
            for content in answer.get("content", {}).values()
        ),
        {},
    )
    return Markup(
        '<section class="pp-card pp-outside__card pp-api" id="{id}"><h2><code>{method} {path}</code></h2>'
        '<p>{does}</p><p class="pp-note">{scope}</p>{asks}{sends}{gets}</section>'
    ).format(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        does=_half(operation["summary"], language),
        scope=say("api_scope", language, scope=scope) if scope else say("api_any_token", language),
        asks=_table(say("api_asks", language), [_row(*one, shapes, language) for one in asks]),
        sends=_table(say("api_sends", language), list(_fields(sends, shapes, language))),
        gets=_table(say("api_gets", language), list(_fields(gets, shapes, language, depth=_NESTED))),
    )


def _table(head: str, rows: list[Markup]) -> Markup:
    if not rows:
        return NOTHING
    return Markup("<h3>{}</h3><dl>{}</dl>").format(head, joined(rows))


def _fields(
    schema: Schema, shapes: Mapping[str, Schema], language: Language, *, depth: int = 1, before: str = ""
) -> Iterator[Markup]:
    """The fields of a shape in order, those of shapes inside after their own."""
    whole = _resolved(schema, shapes)
    required = set(whole.get("required", ()))
    for name, inner in whole.get("properties", {}).items():
        yield _row(f"{before}{name}", inner, name in required and depth == 1, shapes, language)
        nested = _resolved(_item(inner), shapes)
        if depth > 1 and nested.get("properties"):
            many = "[]" if inner.get("type") == "array" else ""
            yield from _fields(nested, shapes, language, depth=depth - 1, before=f"{before}{name}{many}.")


def _row(
    name: str, schema: Schema, required: bool, shapes: Mapping[str, Schema], language: Language
) -> Markup:
    said = _half(str(schema.get("description") or ""), language)
    need = say("api_required", language) if required else ""
    told = say("dot", language).join(one for one in (_kind(schema, shapes), need, said) if one)
    return Markup("<div><dt><code>{}</code></dt><dd>{}</dd></div>").format(name, told)


def _kind(schema: Schema, shapes: Mapping[str, Schema]) -> str:
    """A type in one word, or the choices."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(one, shapes) for one in schema["anyOf"]))
    if "$ref" in schema:
        return _kind(_resolved(schema, shapes), shapes)
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}), shapes)}]"
    return str(schema.get("format") or schema.get("const") or schema.get("type") or "")


def _item(schema: Schema) -> Schema:
    """What a list holds, or the one that is not null."""
    if schema.get("type") == "array":
        return _item(schema.get("items", {}))
    if "anyOf" in schema:
        return next((one for one in schema["anyOf"] if one.get("type") != "null"), {})
    return schema


def _resolved(schema: Schema, shapes: Mapping[str, Schema]) -> Schema:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return shapes[name] if name else schema


def _half(words: str, language: Language) -> str:
    zh, _, en = words.partition(_BOTH)
    return zh if language == "zh" or not en else en
