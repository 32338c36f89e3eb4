"""A small old website, saved: pages, a picture, an attachment, and the table of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PIL import Image

from articles.page_import.importing import Summary, import_pages
from articles.page_import.reading import Options
from home.models import Portal

OLD = "http://www.old.example"
FRAME = """<html><head><title>{title}_老网站</title>
<meta name="PubDate" content="2017-05-06 08:30"><meta name="ContentSource" content="老单位">
</head><body><div class="nav"><a href="/">首页</a><a href="/list.asp">动态</a></div>
<h1>{title}</h1><div id="zoom">{body}</div>
<div class="footer">版权所有 老网站 技术支持 某公司</div></body></html>"""


def picture(color: str = "red", size: tuple[int, int] = (400, 300)) -> bytes:
    output = BytesIO()
    Image.new("RGB", size, color).save(output, "PNG")
    return output.getvalue()


@dataclass(slots=True)
class OldSite:
    """``page`` saves a page and adds its row; ``bring`` imports what there is."""

    folder: Path
    rows: list[dict[str, Any]] = field(default_factory=list)

    def page(
        self,
        name: str,
        body: str = "<p>这是旧网页的正文，有十几个字。</p>",
        *,
        encoding: str = "utf-8",
        **cells: Any,
    ) -> None:
        title = str(cells.get("标题") or f"旧网页{name}")
        self.file(f"{name}.html", FRAME.format(title=title, body=body).encode(encoding))
        row = {
            "文件": f"{name}.html",
            "旧网址": f"{OLD}/{name}.html",
            "标题": title,
            "栏目": "dongtai",
            "发布日期": "2018-03-01 09:30",
        }
        self.rows.append(row | cells)

    def file(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def table(self) -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        headers = list(dict.fromkeys(name for row in self.rows for name in row))
        sheet.append(headers)
        for row in self.rows:
            sheet.append([row.get(name) for name in headers])
        path = self.folder.with_suffix(".xlsx")
        book.save(path)
        return path

    def bring(
        self, portal: Portal, *, is_trial: bool = False, **options: Any
    ) -> Summary:
        chosen = Options(folder=self.folder, **options)
        return import_pages(self.table(), portal, chosen, is_trial=is_trial)


def raw_body(page: Any) -> list[dict[str, Any]]:
    return list(json.loads(json.dumps(page.stream_data("body", "zh-hans"))))
