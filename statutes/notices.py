"""What a reader must know about a text before relying on it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from home.dates import format_day

from .models import Status, Statute, StatuteVersion
from .register import KnownChange, load_register


def version_notice(statute: Statute, version: StatuteVersion) -> str:
    """The notice above the text: an editor's words, else what is known of it."""
    written = version.note or statute.note
    if written:
        return written
    if not version.is_current:
        return _historical(version)
    change = _change(statute, version)
    if change is not None:
        return _describe(change)
    if version.collected_on:
        return _(
            "此文本采集于%(day)s，此后可能已有修改，"
            "请以国家法律法规数据库（flk.npc.gov.cn）公布的文本为准。"
        ) % {"day": format_day(version.collected_on)}
    return ""


def short_notice(statute: Statute, version: StatuteVersion) -> str:
    """The notice beside a cited provision; empty where nothing is known against it."""
    if version.status == Status.REPEALED:
        return _("已经废止，不能再作为依据")
    if version.note or statute.note:
        return version.note or statute.note
    change = _change(statute, version)
    if change is not None and change.kind != "incomplete":
        return _("这部法律%(day)s以后已有修改，待核对") % {
            "day": format_day(change.changed_on)
        }
    return ""


def _historical(version: StatuteVersion) -> str:
    if version.status == Status.NOT_YET:
        return _("这是尚未施行的文本，自%(day)s起施行。") % {
            "day": format_day(version.in_force_from)
        }
    return _("这是以前的文本，已被后来的文本代替，只供查阅。")


def _change(statute: Statute, version: StatuteVersion) -> KnownChange | None:
    registered = load_register().statute(statute.slug)
    if registered is None or registered.title != statute.title:
        return None
    known = [item for item in registered.changes if item.concerns(version.version_on)]
    return known[-1] if known else None


def _describe(change: KnownChange) -> str:
    days = {
        "changed": format_day(change.changed_on),
        "effective": format_day(change.effective_on),
    }
    if change.kind == "repealed":
        return _("此文本自%(effective)s起已经废止，只供查阅。") % days
    if change.kind == "incomplete":
        return _("来源文件不完整，这里只有一部分条文；请查阅正式公布的全文。")
    if change.kind == "revised":
        return (
            _(
                "已于%(changed)s修订，新文本自%(effective)s起施行；这里是修订前的文本，"
                "待核对，请以国家法律法规数据库（flk.npc.gov.cn）公布的文本为准。"
            )
            % days
        )
    return (
        _(
            "已于%(changed)s修改，自%(effective)s起施行；这里是修改前的文本，"
            "待核对，请以国家法律法规数据库（flk.npc.gov.cn）公布的文本为准。"
        )
        % days
    )
