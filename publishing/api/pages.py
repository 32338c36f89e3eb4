"""``/pages/`` and ``/questions/``: the public pages of the portal, from its tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Page

from articles.models import QuestionPage
from home.links import split_language
from home.models import BasePage
from publishing.api.base import ApiViewSet
from publishing.api.finding import find, read_search_words
from publishing.api.page_fields import (
    COMMON,
    OWN,
    available_fields,
    column_fields,
    common_fields,
    own_fields,
)
from publishing.api.parameters import (
    read_choice,
    read_fields,
    read_window,
    read_year,
    refuse_together,
)
from publishing.api.problems import bad_parameter, nothing_there
from publishing.api.serializers import Json, moment
from publishing.light_rows import PageRow, kind_models

Order = Callable[[PageRow], Any]
# Ties are broken by id, so that no page is on two parts of a list.
ORDERS: dict[str, tuple[Order, bool]] = {
    "-first_published_at": (lambda row: (_seconds(row.published_at), row.id), True),
    "first_published_at": (lambda row: (_seconds(row.published_at), row.id), False),
    "-last_published_at": (lambda row: (_seconds(row.updated_at), row.id), True),
    "last_published_at": (lambda row: (_seconds(row.updated_at), row.id), False),
    "id": (lambda row: row.id, False),
    "-id": (lambda row: row.id, True),
    "tree": (lambda row: row.tree_path, False),
}
DEFAULT_ORDER = "-first_published_at"


def _seconds(value: Any) -> float:
    return value.timestamp() if value else 0.0


class PagesViewSet(ApiViewSet):
    name = "pages"
    model = Page
    parameters: ClassVar[dict[str, frozenset[str]]] = {
        "listing_view": frozenset(
            {"limit", "offset", "order", "fields", "kind", "column", "topic", "year"}
        ),
        "detail_view": frozenset({"fields"}),
        "find_view": frozenset({"html_path"}),
    }

    # --- views -----------------------------------------------------------------------

    def listing_view(self, request: Request) -> Response:
        query = request.GET
        kind = self.asked_kind()
        fields = self.asked_fields(kind, COMMON)
        window = read_window(query)
        order = read_choice(query, "order", list(ORDERS)) or DEFAULT_ORDER
        key, is_reversed = ORDERS[order]
        rows = sorted(self.selected(kind), key=key, reverse=is_reversed)
        shown = rows[window.offset : window.end]
        return self.listing(self.items(shown, fields), len(rows))

    def detail_view(self, request: Request, pk: int) -> Response:
        row = self.public_row(pk)
        available = available_fields(row.kind)
        fields = read_fields(request.GET, available, available)
        return Response(self.items([row], fields)[0])

    def find_view(self, request: Request) -> HttpResponseRedirect:
        """The page at an address of the portal, as a redirect to its details."""
        path = request.GET.get("html_path", "")
        language, plain = split_language(path, self.context.tree.languages)
        row = self.context.tree.by_path.get(plain)
        if row is None:
            raise nothing_there()
        self.public_row(row.id, language)
        location = self.context.endpoint("pages:detail", row.id, language=language)
        return HttpResponseRedirect(location)

    # --- what is asked for ---------------------------------------------------------------

    def asked_kind(self) -> str:
        return read_choice(self.request.GET, "kind", sorted(kind_models()))

    def asked_fields(self, kind: str, default: Sequence[str]) -> list[str]:
        return read_fields(self.request.GET, available_fields(kind), default)

    def selected(self, kind: str) -> Iterable[PageRow]:
        """The rows that pass the filters."""
        query, tree = self.request.GET, self.context.tree
        topic = self.asked_topic()
        year = read_year(query)
        column = self.asked_column()
        for row in tree.rows.values():
            if (
                self.context.language in row.languages
                and (not kind or row.kind == kind)
                and (column is None or _is_below(row, column))
                and (topic is None or topic in tree.page_topics.get(row.id, ()))
                and (year is None or _year(row) == year)
            ):
                yield row

    def asked_topic(self) -> int | None:
        slugs = {
            terms[self.context.language].slug: pk
            for pk, terms in self.context.tree.topics.items()
        }
        slug = read_choice(self.request.GET, "topic", list(slugs))
        return slugs[slug] if slug else None

    def asked_column(self) -> PageRow | None:
        """``?column=/minfadian/`` or ``minfadian``: all that is below a column, or below
        another page that holds pages (a campaign, a directory)."""
        written = self.request.GET.get("column")
        if written is None:
            return None
        row = self.context.tree.by_path.get(f"/{written.strip('/')}/")
        if row is None or not kind_models()[row.kind].is_container:
            raise bad_parameter("column", _("没有栏目“%(path)s”。") % {"path": written})
        return row

    def public_row(self, pk: int, language: str = "") -> PageRow:
        row = self.context.tree.rows.get(pk)
        if row is None or (language or self.context.language) not in row.languages:
            raise nothing_there()
        return row

    # --- what is answered ------------------------------------------------------------------

    def items(self, rows: Sequence[PageRow], fields: Sequence[str]) -> list[Json]:
        pages = self.prepared_pages(rows, fields)
        return [self.item(row, fields, pages.get(row.id)) for row in rows]

    def prepared_pages(
        self, rows: Sequence[PageRow], fields: Sequence[str]
    ) -> dict[int, BasePage]:
        """The page rows, read together; none where the tree knows all that is asked.

        Rows are of one kind wherever a field of a kind is asked for.
        """
        if not rows or set(fields) <= {*COMMON, *OWN["column"]}:
            return {}
        model = kind_models()[rows[0].kind]
        found = model._default_manager.in_bulk([row.id for row in rows])
        self.context.reader.prepare(found.values())
        return dict(found)

    def item(self, row: PageRow, fields: Sequence[str], page: BasePage | None) -> Json:
        values = common_fields(row, self.to_json)
        if row.kind == "column":
            values |= column_fields(row, self.to_json)
        elif page is not None:
            values |= own_fields(page, self.to_json)
        return {
            "id": row.id,
            "meta": self.meta(row),
            **{name: values[name] for name in fields},
        }

    def meta(self, row: PageRow) -> Json:
        card = self.context.tree.card(row.id, self.context.language)
        if card is None:
            raise nothing_there()
        return {
            **self.to_json.page_meta(card),
            "slug": row.path.strip("/").rpartition("/")[2],
            "languages": [
                code for code in self.context.tree.languages if code in row.languages
            ],
            "parent_id": row.parent_id,
            "show_in_menus": row.show_in_menus,
            "last_published_at": moment(row.updated_at),
        }


class QuestionsViewSet(PagesViewSet):
    """The pages of the kind ``question``; searchable, since that is what they are for."""

    name = "questions"
    model = QuestionPage
    parameters: ClassVar[dict[str, frozenset[str]]] = {
        "listing_view": frozenset(
            {"q", "limit", "offset", "order", "fields", "column", "topic", "year"}
        ),
        "detail_view": frozenset({"fields"}),
        "find_view": frozenset({"html_path"}),
    }

    def listing_view(self, request: Request) -> Response:
        if "q" not in request.GET:
            return super().listing_view(request)
        refuse_together(request.GET, "q", ("order", "column"))
        fields = self.asked_fields("question", COMMON)
        self.asked_topic()
        found = find(self.context, read_search_words(request.GET), kind="question")
        rows = [self.context.tree.rows[hit.page_id] for hit in found.hits]
        return self.listing(self.items(rows, fields), found.total)

    def asked_kind(self) -> str:
        return "question"

    def public_row(self, pk: int, language: str = "") -> PageRow:
        row = super().public_row(pk, language)
        if row.kind != "question":
            raise nothing_there()
        return row


def _is_below(row: PageRow, column: PageRow) -> bool:
    return row.id != column.id and row.tree_path.startswith(column.tree_path)


def _year(row: PageRow) -> int | None:
    if row.published_at is None:
        return None
    return timezone.localtime(row.published_at).year
