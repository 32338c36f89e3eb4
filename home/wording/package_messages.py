"""The texts of Wagtail and the other packages that their own Chinese catalogs lack.

``site/locale/zh_Hans`` holds them. It wins over the catalogs of the packages, so that it
also mends a wording of theirs which is wrong or not that of our screens.
"""

from __future__ import annotations

import gettext
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import django.conf
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

from home.wording.message_catalogs import is_translated, message_key, names, po_text

LOCALE = to_locale("zh-hans")
# Python and templates; what Wagtail's JavaScript says.
DOMAINS = ("django", "djangojs")
# No apps, but their texts stand in forms and messages of those that are.
MORE_PACKAGES = (
    "django.conf",
    "django.core",
    "django.db",
    "django.forms",
    "django.http",
    "django.template",
    "django.utils",
    "django.views",
    "django_filters",
    "treebeard",
)
# Of tests, of Django's own admin (which is not installed), of pages shown with DEBUG.
UNSEEN_FOLDERS = {"test", "tests", "management", "migrations", "project_template"}
UNSEEN_FILES = ("**/admin.py", "admin.py", "**/debug.py", "debug.py")
METHODS = [
    *((name, "ignore") for name in UNSEEN_FILES),
    ("**.py", "python"),
    ("**/templates/**.html", "home.wording.message_catalogs:extract_django_template"),
    ("**/templates/**.txt", "home.wording.message_catalogs:extract_django_template"),
    ("templates/**.html", "home.wording.message_catalogs:extract_django_template"),
    ("templates/**.txt", "home.wording.message_catalogs:extract_django_template"),
]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class PackageChanges:
    """What updating the catalog of a domain does to it."""

    untranslated: Sequence[str]
    removed: Sequence[str]
    is_changed: bool


class Untranslated(gettext.NullTranslations):
    """The last of a chain of catalogs: says nothing instead of the English text."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return ""


# --- what the packages say -------------------------------------------------------------


def app_folders() -> list[Path]:
    """The folders of the installed apps that are not the project's own."""
    return [
        Path(config.path)
        for config in apps.get_app_configs()
        if not Path(settings.BASE_DIR, config.name.partition(".")[0]).is_dir()
    ]


def package_folders() -> list[Path]:
    """Everything whose texts are read."""
    specs = filter(None, map(importlib.util.find_spec, MORE_PACKAGES))
    more = (Path(spec.origin).parent for spec in specs if spec.origin)
    return sorted({*app_folders(), *more})


def is_of_the_package(folder: str) -> bool:
    """Whether the texts of a folder are those of the package that it stands in.

    An app within it is not: where it is installed, it has its own turn.
    """
    name = Path(folder).name
    hidden = name.startswith((".", "_")) or name in UNSEEN_FOLDERS
    return not hidden and not Path(folder, "apps.py").exists()


def package_texts(domain: str) -> Catalog:
    """Every text of the installed packages, without a translation."""
    found = Catalog(locale=LOCALE, domain=domain)
    for folder in package_folders():
        if domain == "django":
            for _file, _line, message, _comments, context in extract_from_dir(
                folder, METHODS, keywords=KEYWORDS, directory_filter=is_of_the_package
            ):
                found.add(message, context=context)
        # Compiled JavaScript cannot be read; its English catalog can.
        elif (path := folder / f"locale/en/LC_MESSAGES/{domain}.po").exists():
            with path.open("rb") as file:
                for entry in read_po(file, domain=domain):
                    found.add(entry.id, context=entry.context)
    return found


def package_translation(domain: str) -> gettext.NullTranslations:
    """What the packages say in Chinese by themselves.

    Django reads its own catalog and those of the apps, not those of other packages.
    """
    chain = gettext.NullTranslations()
    for folder in (Path(django.conf.__file__).parent, *app_folders()):
        chain.add_fallback(
            gettext.translation(domain, folder / "locale", [LOCALE], fallback=True)
        )
    chain.add_fallback(Untranslated())
    return chain


def untranslated_texts(texts: Catalog, domain: str) -> list[Message]:
    """Those that no package says in Chinese."""
    chain = package_translation(domain)
    return [entry for entry in texts if entry.id and not said_by(chain, entry)]


def said_by(catalogs: gettext.NullTranslations, entry: Message) -> str:
    context, forms = entry.context, entry.id
    if isinstance(forms, str):
        if context is None:
            return catalogs.gettext(forms)
        return catalogs.pgettext(context, forms)
    if context is None:
        return catalogs.ngettext(forms[0], forms[1], 2)
    return catalogs.npgettext(context, forms[0], forms[1], 2)


# --- the catalog of ours ---------------------------------------------------------------


def package_catalog_path(domain: str) -> Path:
    folder = Path(settings.BASE_DIR, "site", "locale", LOCALE, "LC_MESSAGES")
    return folder / f"{domain}.po"


def read_package_catalog(domain: str) -> Catalog:
    with package_catalog_path(domain).open("rb") as file:
        return read_po(file, locale=LOCALE, domain=domain, abort_invalid=True)


def update_package_catalog(domain: str, *, is_dry_run: bool = False) -> PackageChanges:
    """Add what no package says in Chinese; drop what none of them says any more."""
    texts = package_texts(domain)
    catalog = read_package_catalog(domain)
    said = {message_key(entry) for entry in texts if entry.id}
    gone = {message_key(entry) for entry in catalog if entry.id} - said
    for text, context in gone:
        catalog.delete(text, context)
    for entry in untranslated_texts(texts, domain):
        if catalog.get(entry.id, entry.context) is None:
            catalog.add(entry.id, context=entry.context)
    written = po_text(catalog, is_alphabetical=True)
    path = package_catalog_path(domain)
    is_changed = written != path.read_bytes()
    if is_changed and not is_dry_run:
        path.write_bytes(written)
    return PackageChanges(
        untranslated=names(
            message_key(entry)
            for entry in catalog
            if entry.id and (entry.fuzzy or not is_translated(entry))
        ),
        removed=names(gone),
        is_changed=is_changed,
    )


def compile_package_catalog(domain: str) -> None:
    with package_catalog_path(domain).with_suffix(".mo").open("wb") as file:
        write_mo(file, read_package_catalog(domain))
