"""What the tables of service points and of places have in common: their rows are pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.directory.tables.cells import (
    Column,
    differs,
    read_decimal,
    read_number,
    write_decimal,
)
from home.directory.tables.regions import RegionNames
from home.models import BasePage, DirectoryPage, Portal, localized
from home.publication import needs_review

NAME = localized("heading", "zh-hans")
SUMMARY = localized("summary", "zh-hans")
# A place in the tree that no page has taken.
LAST_STEP = "Z" * BasePage.steplen


class PageTable:
    """``user`` None: a command, which may do everything."""

    model: ClassVar[type[BasePage]]
    title: ClassVar[str]
    # Fields that are copied as they were read.
    plain: ClassVar[tuple[str, ...]] = ()
    columns: Sequence[Column]

    def __init__(
        self,
        portal: Portal,
        directory: DirectoryPage,
        user: Any = None,
        *,
        publish: bool = False,
    ) -> None:
        self.portal = portal
        self.directory = directory
        self.user = user
        self.publish = publish
        self.regions = RegionNames(portal)
        self.columns = self.make_columns()
        pages = self.model._default_manager.child_of(directory).order_by("path")
        self.pages = {page.pk: page for page in pages}
        self.drafts = {
            pk: page.get_latest_revision_as_object() for pk, page in self.pages.items()
        }

    def make_columns(self) -> Sequence[Column]:
        raise NotImplementedError

    # --- finding -------------------------------------------------------------------------

    def key(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return (values[NAME], values.get("township", ""))

    def find(self, values: dict[str, Any]) -> Any | None:
        number = values.get("number")
        if number is not None:
            if number not in self.drafts:
                raise LookupError(
                    _("“%(directory)s”里没有编号 %(number)s；新增的请把编号空着。")
                    % {"directory": self.directory, "number": number}
                )
            return self.drafts[number]
        for page in self.drafts.values():
            township = str(page.township) if page.township else ""
            code = page.township.code if page.township else ""
            if getattr(page, NAME) == values[NAME] and (
                values.get("township", "") in (township, code)
            ):
                return page
        return None

    # --- assigning -----------------------------------------------------------------------

    def assign(self, known: Any | None, values: dict[str, Any]) -> tuple[Any, bool]:
        page = known if known is not None else self.model(live=False)
        wanted = self.wanted(page, values)
        changed = [
            name
            for name, value in wanted.items()
            if differs(getattr(page, name), value)
        ]
        for name in changed:
            setattr(page, name, wanted[name])
        becomes_public = self.publish and known is not None and not known.live
        return page, bool(changed) or becomes_public

    def wanted(self, page: Any, values: dict[str, Any]) -> dict[str, Any]:
        """Fields as the row wants them; a column that the table lacks stays as it is."""
        found = {
            name: values[name]
            for name in (NAME, SUMMARY, *self.plain)
            if name in values
        }
        problems = {}
        township = page.township
        try:
            if "township" in values:
                township = self.regions.township(values["township"])
                found["township_id"] = township.pk if township else None
        except ValueError as error:
            problems["township"] = str(error)
        try:
            if "village" in values and not problems:
                village = self.regions.village(values["village"], township)
                found["village_id"] = village.pk if village else None
        except ValueError as error:
            problems["village"] = str(error)
        if problems:
            raise ValidationError(problems)
        return found

    # --- checking and saving -------------------------------------------------------------

    def check(self, instance: Any, is_new: bool) -> None:
        self.check_permission(instance, is_new)
        if is_new:
            # Checked as the next child of its directory.
            instance.path = f"{self.directory.path}{LAST_STEP}"
            instance.depth = self.directory.depth + 1
        instance.full_clean(exclude=["path", "depth", "url_path"])
        problems = self.problems(instance) if self.publish else []
        if is_new:
            instance.path, instance.depth, instance.slug = "", None, ""
        if problems:
            raise ValidationError(problems)

    def problems(self, instance: Any) -> list[str]:
        found: list[str] = instance.publication_problems()
        return found

    def check_permission(self, instance: Any, is_new: bool) -> None:
        if self.publish and needs_review(self.directory):
            raise ValidationError(
                _("这个栏目的网页审核通过后才能发布，请导入成草稿，再送审。")
            )
        if self.publish and not is_new:
            page = self.pages[instance.pk]
            if page.live and page.has_unpublished_changes:
                raise ValidationError(
                    _("这个网页有还没有发布的修改，请先到后台发布或者放弃。")
                )
        if self.user is None or is_new:
            return
        if not self.pages[instance.pk].permissions_for_user(self.user).can_edit():
            raise ValidationError(_("您不能修改这个网页。"))

    def save(self, instance: Any, is_new: bool) -> None:
        if is_new:
            instance.owner = self.user
            self.directory.add_child(instance=instance)
        revision = instance.save_revision(user=self.user, log_action=True)
        if self.publish:
            revision.publish(user=self.user)

    # --- exporting -------------------------------------------------------------------------

    def rows(self) -> list[dict[str, str]]:
        return [self.row_of(page) for page in self.drafts.values()]

    def row_of(self, page: Any) -> dict[str, str]:
        row = {"number": str(page.pk)}
        for column in self.columns:
            if column.key in ("township", "village"):
                row[column.key] = str(getattr(page, column.key) or "")
            elif column.key != "number":
                row[column.key] = column.write(getattr(page, column.key) or "")
        return row


def number_column() -> Column:
    return Column("number", _("编号"), read=read_number)


def place_columns() -> list[Column]:
    return [
        Column(
            "latitude",
            _("纬度"),
            read=read_decimal,
            write=lambda value: write_decimal(value or None),
            example="25.04",
        ),
        Column(
            "longitude",
            _("经度"),
            read=read_decimal,
            write=lambda value: write_decimal(value or None),
            example="102.71",
        ),
    ]
