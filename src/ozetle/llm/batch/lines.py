"""The lines of batch files: requests as they go out, results as they come back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ozetle.llm.faults import Redactor
from ozetle.llm.formats import as_answer
from ozetle.llm.models import ModelChoice
from ozetle.llm.request import Mode, Request
from ozetle.llm.vendors.openai import request_body

ENDPOINT: Final = "/v1/chat/completions"


@dataclass(frozen=True)
class Result:
    """What became of one request.

    Attributes:
        custom_id: the `Request.key` it claims to answer.
        completion: the raw chat completion, or None if there is none.
        cause: why there is none; one line.
    """

    custom_id: str
    completion: dict[str, Any] | None
    cause: str = ""


@dataclass(frozen=True)
class BadLine:
    """A line that is no result: its number, counted from 1, and what is wrong with it."""

    number: int
    reason: str


def request_line(request: Request, choice: ModelChoice) -> bytes:
    """Return a request as a line of a batch, its line break included; the same request gives the same bytes."""
    body = request_body(request, choice)
    line = {"custom_id": request.key, "method": "POST", "url": ENDPOINT, "body": body}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def custom_id(line: bytes) -> str | None:
    """Return the custom_id of a line of a batch; None if it has none."""
    try:
        value = json.loads(line)["custom_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return value if isinstance(value, str) else None


def read_request(line: bytes, model: str, served_name: str) -> Request | None:
    """Rebuild the request in a line of a batch; None if the line is not what `request_line` made of it.

    Args:
        line: the line.
        model: `Request.model`, which the line does not carry.
        served_name: what the server was to be asked for.
    """
    try:
        content = json.loads(line)
        body = dict(content["body"])
        if "tools" in body:
            mode, tool = Mode.TOOLS, body.pop("tools")[0]["function"]
            del body["tool_choice"]
            name, schema = tool["name"], _schema_of(tool)
        else:
            mode, form = Mode.JSON_SCHEMA, body.pop("response_format")["json_schema"]
            name, schema = form["name"], form["schema"]
        if body.pop("model") != served_name:
            return None
        request = Request(
            model=model,
            messages=body.pop("messages"),
            name=name,
            answer_schema=schema,
            parameters=body,
            mode=mode,
        )
        return request if request.key == content["custom_id"] else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _schema_of(tool: dict[str, Any]) -> dict[str, Any]:
    """Return the schema that instructor made a function of: it sorts what is required, and describes every one."""
    schema = {**tool["parameters"], "required": list(tool["parameters"]["properties"])}
    described = not str(tool["description"]).startswith("Correctly extracted `")
    return schema | ({"description": tool["description"]} if described else {})


def read_results(lines: Iterable[bytes], redactor: Redactor) -> Iterator[Result | BadLine]:
    """Yield what each line of a results file or an error file says; empty lines are passed over.

    Args:
        lines: `{"custom_id", "response": {"status_code", "body"}, "error"}` each.
        redactor: takes secrets out of what a server sends back.
    """
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if text:
            yield _result(number, text, redactor)


def _result(number: int, text: bytes, redactor: Redactor) -> Result | BadLine:
    try:
        line = json.loads(redactor.known(text.decode()))
    except (ValueError, RecursionError):
        return BadLine(number, "no JSON: it is cut off, or this is no results file")
    key = line.get("custom_id") if isinstance(line, dict) else None
    if not isinstance(key, str):
        return BadLine(number, "no custom_id: this is no result of a batch")
    response, error = line.get("response"), line.get("error")
    status = response.get("status_code", 200) if isinstance(response, dict) else None
    body = response.get("body") if isinstance(response, dict) else None
    completion = None if error or status != 200 else as_answer(body, redactor.known)
    if completion is not None:
        return Result(key, completion)
    said = [_said(error) or _said(body)]
    if status not in (None, 200):
        said.insert(0, f"status {status}")
    return Result(key, None, redactor.message(": ".join(filter(None, said))) or "neither an answer nor an error")


def _said(value: Any) -> str:
    """Find the message in an error; servers disagree on where it stands."""
    if isinstance(value, Mapping):
        inner = next((value[name] for name in ("error", "message", "detail", "code") if value.get(name)), None)
        return _said(inner)
    return value if isinstance(value, str) else ""
