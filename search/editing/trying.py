"""The effect of a synonym or best bet that is not saved yet: before and after.

The form is sent as it stands to a view of its own, whose answer shows in a frame beside
it. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from markupsafe import Markup
from wagtail.admin.auth import permission_denied

from home.models import Portal
from home.record_admin import record_portals
from search.editing.words import BestBetViewSet, SynonymViewSet, WordViewSet
from search.models import BestBet, PortalSynonym
from search.pages import kind_label
from search.portal_words import PortalWords, bets_of, synonyms_in_force
from search.query_analysis import LONGEST_QUERY
from search.service import SearchHit, SearchRequest, search
from search.wordlists import lines

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A hit; ``moved`` says in words what the unsaved entry did to it."""

    kind_label: str
    heading: Markup
    moved: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    query: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    added_words: tuple[str, ...]  # looked for as well from now on

    @property
    def is_same(self) -> bool:
        return [one.heading for one in self.before] == [
            one.heading for one in self.after
        ]


def try_view(viewsets: dict[str, WordViewSet]) -> Any:
    """The view for the forms of these viewsets, by the names of their models."""

    @require_POST
    def view(request: HttpRequest, model: str, pk: int) -> HttpResponse:
        viewset = viewsets.get(model)
        if viewset is None:
            raise Http404
        own = record_portals(request.user)
        if not own.exists():
            denied: HttpResponse = permission_denied(request)
            return denied
        instance = None
        if pk:
            instance = viewset.model.objects.filter(pk=pk, portal__in=own).first()
            if instance is None:
                raise Http404
        form: Any = viewset.try_form(
            request.POST,
            instance=instance,
            for_user=request.user,  # type: ignore[call-arg]  # Wagtail's form
        )
        return TemplateResponse(request, "search/try_results.html", _context(form))

    return view


def _context(form: ModelForm[Any]) -> dict[str, Any]:
    if not form.is_valid():
        problems = [
            f"{form.fields[name].label}：{problem}" if name in form.fields else problem
            for name, found in form.errors.items()
            for problem in found
        ]
        return {"problems": problems}
    query = str(form.data.get("try_query", "")).strip()[:LONGEST_QUERY]
    return {"trial": run_trial(form.instance, query), "problems": []}


def run_trial(entry: PortalSynonym | BestBet, query: str) -> Trial:
    """The first results for a query, without and with an entry that is not saved.

    Without a query the entry's own first words are tried.
    """
    portal = entry.portal
    query = query or _own_words(entry)
    before, after = _words(portal, None), _words(portal, entry)
    found = _search(portal, query, before)
    wanted = _search(portal, query, after)
    places = {hit.entry.key: place for place, hit in enumerate(found)}
    return Trial(
        query=query,
        before=tuple(_line(hit) for hit in found),
        after=tuple(
            _moved_line(hit, place, places.get(hit.entry.key))
            for place, hit in enumerate(wanted)
        ),
        added_words=_added(before, after, query),
    )


def _own_words(entry: PortalSynonym | BestBet) -> str:
    text = entry.lay if isinstance(entry, PortalSynonym) else entry.queries
    return lines(text)[0]


def _words(portal: Portal, entry: PortalSynonym | BestBet | None) -> PortalWords:
    """The portal's words; with ``entry``, as if it were saved."""
    synonyms, bets = synonyms_in_force(portal), bets_of(portal)
    if isinstance(entry, PortalSynonym):
        synonyms = [entry, *(one for one in synonyms if one.pk != entry.pk)]
    elif isinstance(entry, BestBet):
        bets = [entry, *(one for one in bets if one.pk != entry.pk)]
    return PortalWords.of(portal.pk, synonyms, bets)


def _search(portal: Portal, query: str, words: PortalWords) -> tuple[SearchHit, ...]:
    request = SearchRequest(query, portal.pk, settings.LANGUAGE_CODE, page_size=SHOWN)
    return search(request, words=words).hits


def _added(before: PortalWords, after: PortalWords, query: str) -> tuple[str, ...]:
    """In the order in which they weigh."""
    known, now = (
        {
            other.term.text: other.weight
            for concept in words.analyze(query).concepts
            for other in concept.alternatives
        }
        for words in (before, after)
    )
    added = [text for text in now if text not in known]
    return tuple(sorted(added, key=lambda text: -now[text]))


def _line(hit: SearchHit) -> Line:
    return Line(kind_label(hit.kind), hit.heading)


def _moved_line(hit: SearchHit, place: int, before: int | None) -> Line:
    label = kind_label(hit.kind)
    if before is None:
        return Line(label, hit.heading, _("新出现"), is_new=True)
    if before == place:
        return Line(label, hit.heading)
    moved = _("上升 %(steps)s 位") if before > place else _("下降 %(steps)s 位")
    return Line(label, hit.heading, moved % {"steps": abs(before - place)})


VIEWSETS: dict[str, WordViewSet] = {
    "portalsynonym": SynonymViewSet("search-synonyms"),
    "bestbet": BestBetViewSet("search-best-bets"),
}
