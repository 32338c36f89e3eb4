"""A portal out of its file: all of it or nothing, under numbers that are free here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import FileField, ForeignKey, Max
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.log_actions import log
from wagtail.models import (
    Locale,
    Page,
    ReferenceIndex,
    Revision,
    Site,
)
from wagtail.search import index

from home.models import HomePage, Portal
from home.outbox import record_change
from home.portals.forms import free_slug, taken_host
from home.portals.provisioning import PortalSpec, create_portal
from home.portals.transfer import named, writing
from home.portals.transfer.archive import MODEL, Archive, Rows, TransferError
from home.portals.transfer.mapping import Numbers
from home.portals.transfer.tables import NATURAL, columns, plain
from media.models import PortalDocument, PortalImage

After = Callable[[Portal], object]

_after: list[After] = []


def register_after_import(step: After) -> None:
    """Let an app to the right make anew what it derives from a portal's rows."""
    _after.append(step)


@dataclass(slots=True)
class Imported:
    portal: Portal
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def import_portal(path: Path, *, host: str = "", actor: Any = None) -> Imported:
    """Raises ``TransferError`` and ``ValidationError``; then nothing is written."""
    archive = Archive(path)
    stored: list[tuple[Any, str]] = []
    try:
        with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
            return _Import(archive, host, actor, stored).run()
    except BaseException:
        for storage, name in stored:
            storage.delete(name)
        raise
    finally:
        archive.close()


class _Import:
    def __init__(
        self,
        archive: Archive,
        host: str,
        actor: Any,
        stored: list[tuple[Any, str]],
    ) -> None:
        self.archive = archive
        self.actor = actor
        self.stored = stored
        self.given = archive.json(writing.PORTAL)
        self.host = host or self.given["host"]
        self.tables: dict[MODEL, Rows] = dict(archive.tables())
        self.notes: list[str] = []
        self.counts: dict[str, int] = {}
        self.shared: dict[MODEL, dict[str, int]] = {}
        self.maps: dict[MODEL, dict[int, int]] = {}
        self.accounts: dict[str, Any] = {}

    def run(self) -> Imported:
        self._check_free()
        self._find_shared()
        self._number()
        self.accounts = named.make_accounts(
            self.archive, self.shared[get_user_model()], self.notes
        )
        self.numbers = Numbers(self.maps)
        self.drafted_numbers = Numbers({**self.maps, **self._shared_numbers()})
        portal = create_portal(self._spec(), make_home=self._make_home)
        self._make_rest(portal)
        named.make_tags(self.archive, self.numbers)
        named.make_restrictions(self.archive, self.numbers)
        named.give_roles(self.archive, self.accounts, portal)
        self._reset_sequences()
        self._derive(portal)
        data = {"host": portal.host, "from": self.archive.manifest["host"]}
        log(instance=portal, action="home.portal.import", user=self.actor, data=data)
        # Read anew: the making of the portal remembers identities that are replaced.
        fresh = Portal.objects.get(pk=portal.pk)
        return Imported(fresh, self.counts, self.notes)

    # --- before anything is written -------------------------------------------------

    def _check_free(self) -> None:
        code = self.given["fields"]["region_code"]
        if taken_host(self.host):
            raise TransferError(_("这个域名已经有门户在用：%s") % self.host)
        if Portal.objects.filter(region_code=code).exists():
            raise TransferError(_("这个行政区划代码已经有门户在用：%s") % code)

    def _find_shared(self) -> None:
        """Terms by their slug, regions by their code; what is missing is made."""
        given = self.archive.json(writing.SHARED)
        user = get_user_model()
        self.shared = {
            ContentType: {
                f"{kind.app_label}.{kind.model}": kind.pk
                for kind in ContentType.objects.all()
            },
            Locale: dict(plain(Locale).values_list("language_code", "pk")),
            user: dict(plain(user).values_list(user.USERNAME_FIELD, "pk")),
        }
        for model, key in NATURAL.items():
            known = dict(plain(model).values_list(key, "pk"))
            self.shared[model] = known
            waiting = [row for row in given[model._meta.label] if row[key] not in known]
            while waiting:
                row = waiting.pop(0)
                above = row.get("parent")
                if above and above["key"] not in known:
                    waiting.append(row)
                    continue
                made = model()
                self._fill(made, {k: v for k, v in row.items() if k != "id"})
                made.save()
                known[row[key]] = made.pk
                self.notes.append(_("新建了“%s”。") % made)

    def _number(self) -> None:
        """Every row's number here: the old one where all of its table are free, so
        that addresses that hold a number stay; else new ones in the old order."""
        for model, rows in self.tables.items():
            pk = model._meta.pk
            if isinstance(pk, ForeignKey):
                continue  # the number is that of another row
            old = [row[pk.name] for row in rows]
            taken = any(
                plain(model).filter(pk__in=old[at : at + 500]).exists()
                for at in range(0, len(old), 500)
            )
            if not taken:
                self.maps[model] = {number: number for number in old}
                continue
            top = plain(model).aggregate(top=Max("pk"))["top"] or 0
            numbered = enumerate(sorted(old), start=max(top, *old) + 1)
            self.maps[model] = {number: new for new, number in numbered}

    def _spec(self) -> PortalSpec:
        values = dict(self.given["fields"])
        old = values.pop("id")
        if not Portal.objects.filter(pk=old).exists():
            values["id"] = old
        parent = Portal.objects.filter(site__hostname=self.given["parent"]).first()
        values["parent"] = parent
        values.pop("name"), values.pop("region_name")
        slug = self.given["home"]["url_path"].strip("/")
        if Page.objects.filter(depth=2, slug=slug).exists():
            slug = free_slug(values["region_name_zh_hans"], values["region_code"])
        return PortalSpec(host=self.host, slug=slug, portal=values)

    # --- pages -----------------------------------------------------------------------

    def _make_home(self, spec: PortalSpec) -> HomePage:
        """The whole tree; its home page is a new child of the root."""
        root = Page.objects.get(depth=1)
        last = root.get_last_child()
        path = last._inc_path() if last else root._get_path(root.path, 2, 1)
        self._move_pages(path, spec.slug)
        for model in self.tables:
            if issubclass(model, Page) or model is Revision:
                self._insert(model)
        Page.objects.filter(pk=root.pk).update(numchild=root.numchild + 1)
        found: HomePage = HomePage.objects.get(path=path)
        return found

    def _move_pages(self, path: str, slug: str) -> None:
        old = self.given["home"]
        keys = {row["translation_key"] for row in self.tables[Page]}
        is_taken = Page.objects.filter(translation_key__in=keys).exists()
        for row in self.tables[Page]:
            is_home = row["path"] == old["path"]
            row["path"] = path + row["path"][len(old["path"]) :]
            row["depth"] = len(row["path"]) // Page.steplen
            row["url_path"] = f"/{slug}/" + row["url_path"][len(old["url_path"]) :]
            if is_home:
                row["slug"] = slug
            if is_taken:
                row["translation_key"] = str(Page().translation_key)
        places = {str(row["id"]): row for row in self.tables[Page]}
        home = next(row for row in places.values() if row["path"] == path)
        for row in self.tables.get(Revision, []):
            content = row["content"]
            place = places.get(row["object_id"], home)
            names = ("path", "depth", "url_path", "translation_key")
            content |= {name: place[name] for name in names}
            if place is home:
                content["slug"] = slug

    # --- rows ------------------------------------------------------------------------

    def _make_rest(self, portal: Portal) -> None:
        for model in self.tables:
            if issubclass(model, Page) or model is Revision:
                continue
            self._insert(model, portal)

    def _insert(self, model: MODEL, portal: Portal | None = None) -> None:
        rows = self.tables[model]
        if portal is not None and self._is_filled(model, portal):
            self.notes.append(
                _("%s：这里已经随门户建好，没有用文件里的。") % model._meta.verbose_name
            )
            return
        done = 0
        for row in rows:
            made = model()
            values = self._own(model, row, portal)
            if values is None:
                continue
            self._fill(made, values)
            made.save_base(raw=True, force_insert=True)
            done += 1
        self.counts[model._meta.label] = done
        if done < len(rows):
            self.notes.append(
                _("%(label)s：%(count)s 条的关系不在这里，没有导入。")
                % {"label": model._meta.verbose_name, "count": len(rows) - done}
            )

    def _is_filled(self, model: MODEL, portal: Portal) -> bool:
        """Whether the making of the portal has filled this table already; identities
        and other settings of a site make room for those of the file."""
        own = {Site: portal.site_id, Portal: portal.pk}
        for column in columns(model):
            if column.related_model in own:
                number = own[column.related_model]
                here = plain(model).filter(**{column.attname: number})
                if column.related_model is Site and issubclass(model, BaseSiteSetting):
                    here.delete()
                return bool(here.exists())
        return False

    def _own(
        self, model: MODEL, row: dict[str, Any], portal: Portal | None
    ) -> dict[str, Any] | None:
        """The row with the numbers of this installation; None where one is missing
        that it cannot be without."""
        values = dict(row)
        for column in columns(model):
            value = row[column.name]
            if column is model._meta.pk and column.related_model is None:
                values[column.name] = self.numbers.of(model, value)
            elif column.related_model is Site and portal is not None:
                values[column.name] = portal.site_id
            elif column.related_model is Portal and portal is not None:
                values[column.name] = portal.pk
            elif column.name == "collection" and portal is not None:
                values[column.name] = portal.collection_id
            elif isinstance(column, ForeignKey) and value is not None:
                if not (isinstance(value, dict) and "key" in value):
                    values[column.name] = self.numbers.of(column.related_model, value)
                elif self.shared[column.related_model].get(value["key"]) is None:
                    values[column.name] = None
            elif column.related_model is None:
                values[column.name] = self.numbers.column(column, value)
            if values[column.name] is None and value is not None and not column.null:
                return None
        if model is Revision:
            self._own_revision(values)
        return values

    def _own_revision(self, values: dict[str, Any]) -> None:
        values["object_id"] = str(self.numbers.of(Page, values["object_id"]))
        kind = values["content_type"]["key"]
        content = dict(values["content"])
        # Who locked or owned it there is nobody here.
        for name in ("owner", "locked_by", "latest_revision", "live_revision"):
            if name in content:
                content[name] = None
        content["content_type"] = self.shared[ContentType][kind]
        if "locale" in content:
            content["locale"] = Locale.get_default().pk
        values["content"] = self._content(apps.get_model(kind), content)

    def _content(self, model: MODEL, content: dict[str, Any]) -> dict[str, Any]:
        names = {"content_type", "locale"} & content.keys()
        kept = {name: content[name] for name in names}
        return self.drafted_numbers.content(model, content) | kept

    def _shared_numbers(self) -> dict[MODEL, dict[int, int]]:
        """A revision names terms by their old numbers."""
        given = self.archive.json(writing.SHARED)
        return {
            model: {
                row["id"]: self.shared[model][row[key]]
                for row in given[model._meta.label]
            }
            for model, key in NATURAL.items()
        }

    def _fill(self, made: Any, values: dict[str, Any]) -> None:
        for column in columns(type(made)):
            if column.name not in values:
                continue
            value = values[column.name]
            if isinstance(value, dict) and set(value) == {"key"}:
                value = self.shared[column.related_model].get(value["key"])
            if isinstance(column, FileField):
                setattr(made, column.attname, self._store(column, value))
            elif isinstance(column, ForeignKey):
                setattr(made, column.attname, value)
            else:
                setattr(made, column.attname, column.to_python(value))

    def _store(self, column: FileField, name: str) -> str:
        body = self.archive.file(name) if name else None
        if body is None:
            return name
        if PurePosixPath(name).is_absolute():
            raise TransferError(_("文件里的这一部分不对：%s") % name)
        stored: str = column.storage.save(name, ContentFile(body))
        self.stored.append((column.storage, stored))
        return stored

    def _reset_sequences(self) -> None:
        statements = connection.ops.sequence_reset_sql(
            no_style(), [Portal, *self.tables]
        )
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _derive(self, portal: Portal) -> None:
        """What pages note of their texts; then whatever apps to the right keep."""
        home = portal.site.root_page
        found: list[Any] = [*home.get_descendants(inclusive=True).specific()]
        for page in found:
            if page.live:
                page._store_references()
        for model in (PortalImage, PortalDocument):
            found += model.objects.filter(collection=portal.collection)
        for item in found:
            ReferenceIndex.create_or_update_for_object(item)
            index.insert_or_update_object(item)
        record_change(portal, "branch", home.pk)
        for step in _after:
            step(portal)
