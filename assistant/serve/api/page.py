"""The API's description as one page of HTML that needs nothing beside it. Pure."""

from __future__ import annotations

import json
import re
import shlex
from html import escape
from typing import Any
from urllib.parse import urlsplit

from assistant.rendering.answers import json_text

Json = dict[str, Any]

STYLE = """
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h2 { margin-top: 3rem; font-size: 1.1rem; }
h2 code { font-size: 1.1rem; }
pre { max-height: 24rem; overflow: auto; padding: .75rem; border: 1px solid #8886; border-radius: .4rem; }
pre, code { font: .9em/1.5 ui-monospace, monospace; unicode-bidi: plaintext; text-align: left; }
table { border-collapse: collapse; }
td, th { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top; }
"""


def page_html(description: Json, base: str) -> str:
    """Return the page of an OpenAPI description whose paths are below an address."""
    about = description["info"]
    operations = [
        _operation_html(base, path, method.upper(), operation, description["components"]["schemas"])
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    ]
    return f"""<!doctype html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(about["title"])}: API</title><style>{STYLE}</style></head>
<body><main>
<h1>{escape(about["title"])} {escape(about["version"])}: API</h1>
{_prose_html(about["description"])}
<p><a href="openapi.json">openapi.json</a> says the same to programs.</p>
{"".join(operations)}
</main></body></html>
"""


def _operation_html(base: str, path: str, method: str, operation: Json, schemas: Json) -> str:
    parts = [
        f'<h2 id="{escape(operation["operationId"])}"><code>{method} {escape(urlsplit(base).path + path)}</code></h2>',
        _prose_html(f"{operation['summary']}.\n\n{operation['description']}"),
        _fields_html(_fields(operation, schemas)),
    ]
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("examples", {})
    answered = operation["responses"]["200"]["content"]["application/json"]["examples"]
    for title, answer in answered.items():
        command = _curl(method, f"{base}{path}", sent[title]["value"] if title in sent else None)
        parts.append(
            f"<h3>{escape(title)}</h3><pre>{escape(command)}</pre><pre>{escape(json_text(answer['value']))}</pre>"
        )
    rows = ((status, one["description"]) for status, one in operation["responses"].items() if status[0] != "2")
    parts.append(_fields_html([(f"{status}", "", told) for status, told in sorted(rows)]))
    return "".join(parts)


def _fields(operation: Json, schemas: Json) -> list[tuple[str, str, str]]:
    """Return name, type and description of everything that an operation takes."""
    fields = [(one["name"], one["schema"], one["required"]) for one in operation.get("parameters", [])]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        body = content["schema"]
        body = schemas[body["$ref"].rpartition("/")[2]] if "$ref" in body else body
        fields += [(name, schema, name in body.get("required", [])) for name, schema in body["properties"].items()]
    return [
        (name, f"{_kind(schema)}, required" if required else _kind(schema), schema.get("description", ""))
        for name, schema, required in sorted(fields, key=lambda field: not field[2])
    ]


def _kind(schema: Json) -> str:
    """Return what a value is, in few words."""
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(map(json.dumps, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("format") or schema.get("type") or schema.get("$ref", "").rpartition("/")[2])


def _curl(method: str, address: str, value: object) -> str:
    """Return the command that sends an example."""
    command = f"curl -s {address}" if method in ("GET", "POST") else f"curl -s -X {method} {address}"
    sent = shlex.quote(json.dumps(value, ensure_ascii=False))
    return command if value is None else f"{command} -H 'content-type: application/json' -d {sent}"


def _fields_html(rows: list[tuple[str, str, str]]) -> str:
    cells = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(kind)}</td><td>{_inline_html(told)}</td></tr>"
        for name, kind, told in rows
    )
    return f"<table>{cells}</table>" if cells else ""


def _prose_html(text: str) -> str:
    return "".join(f"<p>{_inline_html(part)}</p>" for part in text.split("\n\n") if part.strip())


def _inline_html(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
