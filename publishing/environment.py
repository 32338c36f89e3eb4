"""The Jinja2 environment of the public pages: strict, translated, a few filters.

What depends on the page (``frame``, ``page``, ``href``, ``asset``, ``language``) comes
in the context and never from here, so one compiled template serves every portal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from datetime import date, datetime
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import ngettext, npgettext
from jinja2 import Environment, StrictUndefined, Template, nodes
from jinja2.runtime import Context
from markupsafe import (  # type: ignore[attr-defined]  # what ``escape`` itself calls
    Markup,
    _escape_inner,
    escape,
)

from home.dates import format_day
from home.wording.translating import gettext, markup, markup_memory, pgettext
from publishing.colors import readable, tint
from publishing.inlining import PlainCode, inline
from publishing.shared_parts import SharedPartExtension

KILOBYTE = 1024
MEGABYTE = KILOBYTE * KILOBYTE


class PublicContext(Context):
    """One for each part of a page: it does not list its globals again, which are the
    same everywhere."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        super().__init__(environment, parent, name, blocks)


class PublicEnvironment(Environment):
    """Finds a compiled template by its name alone.

    A page includes thirty parts, and Jinja's own way to each is through a lock, a weak
    reference and a check whether the globals are still the same.
    """

    context_class = PublicContext
    code_generator_class = PlainCode

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, Template] = {}
        self.shown = shown

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        if not self.auto_reload:  # a part that changes is not seen in the whole
            source = inline(source, self._part)
        return super()._generate(source, name, filename, defer_init)

    def _part(self, name: str) -> nodes.Template:
        assert self.loader is not None  # noqa: S101  (for the type: Django sets it)
        source, filename, _is_current = self.loader.get_source(self, name)
        return self._parse(source, name, filename)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> dict[str, Any]:
        """A plain dict: Jinja's chain of them is read anew for each part of a page."""
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: Any = None,
    ) -> Template:
        if self.auto_reload or globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = super().get_template(name, parent)
        return found


def environment(**options: Any) -> Environment:
    """Build the environment; Django passes loader, autoescape and auto_reload."""
    settings: dict[str, Any] = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "autoescape": True,
        "extensions": ["jinja2.ext.i18n", SharedPartExtension],
    }
    result = PublicEnvironment(**{**settings, **options})
    result.policies["ext.i18n.trimmed"] = True
    result.install_gettext_callables(  # type: ignore[attr-defined]  # added by i18n
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    # Jinja's own calls the one above through four others.
    result.globals["_"] = say
    result.filters.update(
        {
            "date": format_date,
            "datetime": format_datetime,
            "iso": format_iso,
            "filesize": format_file_size,
            "language_tag": language_tag,
            "provision_number": provision_number,
            "readable": readable,
            "shortened": shortened,
            "tint": tint,
        }
    )
    result.globals["interface_language"] = interface_language
    return result


def shown(value: object) -> str:
    """What a template puts out, escaped; Jinja's own makes a ``Markup`` of it."""
    kind = type(value)
    if kind is str:
        return _escape_inner(cast("str", value))
    if kind is Markup:
        return cast("Markup", value)
    return escape(value)


def say(message: str, /, **variables: Any) -> Markup:
    """``_("…", name=…)`` in a template: translated, its variables escaped."""
    if variables:
        return Markup(gettext(message)) % variables  # noqa: S704  (words of the source)
    return markup(message)


def saying() -> Callable[..., Markup]:
    """``say`` for one page, whose language stays the same."""
    known = markup_memory()

    def said(message: str, /, **variables: Any) -> Markup:
        return say(message, **variables) if variables else known(message)

    return said


def _local(moment: datetime) -> datetime:
    """In the time of the portals, whatever zone an editor has chosen for the admin."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(timezone.get_default_timezone())


def format_date(value: date | datetime | None) -> str:
    """A day as people read it, 2026年3月1日; empty for None."""
    if value is None:
        return ""
    day = _local(value) if isinstance(value, datetime) else value
    return format_day(day)


def format_datetime(moment: datetime | None) -> str:
    """Local time to the minute, as the checklist asks: 2026-03-01 09:30."""
    return _local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def format_iso(value: date | datetime | None) -> str:
    """For machines (``<time datetime>``, Atom): ISO 8601, with the offset if known."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local(value).isoformat(timespec="seconds")
    return value.isoformat()


def format_file_size(size: int) -> str:
    """The size of an attachment, 345 KB or 1.2 MB; never 0 KB for a file."""
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / MEGABYTE:.1f} MB"


def language_tag(code: str) -> str:
    """The ``lang`` attribute for one of our codes: zh-hans becomes zh-Hans."""
    language, _, script = code.partition("-")
    return f"{language}-{script.title()}" if len(script) == len("Hans") else code


def interface_language() -> str:
    """The language of our own words on the page: Chinese where nobody translated them.

    Elements that hold nothing else say so, or a voice for Zhuang would read Chinese.
    """
    # Translators: the code of the language that you translate into, for example en.
    return pgettext("language of the interface", "zh-hans")


def provision_number(anchor: str) -> str:
    """The number in an anchor as people write it in short: t1046, t17-1 → 17之1.

    The index of a statute in parts lists more than a thousand of them; the full
    Chinese numerals would make it too heavy for a village line.
    """
    number, _, suffix = anchor.removeprefix("t").partition("-")
    if not suffix:
        return number
    return gettext("%(number)s之%(suffix)s") % {"number": number, "suffix": suffix}


def shortened(link: str, own_link: str) -> str:
    """``link`` as seen from the page at ``own_link``, where it lies at or below it.

    >>> shortened("/laws/minfadian/b5c2/#t1046", "/laws/minfadian/")
    'b5c2/#t1046'
    >>> shortened("/laws/tudi/#c1", "/laws/tudi/")
    '#c1'
    """
    folder = own_link[: own_link.rfind("/") + 1]
    below = link.removeprefix(folder)
    return below if folder and below else link
