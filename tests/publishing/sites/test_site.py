"""What is live after a run, and what its releases and the record say then."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation

from publishing.sites.checking import check_folder
from publishing.sites.errors import SiteStaleError, UnknownReleaseError
from publishing.sites.releases import KEEP
from publishing.sites.site import Site
from tests.publishing.sites.making import (
    HOST,
    NEW,
    OLD,
    OTHER_HOST,
    build,
    change,
    current,
    everything_in,
    made,
    put_all,
    times_of,
    words_in,
)


def test_a_full_run_replaces_the_site_as_a_whole(site: Site, tmp_path: Path) -> None:
    build(site, NEW)
    assert words_in(current(site)) == NEW
    assert sorted(site.record.names()) == sorted(NEW)
    assert words_in(tmp_path / OTHER_HOST / "current") == {"index.html": "白河"}


def test_the_old_site_stands_while_a_new_one_is_made(site: Site) -> None:
    with site.full_run("test") as run:
        put_all(run, NEW)
        assert words_in(current(site)) == OLD
        assert sorted(site.record.names()) == sorted(OLD)


def test_a_run_that_fails_leaves_the_old_site_and_no_rest(site: Site) -> None:
    before = everything_in(current(site))
    for kind in (site.full_run, site.change_run):
        with pytest.raises(RuntimeError, match="template"), kind("test") as run:
            put_all(run, NEW)
            raise RuntimeError("template")
        assert everything_in(current(site)) == before
        assert sorted(site.record.names()) == sorted(OLD)
        assert site.record.runs(1)[0].error == "template"
        assert not (site.folder / "staging").exists()


def test_a_change_touches_only_files_whose_bytes_change(site: Site) -> None:
    release = current(site).resolve()
    before = times_of(release)
    change(site, {"a/index.html": "改"}, gone=["b/index.html"])
    after = times_of(release)
    assert current(site).resolve() == release
    assert words_in(release) == {"index.html": "旧首页", "a/index.html": "改"}
    assert before["index.html"] == after["index.html"]
    assert not (release / "b").exists()


def test_a_file_with_equal_bytes_is_not_written_but_its_facts_are_kept(
    site: Site,
) -> None:
    before = times_of(current(site))
    with site.change_run("test") as run:
        assert not run.put(*made("a/index.html", "甲", facts={("card", "12"): "x"}))
    assert times_of(current(site))["a/index.html"] == before["a/index.html"]
    assert site.record.reading([("card", "12")]) == {("card", "12"): ["a/index.html"]}


def test_a_change_alters_no_older_release(site: Site) -> None:
    build(site, NEW)
    older = site.folder / "releases" / site.releases()[1].name
    before = everything_in(older)
    assert (older / "a/index.html").samefile(current(site) / "a/index.html")
    change(site, {"a/index.html": "改"}, gone=["c/index.html"])
    assert everything_in(older) == before
    assert words_in(older) == OLD


def test_two_full_runs_with_nothing_changed_write_no_file(site: Site) -> None:
    before = times_of(site.folder / "releases")
    build(site, OLD)
    with site.full_run("test") as run:
        for name in OLD:
            output = site.record.output(name)
            assert output is not None and run.keep(output)
    assert times_of(site.folder / "releases") == before
    assert [run.written for run in site.record.runs(2)] == [0, 0]


def test_unchanged_files_of_a_new_release_keep_their_time(site: Site) -> None:
    before = times_of(current(site))
    build(site, NEW)
    assert times_of(current(site))["a/index.html"] == before["a/index.html"]


def test_a_release_is_cut_on_demand_and_only_if_something_changed(site: Site) -> None:
    first = site.cut_release()
    assert [release.name for release in site.releases()] == [first]
    change(site, {"a/index.html": "改"})
    before = everything_in(current(site))
    second = site.cut_release()
    assert [release.name for release in site.releases()] == [second, first]
    change(site, {"a/index.html": "再改"})
    assert everything_in(site.folder / "releases" / first) == before
    assert words_in(current(site))["a/index.html"] == "再改"


def test_releases_are_kept_but_not_for_ever(site: Site) -> None:
    for number in range(KEEP + 3):
        build(site, {"index.html": str(number)})
    kept = sorted((site.folder / "releases").iterdir())
    assert len(kept) == KEEP
    assert current(site).resolve() == kept[-1]
    assert words_in(kept[0]) == {"index.html": "3"}


def test_a_rollback_shows_the_older_release_and_pauses(site: Site) -> None:
    build(site, NEW)
    release = site.rollback()
    assert words_in(current(site)) == OLD
    assert release.is_current
    assert site.is_paused and release.name in site.paused_reason
    assert site.record.runs(1)[0].kind == "rollback"


def test_after_a_rollback_only_a_full_build_goes_on(site: Site) -> None:
    build(site, NEW)
    kept = times_of(current(site))
    site.rollback()
    site.resume()
    assert site.is_stale and not site.is_paused
    with pytest.raises(SiteStaleError):
        change(site, {"a/index.html": "改"})
    build(site, NEW)
    assert words_in(current(site)) == NEW
    assert times_of(current(site)) == kept
    assert not site.needs_full_build


def test_a_rollback_to_what_the_record_describes_needs_no_build(site: Site) -> None:
    build(site, NEW)
    newest = site.releases()[0].name
    site.rollback()
    site.rollback(newest)
    assert not site.needs_full_build
    assert words_in(current(site)) == NEW


def test_a_rolled_back_site_is_never_pruned_nor_what_the_record_describes(
    site: Site,
) -> None:
    first = site.releases()[0].name
    for number in range(KEEP - 1):
        build(site, {"index.html": str(number)})
    site.rollback(first)
    build(site, {"index.html": "neu"})
    names = [release.name for release in site.releases()]
    assert len(names) == KEEP and first not in names


@pytest.mark.parametrize("name", ["20990101-000000-000000", "../current", "", "."])
def test_a_release_that_does_not_exist_is_refused(site: Site, name: str) -> None:
    with pytest.raises(UnknownReleaseError):
        site.rollback(name)
    assert not site.is_paused
    assert words_in(current(site)) == OLD


def test_without_an_older_release_there_is_no_way_back(site: Site) -> None:
    with pytest.raises(UnknownReleaseError):
        site.rollback()


def test_a_failed_output_keeps_its_old_file_and_is_told(site: Site) -> None:
    with site.full_run("test") as run:
        put_all(run, {"index.html": "新首页"})
        run.fail("a/index.html", "/a/", "模板出错", "王编辑")
        run.fail("x/index.html", "/x/", "模板出错")
    assert words_in(current(site)) == {"index.html": "新首页", "a/index.html": "甲"}
    told = site.record.runs(1)[0].failures
    assert [(found.name, found.editor) for found in told] == [
        ("a/index.html", "王编辑"),
        ("x/index.html", ""),
    ]
    assert site.record.failing() == list(told)
    change(site, {"a/index.html": "好了"}, gone=["x/index.html"])
    assert site.record.failing() == []


def test_a_file_that_somebody_removed_is_written_again(site: Site) -> None:
    (current(site) / "a/index.html").unlink()
    kept = site.record.output("a/index.html")
    with site.full_run("test") as run:
        assert kept is not None and not run.keep(kept)
        assert put_all(run, OLD) == ["a/index.html"]
    assert words_in(current(site)) == OLD


def test_a_file_that_somebody_changed_is_written_again_if_files_are_checked(
    site: Site,
) -> None:
    kept = times_of(current(site))["index.html"]
    (current(site) / "a/index.html").write_text("黑")  # as long as it was
    build(site, OLD)
    assert words_in(current(site))["a/index.html"] == "黑"
    with site.full_run("test", checks_files=True) as run:
        assert put_all(run, OLD) == ["a/index.html"]
    assert words_in(current(site)) == OLD
    assert times_of(current(site))["index.html"] == kept


def test_a_file_that_somebody_added_is_not_carried_on(site: Site) -> None:
    (current(site) / "webshell.php").write_text("x")
    with site.full_run("test", checks_files=True) as run:
        assert put_all(run, OLD) == []
    assert check_folder(current(site)).is_clean
    (current(site) / "webshell.php").write_text("x")
    change(site, {"a/index.html": "改"})
    site.cut_release()
    assert check_folder(current(site)).is_clean


def test_a_broken_shard_of_the_manifest_is_written_again(site: Site) -> None:
    shard = next((current(site) / "manifest").iterdir())
    shard.unlink()
    assert not check_folder(current(site)).is_clean
    build(site, OLD)
    assert check_folder(current(site)).is_clean


def test_a_run_that_changes_no_file_has_ended_too(site: Site) -> None:
    for run in (site.change_run, site.full_run):
        with run("nothing") as under_way:
            under_way.set_meta("position", "8")
            for name in OLD:
                output = site.record.output(name)
                assert output is not None and under_way.keep(output)
        told = site.record.runs(1)[0]
        assert told.finished is not None and not told.error
        assert (told.position, told.written) == ("8", 0)
    assert len(site.releases()) == 1


def test_a_page_may_become_a_folder_and_back(site: Site) -> None:
    change(site, {"b": "datei"}, gone=["b/index.html"])
    assert words_in(current(site))["b"] == "datei"
    change(site, {"b/index.html": "seite"}, gone=["b"])
    assert words_in(current(site))["b/index.html"] == "seite"


def test_why_something_was_made_again_is_told(site: Site) -> None:
    with site.change_run("第 7 号变更") as run:
        run.put(*made("a/index.html", "改"))
        run.note("a/index.html", "card 12")
        run.set_meta("position", "7")
    told = site.record.runs(1)[0]
    assert (told.cause, told.kind, told.position) == ("第 7 号变更", "change", "7")
    assert told.rebuilt == (("a/index.html", "card 12"),)
    assert (told.rendered, told.written, told.deleted) == (1, 1, 0)
    assert told.finished is not None and site.record.meta("position") == "7"


@pytest.mark.parametrize("name", ["../out.html", "a/../../out.html", "/etc/out.html"])
def test_nothing_is_written_outside_the_folder(site: Site, name: str) -> None:
    with pytest.raises(SuspiciousFileOperation), site.change_run("test") as run:
        run.put(*made(name, "x"))


def test_a_site_that_was_never_built_is_empty_and_makes_no_folder(
    tmp_path: Path,
) -> None:
    site = Site.of(HOST, tmp_path)
    assert site.needs_full_build and not site.is_paused
    assert list(site.record.names()) == site.record.runs(5) == site.releases() == []
    assert list(tmp_path.iterdir()) == []


def test_a_broken_record_is_begun_anew_by_a_full_build(site: Site) -> None:
    site.close()
    (site.folder / "record.sqlite3").write_bytes(b"kein SQLite" * 1000)
    with site.locked(wait=True):
        assert site.needs_full_build
    build(site, NEW)
    assert words_in(current(site)) == NEW
