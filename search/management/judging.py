"""``evaluate_search --judgements``: the figure of a portal's search, query by query."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import CommandError, CommandParser, OutputWrapper
from tqdm import tqdm

from search.engines.base import Searcher
from search.judgements import (
    DEPTH,
    evaluate,
    mean,
    read_judgements,
    table,
)
from search.management.files import read_file
from search.management.portals import portal_named


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "--judgements",
        type=Path,
        metavar="FILE",
        help="评判文件：每行一句话，和各项内容该有的等级（0 到 3）；要和 --portal 一起用。",
    )
    parser.add_argument("--portal", help="在哪个门户里搜，写它的主机名。")


def judge(
    file: Path,
    host: str | None,
    engine: Searcher,
    out: OutputWrapper,
    err: OutputWrapper,
) -> None:
    """Print each query with its nDCG@10, the worst first, and the mean."""
    if not host:
        raise CommandError("请用 --portal 写明在哪个门户里搜。")
    portal, judgements = (
        portal_named(host),
        read_file(file, "评判文件", read_judgements),
    )
    with tqdm(total=len(judgements), desc="搜索", file=err, disable=None) as bar:
        outcomes = list(evaluate(judgements, portal, engine, report=bar.update))
    for line in table(outcomes):
        out.write(line)
    out.write(
        f"{engine.name}：{len(outcomes)} 句，平均 nDCG@{DEPTH} {mean(outcomes):.4f}"
    )
