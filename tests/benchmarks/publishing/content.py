"""The articles that every side of the comparison publishes: real texts of law, cut.

Pure code: the stock site, which has packages of its own and none of this project's,
reads the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from statutes.markdown import parse_statute
from statutes.parsed import MarkdownError, ParsedDivision, ParsedProvision
from statutes.sources import read_sources

FIRST_MOMENT = datetime(2010, 1, 4, 1, tzinfo=UTC)
PROVISIONS = 5  # in an article, at most
COLUMNS = (
    ("dongtai", "普法动态", "普法活动和法律服务进展。"),
    ("wenda", "法律问答", "群众常问的法律问题。"),
    ("banshi", "办事指南", "去哪里、找谁、带什么。"),
    ("laodong", "劳动就业", "打工挣钱、签合同、受工伤。"),
    ("tudi", "土地房屋", "承包地、宅基地、征地补偿。"),
    ("hunyin", "婚姻家庭", "结婚离婚、老人孩子、遗产。"),
    ("anquan", "平安乡村", "交通、消防、防骗。"),
    ("zhengce", "政策文件", "上级和本级的文件。"),
)
TOPICS = tuple((f"zhuti-{number}", f"主题{number}") for number in range(1, 25))
MENU = 6  # of the columns


@dataclass(frozen=True, slots=True)
class Article:
    slug: str
    title: str
    summary: str
    column: int  # in COLUMNS
    topics: tuple[int, ...]  # in TOPICS
    moment: datetime
    heading: str  # of the chapter
    paragraphs: tuple[str, ...]


def cut_articles(archive: Path, count: int) -> list[Article]:
    """``count`` articles, taken evenly from all the texts; the same on every run.

    Raises ``ValueError`` where the archive does not hold so many.
    """
    pieces = list(_pieces(archive))
    if len(pieces) < count:
        raise ValueError(f"{archive} gives {len(pieces)} articles, not {count}")
    chosen = [pieces[number * len(pieces) // count] for number in range(count)]
    return [_article(number, *piece) for number, piece in enumerate(chosen)]


def _pieces(
    archive: Path,
) -> Iterator[tuple[str, ParsedDivision, list[ParsedProvision]]]:
    for source in read_sources([archive]):
        if not source.is_text:
            continue
        try:
            statute = parse_statute(source.data, source.path)
        except MarkdownError:
            continue
        for division in statute.root.walk():
            for start in range(0, len(division.provisions), PROVISIONS):
                piece = division.provisions[start : start + PROVISIONS]
                yield statute.title, division, piece


def _article(
    number: int, title: str, division: ParsedDivision, piece: list[ParsedProvision]
) -> Article:
    first, last = piece[0].label, piece[-1].label
    place = first if first == last else f"{first}至{last}"
    lines = [line for provision in piece for line in provision.text.split("\n") if line]
    own = number * 7919  # a prime: neighbours in a text get different topics
    return Article(
        slug=f"fa-{number:05}",
        title=f"{title}{place}（{number}）",
        summary=lines[0][:80],
        column=number % len(COLUMNS),
        topics=tuple({own % len(TOPICS), own // 24 % len(TOPICS)}),
        moment=FIRST_MOMENT + timedelta(hours=number * 13),
        heading=f"{division.label} {division.heading}".strip(),
        paragraphs=tuple(lines),
    )


def save(path: Path, articles: Sequence[Article]) -> None:
    """One file for all sides."""
    data = {
        "columns": COLUMNS,
        "topics": TOPICS,
        "menu": MENU,
        "articles": [
            {**asdict(article), "moment": article.moment.isoformat()}
            for article in articles
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def load(path: Path) -> list[Article]:
    data = json.loads(path.read_text(encoding="utf-8"))
    return [
        Article(
            **{
                **row,
                "topics": tuple(row["topics"]),
                "paragraphs": tuple(row["paragraphs"]),
                "moment": datetime.fromisoformat(row["moment"]),
            }
        )
        for row in data["articles"]
    ]
