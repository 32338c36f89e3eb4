"""The harness of ``script/bench publishing``: what it counts, and what it says."""

from __future__ import annotations

import io
import json
import os
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.publishing import changes, content, hugo_site
from tests.benchmarks.publishing.comparing import per_page
from tests.benchmarks.publishing.measuring import (
    Export,
    NotMeasured,
    Usage,
    count_pages,
    idle_share,
    run,
)
from tests.benchmarks.publishing.own_site import times
from tests.benchmarks.publishing.report import Figure, Report, Target

LAW = """# 演示法

2020年1月1日 演示机关通过

<!-- INFO END -->

## 第一章 总则

第一条 为了演示，制定本法。

第二条 本法所称演示，是指：

（一）说明；

（二）示范。

## 第二章 附则

第三条 本法自公布之日起施行。
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "laws.tar.xz"
    with tarfile.open(path, "w:xz") as tar:
        member = tarfile.TarInfo("社会法/演示法（2020-01-01）.md")
        member.size = len(LAW.encode())
        tar.addfile(member, io.BytesIO(LAW.encode()))
    return path


def test_articles_are_cut_at_chapters_and_read_back(archive: Path) -> None:
    articles = content.cut_articles(archive, 2)
    assert [article.heading for article in articles] == ["第一章 总则", "第二章 附则"]
    assert articles[0].title.startswith("演示法第一条至第二条")
    assert articles[0].paragraphs[-1] == "（二）示范。"
    saved = archive.with_name("content.json")
    content.save(saved, articles)
    assert content.load(saved) == articles


def test_an_archive_with_too_few_texts_is_refused(archive: Path) -> None:
    with pytest.raises(ValueError, match="2 articles, not 3"):
        content.cut_articles(archive, 3)


def test_hugo_gets_every_article_as_markdown(archive: Path, tmp_path: Path) -> None:
    saved = tmp_path / "content.json"
    content.save(saved, content.cut_articles(archive, 2))
    hugo_site.make(tmp_path / "hugo", saved)
    text = (tmp_path / "hugo/content/dongtai/fa-00000.md").read_text(encoding="utf-8")
    head, end = json.JSONDecoder().raw_decode(text)
    assert head["title"].startswith("演示法第一条")
    assert text[end:].strip().startswith("## 第一章 总则\n\n为了演示")
    assert (tmp_path / "hugo/layouts/_default/single.html").exists()


def _python(program: str, tmp_path: Path) -> Usage:
    return run([sys.executable, "-c", program], tmp_path, tmp_path / "log.txt")


def test_cpu_and_memory_of_a_command_and_its_children_count(tmp_path: Path) -> None:
    work = "x = b'x' * 60_000_000; sum(range(3_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    nothing, used = _python("", tmp_path), _python(child, tmp_path)
    assert used.memory > nothing.memory + 40_000_000
    assert used.cpu > nothing.cpu


def test_a_failed_command_is_told_and_not_measured(tmp_path: Path) -> None:
    with pytest.raises(NotMeasured, match="no such thing"):
        _python("raise SystemExit('no such thing')", tmp_path)


def _export(name: str, cpu: float) -> Export:
    return Export(name, 1057, Usage(cpu, 99, 1), 57, Usage(1, 9, 1))


def test_start_up_falls_out_of_the_time_per_page() -> None:
    figure = per_page(_export("ours", 3), _export("other", 41), 1000)
    assert figure.value == pytest.approx(20)
    assert "2.00 ms" in figure.ours
    assert figure.row().endswith("| 20 | ≥ 15, met; ≥ 25, missed |")


@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        (Target("most", 0.5), 0.5, "≤ 0.5, met"),
        (Target("most", 0.5), 0.51, "≤ 0.5, missed"),
        (Target("least", 15), 15, "≥ 15, met"),
        (Target("least", 15), 14.9, "≥ 15, missed"),
    ],
)
def test_a_target_is_met_up_to_its_number(
    target: Target, value: float, verdict: str
) -> None:
    assert target.verdict(value) == verdict


def _missing() -> None:
    raise NotMeasured("Hugo is not installed")


@pytest.mark.parametrize(
    ("measure", "told"), [(_missing, {"hugo": "Hugo is not installed"}), (list, {})]
)
def test_a_missing_side_is_named_with_its_reason(
    measure: Callable[[], object], told: dict[str, str], tmp_path: Path
) -> None:
    said: list[str] = []
    report = Report(said.append, 10)
    assert report.attempt("hugo", measure) is not bool(told)
    report.add(Figure("pages", "7"))
    report.show()
    assert any("Hugo is not installed" in line for line in said) is bool(told)
    data = json.loads(report.save(tmp_path).read_text(encoding="utf-8"))
    assert data["not_measured"] == told
    assert [figure["name"] for figure in data["figures"]] == ["pages"]


def test_idle_time_is_a_share_of_all_time() -> None:
    assert idle_share((100, 1000), (150, 1100)) == 0.5
    assert idle_share((1, 1), (1, 1)) == 1.0


def test_only_pages_are_counted(tmp_path: Path) -> None:
    for name in ("index.html", "a/index.html", "a/style.css"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert count_pages(tmp_path) == 2


def test_a_file_that_is_written_again_is_seen(tmp_path: Path) -> None:
    release = tmp_path / "releases" / "1"
    release.mkdir(parents=True)
    for name in ("same.html", "again.html"):
        (release / name).write_text("x", encoding="utf-8")
    (tmp_path / "current").symlink_to(release)
    before = times(tmp_path / "current")
    os.utime(release / "again.html", ns=(1, 1))
    after = times(tmp_path / "current")
    assert {name for name in before if after[name] != before[name]} == {"again.html"}


def test_touched_files_are_told_from_changed_ones(tmp_path: Path) -> None:
    for name in ("same", "touched", "changed", "removed"):
        (tmp_path / name).write_text("x", encoding="utf-8")
        os.utime(tmp_path / name, ns=(1, 1))
    before = changes.files_of(tmp_path)
    os.utime(tmp_path / "touched", ns=(2, 2))
    (tmp_path / "changed").write_text("y", encoding="utf-8")
    (tmp_path / "removed").unlink()
    (tmp_path / "new").write_text("", encoding="utf-8")
    found = changes.compare(before, changes.files_of(tmp_path))
    assert found == {"touched": 4, "changed": 3}
