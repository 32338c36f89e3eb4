"""The same articles as Markdown for Hugo, under templates of the same frame."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent / "hugo"


def make(folder: Path, content: Path) -> None:
    """A source folder for Hugo; what stood there is replaced."""
    data = json.loads(content.read_text(encoding="utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TEMPLATES, folder)
    for number, (slug, title, summary) in enumerate(data["columns"]):
        head = {
            "title": title,
            "description": summary,
            "in_menu": number < data["menu"],
        }
        _write(folder / "content" / slug / "_index.md", head, "")
    for row in data["articles"]:
        slug = data["columns"][row["column"]][0]
        head = {
            "title": row["title"],
            "description": row["summary"],
            "date": row["moment"],
            "topics": [data["topics"][topic][1] for topic in row["topics"]],
        }
        _write(folder / "content" / slug / f"{row['slug']}.md", head, _body(row))


def _body(row: dict[str, Any]) -> str:
    heading = f"## {row['heading']}\n\n" if row["heading"] else ""
    return heading + "\n\n".join(row["paragraphs"]) + "\n"


def _write(path: Path, head: dict[str, Any], body: str) -> None:
    """JSON is front matter that Hugo reads, and needs no quoting of our own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    front = json.dumps(head, ensure_ascii=False, indent=1)
    path.write_text(f"{front}\n\n{body}", encoding="utf-8")
