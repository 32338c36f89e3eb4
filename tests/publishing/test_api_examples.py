"""The commands of docs/api.md are run, and their answers are those that it shows."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings

from home.outbox import deliver_pending
from publishing.api.schema import FILE, document
from tests.publishing.api_examples import TODAY, Numbers, make_county

DOCS = Path(settings.BASE_DIR) / "docs"
EXAMPLE = re.compile(
    r"```sh\n(?P<command>curl [^`]+)\n```\n+\[[^\]]+\]\((?P<answer>[^)]+)\)"
)
HOW_TO_RENEW = (
    "docs/api.md shows another answer than the API gives. If the API is meant to have "
    "changed, renew the answers with\n"
    "    RENEW_EXAMPLES=1 script/test tests/publishing/test_api_examples.py\n"
    "and read the difference before you commit it."
)


@dataclass(frozen=True, slots=True)
class Example:
    """A command of the document and the file with its answer."""

    command: str
    answer: Path

    def run(self, client: Client, numbers: Numbers) -> Any:
        """Data, or the words of an answer that is no JSON."""
        url, options = self.read()
        keys = {(kind, number): key for (kind, key), number in numbers.items()}
        parts = urlsplit(renumbered(url, keys))
        response = client.get(
            f"{parts.path}?{parts.query}",
            headers={"host": parts.netloc},
            follow="-L" in options,
        )
        if response["Content-Type"].startswith("text/calendar"):
            return response.content.decode().replace("\r\n", "\n")
        return response.json()

    def read(self) -> tuple[str, list[str]]:
        """The address asked for, and the words of the command."""
        words = shlex.split(self.command.replace("\\\n", " "))[1:]
        url = next(word for word in words if word.startswith("http"))
        data = [
            words[place + 1].split("=", 1)
            for place, word in enumerate(words)
            if word == "--data-urlencode"
        ]
        return (f"{url}?{urlencode(dict(data))}" if data else url), words


ADDRESS = re.compile(r"/(page|question|image|document)s/(\d+)/")
EVENT = re.compile(r"(?<=UID:event-)\d+")


def renumbered(text: str, numbers: Numbers) -> str:
    """Addresses with the numbers of the document, or the other way round."""

    def number(match: re.Match[str]) -> str:
        kind = "page" if match[1] == "question" else match[1]
        return f"/{match[1]}s/{numbers.get((kind, int(match[2])), match[2])}/"

    return ADDRESS.sub(number, text)


def as_written(answer: Any, numbers: Numbers) -> str:
    """The answer as its file holds it."""
    if isinstance(answer, str):
        return EVENT.sub(lambda key: str(numbers[("page", int(key[0]))]), answer)
    return f"{json.dumps(normal(answer, numbers), ensure_ascii=False, indent=2)}\n"


def normal(value: Any, numbers: Numbers) -> Any:
    """An answer as the document shows it, without what is made by chance: keys of the
    database, the noise in the picture, the fineness of scores."""
    if isinstance(value, list):
        return [normal(part, numbers) for part in value]
    if isinstance(value, str):
        return re.sub(
            r"-[0-9a-f]{10}(_\w+)?\.", "-0123456789.", renumbered(value, numbers)
        )
    if not isinstance(value, dict):
        return value
    found = {name: normal(part, numbers) for name, part in value.items()}
    # Both a file and an official document are of the type `document`.
    address = ADDRESS.search(str(value.get("meta", {}).get("detail_url", "")))
    kind = address[1] if "id" in value and address else "page"
    kind = "page" if kind == "question" else kind
    for name in {"id", "parent_id", "page_id"} & value.keys():
        found[name] = numbers.get((kind, value[name]), value[name])
    return {**found, "score": 1.0} if "score" in found else found


def examples() -> list[Example]:
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    return [
        Example(match["command"], (DOCS / match["answer"]).resolve())
        for match in EXAMPLE.finditer(text)
    ]


@pytest.fixture
def numbers(db: None, tmp_path: Path) -> Iterator[Numbers]:
    """Of what is in the county of the examples."""
    with (
        override_settings(SEARCH_INDEX_DIR=tmp_path / "search"),
        time_machine.travel(TODAY, tick=False),
    ):
        made = make_county()
        list(deliver_pending())
        yield made


def test_answers_in_the_document_are_those_of_the_api(
    client: Client, numbers: Numbers
) -> None:
    for example in examples():
        answer = example.run(client, numbers)
        if example.answer == FILE:
            assert answer["paths"] == document()["paths"]
            continue
        written = as_written(answer, numbers)
        if os.environ.get("RENEW_EXAMPLES"):
            example.answer.write_text(written, encoding="utf-8")
        assert example.answer.exists(), f"{example.command}\n{HOW_TO_RENEW}"
        assert example.answer.read_text(encoding="utf-8") == written, (
            f"{example.command}\n{HOW_TO_RENEW}"
        )


def test_every_endpoint_has_an_example() -> None:
    run = " ".join(urlsplit(example.read()[0]).path + " " for example in examples())

    for path in document()["paths"]:
        pattern = re.sub(r"\{\w+\}", r"[^/ ]+", f"/api/v2{path} ")
        assert re.search(f"(?<![^ ]){pattern}", run), path


def test_no_answer_lies_about_that_the_document_does_not_show() -> None:
    shown = {example.answer for example in examples()} - {FILE}

    assert shown == set((DOCS / "examples").iterdir())


def test_every_command_of_the_document_is_run() -> None:
    text = (DOCS / "api.md").read_text(encoding="utf-8")

    assert text.count("```sh\ncurl") == len(examples()) > 15
