"""Blocks of the YAML files as the streams that Wagtail stores."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.demo.sources import Row

Raw = list[dict[str, Any]]
# Ids of blocks must not differ from one loading to the next.
NAMESPACE = uuid.UUID("7a0d9a53-5a3c-4a0b-9a5e-0d1f6b1f7c11")


@dataclass(frozen=True, slots=True)
class Targets:
    """What the pages of one portal can refer to: keys of the YAML files → rows."""

    pages: Mapping[str, int]  # dongtai/xianfa-xuanchuanzhou → page
    questions: Mapping[str, int]  # slug → page
    images: Mapping[str, int]
    documents: Mapping[str, int]


class Unknown(LookupError):
    """A reference to something that the portal does not have."""


def _find(found: Mapping[str, int], key: str) -> int:
    if key not in found:
        raise Unknown(f"“{key}” does not exist in this portal")
    return found[key]


def block_id(*parts: object) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, parts))))


def list_items(values: Sequence[Any], *parts: object) -> Raw:
    return [
        {"type": "item", "value": value, "id": block_id(*parts, number)}
        for number, value in enumerate(values)
    ]


def _same(value: Any, _targets: Targets) -> Any:
    return value


def _picture(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    return {**value, "image": _find(targets.images, value["image"])}


def _attachment(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    return {**value, "document": _find(targets.documents, value["document"])}


def _question_link(value: str, targets: Targets) -> int:
    return _find(targets.questions, value)


def _table(value: dict[str, Any], _targets: Targets) -> dict[str, Any]:
    header_row = value.get("header_row", False)
    header_column = value.get("header_column", False)
    choices = {
        (True, True): "both",
        (True, False): "row",
        (False, True): "column",
        (False, False): "neither",
    }
    return {
        "data": [[str(cell) for cell in row] for row in value["rows"]],
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": header_row,
        "first_col_is_header": header_column,
        "table_header_choice": choices[header_row, header_column],
        "table_caption": value.get("caption", ""),
    }


def _notice(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    return {**value, "page": _find(targets.pages, value["page"])}


def _task(item: dict[str, Any], targets: Targets) -> dict[str, Any]:
    kind, _colon, where = item["target"].partition(":")
    task = {
        "label": item["label"],
        "hint": item.get("hint", ""),
        "icon": item["icon"],
        "page": None,
        "topic": "",
        "place": "",
        "phone": "",
    }
    if kind == "page":
        task["page"] = _find(targets.pages, where)
    elif kind in TASK_TARGETS:
        task[TASK_TARGETS[kind]] = where
    else:
        raise Unknown(f"“{kind}” is not a kind of target")
    return task


TASK_TARGETS = {"topic": "topic", "path": "place", "tel": "phone"}


def _top_tasks(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    tasks = [_task(item, targets) for item in value["items"]]
    return {"items": list_items(tasks, "tasks", *(task["label"] for task in tasks))}


def _questions_by_topic(value: dict[str, Any], _targets: Targets) -> dict[str, Any]:
    return {
        "heading": value["heading"],
        "topics": list_items(value["topics"], "topics", value["heading"]),
        "count": value.get("count", 3),
    }


def _latest(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    return {**value, "column": _find(targets.pages, value["column"])}


def _links(value: dict[str, Any], _targets: Targets) -> dict[str, Any]:
    return {**value, "items": list_items(value["items"], "links", value["heading"])}


def _leaders(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    people = [
        {
            "name": item["name"],
            "post": item["post"],
            "duties": item.get("duties", ""),
            "photo": _find(targets.images, item["photo"]) if "photo" in item else None,
        }
        for item in value["items"]
    ]
    return {
        "heading": value.get("heading", ""),
        "items": list_items(people, "leaders", *(item["name"] for item in people)),
    }


def _gallery(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    pictures = [_picture(item, targets) for item in value["pictures"]]
    keys = (item["image"] for item in value["pictures"])
    return {**value, "pictures": list_items(pictures, "gallery", *keys)}


def _campaign(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    page = value.get("page")
    return {"page": _find(targets.pages, page) if page else None}


def _guides(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    guides = [_find(targets.pages, key) for key in value.get("guides", ())]
    return {
        "heading": value["heading"],
        "guides": list_items(guides, "guides", value["heading"]),
        "count": value.get("count", 6),
    }


def _service_points(value: dict[str, Any], targets: Targets) -> dict[str, Any]:
    return {**value, "directory": _find(targets.pages, value["directory"])}


CONVERTERS: dict[str, Callable[[Any, Targets], Any]] = {
    "text": _same,
    "heading": _same,
    "alert": _same,
    "quote": _same,
    "citation": _same,
    "counties": _same,
    "picture": _picture,
    "attachment": _attachment,
    "question_link": _question_link,
    "table": _table,
    "contact": _same,
    "gallery": _gallery,
    "notice": _notice,
    "campaign": _campaign,
    "guides": _guides,
    "cases": _same,
    "documents": _same,
    "service_points": _service_points,
    "top_tasks": _top_tasks,
    "questions_by_topic": _questions_by_topic,
    "latest": _latest,
    "links": _links,
    "part": _same,
    "section": _same,
    "leaders": _leaders,
    "offices": _same,
}


def convert(row: Row, key: str, targets: Targets, scope: str) -> Raw:
    """The blocks under ``key`` of a row; ``scope`` makes their ids differ."""
    raw: Raw = []
    for number, block in enumerate(row.get(key) or ()):
        kind = block.get("type")
        if kind not in CONVERTERS:
            raise row.wrong(f"{key}[{number}]", f"“{kind}” is not a type of block")
        try:
            value = CONVERTERS[kind](block["value"], targets)
        except (LookupError, TypeError) as error:
            raise row.wrong(f"{key}[{number}]", error) from error
        raw.append({"type": kind, "value": value, "id": block_id(scope, key, number)})
    return raw
