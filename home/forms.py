"""The forms of pages and identities in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.fields import TranslationField
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.models import register_form_field_override, registry
from wagtail.blocks.base import BlockField
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.languages import localized, translated_fields
from home.publication import slug_taken
from home.streams import References, body_blocks, references
from media.access import foreign_ids
from media.models import PortalDocument, PortalImage

# Buttons of the page form after which the page is public, or a colleague decides on it.
PUBLISHING_BUTTONS = ("action-publish", "action-submit", "action-restart-workflow")


TIMING_HELP = {
    "go_live_at": gettext_lazy(
        "留空时一点“发布”就公开。公开的时间由系统记下，不能改。"
    ),
    "expire_at": gettext_lazy("到这个时间自动从网站撤下；留空时一直公开。"),
}

FOREIGN_IMAGE = gettext_lazy("选用的图片不在本门户的图片库里，请重新选择。")


def _as_before(_sent: Any, initial: Any) -> Any:
    """In place of ``Field.bound_data``."""
    return initial


def as_original(field: Any) -> dict[str, Any]:
    """The column of a language gets the input of the field that it translates.

    Wagtail knows that one by its exact class; otherwise a line takes ten.
    """
    return registry.get(field.translated_field) or {}


register_form_field_override(TranslationField, override=as_original)


# The portal whose form is checked just now: a block knows neither page nor form.
checked_portal: ContextVar[Any] = ContextVar("checked_portal", default=None)


class PortalFormMixin:
    """What a form of something that belongs to one portal has to do."""

    instance: Any
    fields: dict[str, forms.Field]
    for_user: Any

    @property
    def portal(self) -> Any:
        raise NotImplementedError

    def full_clean(self) -> None:
        before = checked_portal.set(self.portal)
        try:
            super().full_clean()  # type: ignore[misc]  # a mix-in of forms
        finally:
            checked_portal.reset(before)

    def keep_used_languages(self) -> None:
        """A removed field is neither shown nor saved, so its stored text stays."""
        used = self.portal.languages if self.portal else [settings.LANGUAGE_CODE]
        model = type(self.instance)
        for code, language in settings.LANGUAGES:
            for name in translated_fields(model):
                if code not in used:
                    self.fields.pop(localized(name, code), None)
                elif field := self.fields.get(localized(name, code)):
                    field.label = model._meta.get_field(name).verbose_name
                    if code != settings.LANGUAGE_CODE:
                        field.label = _("%(label)s（%(language)s）") % {
                            "label": field.label,
                            "language": language,
                        }

    def require_main_language(self) -> None:
        """Its columns may be empty in the database, as those of every language."""
        model = type(self.instance)
        for name in translated_fields(model):
            field = self.fields.get(localized(name, settings.LANGUAGE_CODE))
            if field is not None and not model._meta.get_field(name).blank:
                field.required = True

    def limit_choices(self) -> None:
        """Offer the records and regions of the own portal, and no other's.

        What is not offered is refused, so this is the check as well. Their query sets
        have ``of_portal``.
        """
        for name, field in self.fields.items():
            if not isinstance(field, forms.ModelChoiceField):
                continue
            choices: Any = field.queryset
            if choices is not None and hasattr(choices, "of_portal"):
                own = choices.of_portal(self.portal) if self.portal else choices.none()
                field.queryset = own
                if hasattr(own, "as_choices"):
                    _list(field, own.of_field(name))

    def foreign_choices(self, chosen: References) -> list[str]:
        """Why these pictures, files and pages may not be used here, in sentences.

        A chooser offers what the person may choose, but its hidden input takes any
        number that is typed; and who works for two portals may choose from both.
        """
        problems = []
        if self._foreign_media(PortalImage, chosen.images):
            problems.append(str(FOREIGN_IMAGE))
        if self._foreign_media(PortalDocument, chosen.documents):
            problems.append(_("选用的文件不在本门户的文件库里，请重新选择。"))
        if chosen.pages and chosen.pages - set(self._own_pages(chosen.pages)):
            problems.append(
                _("链接到的页面不在本门户里，请重新选择；其他网站用网址链接。")
            )
        return problems

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # a mix-in of forms
        self.conceal_foreign()

    def conceal_foreign(self) -> None:
        """A field that names what the person may not see is shown as it was before.

        A chooser that is shown again, because of whatever error, writes out the title
        behind the number that was typed.
        """
        for name, field in self.fields.items():
            sent = self[name].data  # type: ignore[index]  # a form
            if self._names_hidden(self._references_of(field, sent)):
                field.bound_data = _as_before  # type: ignore[assignment]  # its stub is unbound

    def _references_of(self, field: forms.Field, sent: Any) -> References:
        if isinstance(field, BlockField) and sent is not None:
            return references(body_blocks(sent.get_prep_value()))
        model = getattr(getattr(field, "queryset", None), "model", None)
        if model is None or not str(sent).isdecimal():
            return References()
        chosen = {int(sent)}
        return References(
            images=chosen if model is PortalImage else set(),
            documents=chosen if model is PortalDocument else set(),
            pages=chosen if issubclass(model, Page) else set(),
        )

    def _names_hidden(self, chosen: References) -> bool:
        user = self.for_user
        visible = page_permission_policy.explorable_instances(user)
        pages = visible.filter(pk__in=chosen.pages).values_list("pk", flat=True)
        return bool(
            (chosen.images and foreign_ids(user, PortalImage, chosen.images))
            or (
                chosen.documents and foreign_ids(user, PortalDocument, chosen.documents)
            )
            or (chosen.pages and chosen.pages - set(pages))
        )

    def _foreign_media(self, model: type[Any], ids: set[int]) -> bool:
        if not ids:
            return False
        own = model.objects.filter(pk__in=ids)
        if self.portal is not None:
            own = own.filter(collection__path__startswith=self.portal.collection.path)
        not_here = ids - set(own.values_list("pk", flat=True))
        return bool(not_here or foreign_ids(self.for_user, model, ids))

    def _own_pages(self, ids: set[int]) -> Iterable[int]:
        if self.portal is None:
            return []
        root = self.portal.site.root_page.path
        own = Page.objects.filter(pk__in=ids, path__startswith=root)
        return own.values_list("pk", flat=True)


def _list(field: Any, regions: Any) -> None:
    """In place of a chooser: a county has some ten townships, and a window that opens
    to search among all regions is no help in finding one."""
    field.queryset = regions
    field.widget = forms.Select()
    field.choices = [("", "—"), *regions.as_choices()]


class BasePageForm(PortalFormMixin, WagtailAdminPageForm):
    """Offers only the languages of the page's portal, and checks before publishing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name, text in TIMING_HELP.items():
            if name in self.fields:
                self.fields[name].help_text = text
        self.keep_used_languages()
        self.require_main_language()
        self.limit_choices()
        self._used_before = self.instance.all_references()

    @cached_property
    def portal(self) -> Any:
        if self.instance.portal is not None:
            return self.instance.portal
        parent = self.parent_page.specific if self.parent_page is not None else None
        return getattr(parent, "portal", None)

    def clean(self) -> dict[str, Any]:
        """In place of Wagtail's, which says in English what it has to say."""
        cleaned: dict[str, Any] = super(WagtailAdminPageForm, self).clean()
        slug = cleaned.get("slug")
        if slug and not Page._slug_is_available(slug, self.parent_page, self.instance):
            self.add_error("slug", slug_taken(slug))
        return cleaned

    def _post_clean(self) -> None:
        """The first moment at which the instance holds what was typed."""
        super()._post_clean()
        if self.errors:
            return
        uses = self.instance.all_references()
        for problem in self.foreign_choices(uses.beyond(self._used_before)):
            self.add_error(None, problem)
        # What hinders publication may name what the page refers to.
        if self._is_publishing() and not self.errors:
            for problem in self.instance.publication_problems():
                self.add_error(None, problem)

    def _is_publishing(self) -> bool:
        if any(self.data.get(button) for button in PUBLISHING_BUTTONS):
            return True
        return bool(
            self.data.get("action-workflow-action")
            and self.data.get("workflow-action-name") == "approve"
        )


class IdentityForm(PortalFormMixin, WagtailAdminModelForm):
    """The two records that say who carries and who writes a portal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_used_languages()
        self.require_main_language()
        if "logo" in self.fields:
            self.fields["logo"].error_messages["invalid_choice"] = str(FOREIGN_IMAGE)

    @cached_property
    def portal(self) -> Any:
        return getattr(self.instance.site, "portal", None)

    def clean_logo(self) -> Any:
        logo = self.cleaned_data["logo"]
        if logo is not None and logo.pk != self.initial.get("logo"):
            for problem in self.foreign_choices(References(images={logo.pk})):
                raise forms.ValidationError(problem)
        return logo
