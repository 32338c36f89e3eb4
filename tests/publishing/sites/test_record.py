"""What the record answers: who reads a fact, what is needed, what was there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publishing.sites.site import Site
from tests.publishing.sites.making import build, change, made

FRAME = ("frame", "zh-hans")
LIST = ("list", "5", "zh-hans", "topic:3", "2")
PAGE = ("page", "12")
PHOTO = ("media", "images/a.jpg")


@pytest.fixture
def linked(site: Site) -> Site:
    """Three outputs that share facts and needs."""
    with site.full_run("test") as run:
        run.put(*made("index.html", "1", facts={FRAME: "f", LIST: "l"}, needs=[PHOTO]))
        run.put(*made("a.html", "2", facts={FRAME: "f", PAGE: "p"}, page_id=12))
        run.put(*made("en/a.html", "3", facts={PAGE: "p"}, needs=[PHOTO], page_id=12))
    return site


def test_an_output_comes_back_as_it_was_put(linked: Site) -> None:
    output, body = made(
        "c.html", "中", facts={LIST: "l", ("day",): ""}, needs=[PHOTO], page_id=7
    )
    output = replace(output, kind="error", status=404, language="en")
    with linked.change_run("test") as run:
        run.put(output, body)
    assert linked.record.output("c.html") == output
    assert linked.record.output("nichts.html") is None


def test_who_reads_a_fact_is_known(linked: Site) -> None:
    found = linked.record.reading([FRAME, PAGE, ("page", "99")])
    assert found == {
        FRAME: ["a.html", "index.html"],
        PAGE: ["a.html", "en/a.html"],
    }
    many = [("page", str(number)) for number in range(5000)]
    assert linked.record.reading(many) == {PAGE: ["a.html", "en/a.html"]}


def test_a_fact_is_found_with_its_fingerprint(linked: Site) -> None:
    assert linked.record.fingerprints([LIST, ("day",)]) == {LIST: "l"}
    assert list(linked.record.facts_of(["page", "frame", "day"])) == [
        (FRAME, "f"),
        (PAGE, "p"),
    ]


def test_the_new_answer_of_a_fact_is_kept(linked: Site) -> None:
    with linked.change_run("test") as run:
        run.put(*made("a.html", "2b", facts={FRAME: "f", PAGE: "p2"}, page_id=12))
        run.put(*made("en/a.html", "3", facts={PAGE: "p2"}, page_id=12))
    assert linked.record.fingerprints([PAGE]) == {PAGE: "p2"}
    assert linked.record.needed_by(PHOTO) == ["index.html"]


def test_a_fact_that_nothing_reads_any_more_is_forgotten(linked: Site) -> None:
    with linked.change_run("test") as run:
        run.put(*made("index.html", "1", facts={FRAME: "f"}))
        run.delete("a.html")
    assert [fact for fact, _ in linked.record.facts_of(["list"])] == []
    assert linked.record.reading([FRAME, PAGE]) == {
        FRAME: ["index.html"],
        PAGE: ["en/a.html"],
    }


def test_what_is_needed_is_needed_until_nobody_names_it(linked: Site) -> None:
    assert linked.record.needed("media") == {"images/a.jpg"}
    assert linked.record.needed_by(PHOTO) == ["en/a.html", "index.html"]
    change(linked, {"index.html": "ohne Bild"}, gone=["en/a.html"])
    assert linked.record.needed("media") == set()


def test_the_outputs_of_a_page_are_known(linked: Site) -> None:
    assert linked.record.outputs_of_page(12) == ["a.html", "en/a.html"]
    assert linked.record.outputs_of_page(13) == []


def test_a_run_sees_what_it_did_and_others_only_when_it_has_ended(
    linked: Site,
) -> None:
    with linked.change_run("test") as run:
        run.delete("en/a.html")
        run.set_meta("position", "3")
        assert run.record.needed_by(PHOTO) == ["index.html"]
        assert run.record.meta("position") == "3"
        assert linked.record.needed_by(PHOTO) == ["en/a.html", "index.html"]
        assert linked.record.meta("position") is None
    assert linked.record.needed_by(PHOTO) == ["index.html"]


def test_the_manifest_is_no_output(linked: Site) -> None:
    names = ["a.html", "en/a.html", "index.html"]
    assert list(linked.record.names()) == sorted(linked.record.digests()) == names
    assert [output.name for output in linked.record.outputs()] == names
    assert linked.record.names_of_kind("page") == names


def test_an_output_that_is_as_it_was_writes_no_row(linked: Site) -> None:
    outputs = {output.name: output for output in linked.record.outputs()}
    with linked.change_run("test") as run:
        before = run.record.db.total_changes
        for output in outputs.values():
            assert run.keep(output)
        assert run.record.db.total_changes == before


def test_one_that_differs_writes_only_the_edges_that_differ(linked: Site) -> None:
    facts = {("card", str(number)): "x" for number in range(50)}
    with linked.change_run("test") as run:
        run.put(*made("a.html", "2", facts=facts))
    with linked.change_run("test") as run:
        before = run.record.db.total_changes
        run.put(*made("a.html", "2", facts={**facts, PAGE: "p"}))
        assert run.record.db.total_changes - before <= 1


def test_sizes_that_are_not_those_of_the_bytes_are_refused(linked: Site) -> None:
    output, body = made("a.html", "x")
    with pytest.raises(ValueError, match="a.html"), linked.change_run("test") as run:
        run.put(output, body + b"y")


def test_only_the_newest_runs_are_remembered(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.sites.recording.KEEP_RUNS", 3)
    monkeypatch.setattr("publishing.sites.recording.KEEP_CAUSES", 1)
    for number in range(5):
        with site.change_run(str(number)) as run:
            run.note("index.html", "frame")
            run.fail("x.html", "/x", "weil")
    told = site.record.runs(10)
    assert [found.cause for found in told] == ["4", "3", "2"]
    assert [len(found.rebuilt) for found in told] == [1, 0, 0]
    assert [len(found.failures) for found in told] == [1, 1, 1]
    assert [found.cause for found in site.record.runs(1)] == ["4"]


def test_two_portals_have_records_of_their_own(site: Site) -> None:
    other = Site.of("baihe.localhost", site.folder.parent)
    build(other, {"b.html": "x"})
    assert list(other.record.names()) == ["b.html"]
    assert "b.html" not in set(site.record.names())
    other.close()


def test_what_lies_below_a_folder_is_known(linked: Site) -> None:
    assert linked.record.names_below("en") == ["en/a.html"]
    assert linked.record.names_below("e") == []
    assert linked.record.has("a.html") and not linked.record.has("manifest.json")
    assert linked.record.address("a.html") == ("/a.html", "page")
    assert linked.record.needs_of("index.html") == [PHOTO]


def test_facts_that_begin_alike_are_found(linked: Site) -> None:
    assert list(linked.record.facts_like([("list", "5"), ("page",)])) == [
        (LIST, "l"),
        (PAGE, "p"),
    ]
    assert list(linked.record.facts_like([("list", "6")])) == []
