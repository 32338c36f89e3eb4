"""Facts that nobody compares: a change says that they are new.

What stands in a page's own row, a picture, a file, the text of a provision: they are
read for a batch of pages, and asking all of them again would be rendering.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from home.models import portal_records
from publishing.light_rows import PageRow
from publishing.sites.outputs import Fact
from publishing.tree import Tree
from publishing.tree_changes import Diff
from statutes.models import Statute

MEDIA = {"portalimage": "picture", "portaldocument": "attachment"}


def events(
    subjects: Iterable[tuple[str, str]], languages: Iterable[str]
) -> tuple[set[Fact], set[Fact]]:
    """(facts, beginnings of facts) that these changes make new."""
    exact: set[Fact] = set()
    beginnings: set[Fact] = set()
    found = list(subjects)
    slugs = _slugs({key for subject, key in found if subject == "statute"})
    for language in languages:
        for subject, key in found:
            exact |= set(_exact(subject, key, language))
        for slug in slugs:
            exact.add(("statute", language, f'["{slug}"]'))
            beginnings.add(("provision", language, f'["{slug}",'))
        if slugs:
            exact.add(("statute", language, '[""]'))
        if any(subject == "statute" and not slugs for subject, _key in found):
            beginnings |= {("statute", language, "["), ("provision", language, "[")}
    return exact, beginnings


def _exact(subject: str, key: str, language: str) -> Iterator[Fact]:
    if subject in ("page", "branch"):
        yield ("stored", language, f"[{key}]")
    elif subject == "media":
        model, _colon, media_id = key.partition(":")
        if model in MEDIA:
            yield (MEDIA[model], language, f"[{media_id}]")
    elif subject == "record":
        yield ("records_of", language, f'["{_label(key)}"]')


def _label(key: str) -> str:
    """
    >>> _label("office:5")
    'home.office'
    """
    name = key.partition(":")[0]
    return next(
        (
            model._meta.label_lower
            for model in portal_records()
            if model._meta.model_name == name
        ),
        name,
    )


def _slugs(keys: set[str]) -> set[str]:
    if not keys:
        return set()
    found = Statute.objects.filter(pk__in=keys).values_list("slug", flat=True)
    slugs = set(found)
    # One that was deleted is known by its number only: then all of them are asked.
    return slugs if len(slugs) == len(keys) else set()


def new_rows(old: Tree, new: Tree, diff: Diff) -> set[int]:
    """Pages whose row differs: a branch may have changed without naming each."""
    return {
        page_id
        for page_id in diff.pages
        if _moment(old.rows.get(page_id)) != _moment(new.rows.get(page_id))
    }


def _moment(row: PageRow | None) -> object:
    return row.updated_at if row is not None else None
