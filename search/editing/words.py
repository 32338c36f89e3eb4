"""Synonyms and best bets in the admin, each with a place to try it before it is saved."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic

from home.models import Portal
from home.record_admin import (
    PortalRecordForm,
    PortalRecordViewSet,
    RecordEditView,
    RecordIndexView,
    record_portals,
)
from search.masking import without_labels
from search.models import BestBet, HandledQuery, PortalSynonym
from search.query_log import known_texts, mark_handled

# The name of the query in an address and of the hidden input that keeps it.
QUERY = "query"


class SynonymForm(PortalRecordForm):
    """Only a prefecture has counties to share with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_choice = "portal" in self.fields
        if not has_choice and self.portal.level != Portal.Level.PREFECTURE:
            self.fields.pop("is_shared", None)


class BestBetForm(PortalRecordForm):
    """The page is checked by the model, against the portal that is chosen."""


class WordIndexView(RecordIndexView):
    def get_base_queryset(self) -> Any:
        rows = super().get_base_queryset()
        return rows.select_related("page") if rows.model is BestBet else rows


class Trying:
    """For the forms: where what is not saved yet may be tried."""

    request: Any
    model: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # a mix-in
        name = self.model._meta.model_name
        saved = getattr(context["form"].instance, "pk", None)
        context["try_url"] = reverse("search_try", args=[name, saved or 0])
        context["answered_query"] = self.answered_query
        return context

    @property
    def answered_query(self) -> str:
        """The reader's query that the editor deals with, from the report."""
        source = self.request.POST or self.request.GET
        return str(source.get(QUERY, ""))


class WordCreateView(Trying, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        if text := without_labels(self.answered_query):
            initial["lay" if self.model is PortalSynonym else "queries"] = text
        if (portal := self.request.GET.get("portal", "")).isdecimal():
            own = record_portals(self.request.user).filter(pk=int(portal))
            initial["portal"] = own.first()
        return initial

    def save_instance(self) -> Any:
        saved = super().save_instance()
        outcome = (
            HandledQuery.Outcome.SYNONYM
            if self.model is PortalSynonym
            else HandledQuery.Outcome.BEST_BET
        )
        texts = known_texts(saved.portal, [self.answered_query])
        mark_handled(saved.portal, texts, outcome)
        return saved


class WordEditView(Trying, RecordEditView):
    pass


class WordViewSet(PortalRecordViewSet):
    add_to_admin_menu = False
    index_view_class = WordIndexView
    add_view_class = WordCreateView
    edit_view_class = WordEditView
    create_template_name = "search/word_form.html"
    edit_template_name = "search/word_form.html"
    search_backend_name = None  # plain matching: the words are short

    @property
    def try_form(self) -> type[forms.ModelForm[Any]]:
        form: type[forms.ModelForm[Any]] = self.get_form_class()
        return form


class SynonymViewSet(WordViewSet):
    model = PortalSynonym
    icon = "link"
    menu_label = _("同义词")
    base_form_class = SynonymForm
    list_display: ClassVar[list[Any]] = ["__str__", "strength", "reason"]
    list_filter: ClassVar[list[str]] = ["strength"]
    search_fields: ClassVar[list[str]] = ["lay", "legal", "reason"]


class BestBetViewSet(WordViewSet):
    model = BestBet
    icon = "pick"
    menu_label = _("推荐结果")
    base_form_class = BestBetForm
    list_display: ClassVar[list[Any]] = ["__str__", "first_day", "last_day"]
    search_fields: ClassVar[list[str]] = ["queries", "citation", "reason"]
