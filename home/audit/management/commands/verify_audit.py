"""``manage.py verify_audit``: is every row of the audit log as it was written?"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from home.audit import anchors
from home.audit.chain import Fault, check_rows, first_number
from home.audit.models import AuditEntry

# The worker anchors every minute; a log that is older than this has anchors.
ANCHORED_AFTER = timedelta(days=1)


class Command(BaseCommand):
    help = "检查操作日志：有没有被改动、删除、调换、截断的记录。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", metavar="YYYY-MM-DD", help="只检查从这一天起的记录"
        )

    def handle(self, *args: Any, since: str | None, **options: Any) -> None:
        first = first_number(_day(since))
        try:
            signed = anchors.read_signed()
        except anchors.AnchorError as error:
            raise CommandError(str(error)) from error
        fault = anchors.check_pruned(signed)
        if fault is not None:
            raise CommandError(_sentence(fault))
        checked = check_rows(first, signed.seals)
        if checked.fault is not None:
            raise CommandError(_sentence(checked.fault))
        if not signed.seals and _is_old():
            raise CommandError(
                _("没有锚点文件 %(file)s：末尾有没有被整段改写，查不出来。")
                % {"file": anchors.anchor_file()}
            )
        self.stdout.write(
            _("检查了 %(count)s 条记录，%(anchors)s 个锚点，没有发现改动。")
            % {"count": checked.count, "anchors": len(signed.seals)}
        )


def _day(since: str | None) -> datetime | None:
    if since is None:
        return None
    try:
        day = parse_date(since)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(_("日期写成 2026-05-06 这样。"))
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _sentence(fault: Fault) -> str:
    return _("第 %(number)s 条：%(reason)s。") % {
        "number": fault.number,
        "reason": fault.reason,
    }


def _is_old() -> bool:
    oldest = AuditEntry.objects.order_by("number").first()
    return oldest is not None and oldest.time < timezone.now() - ANCHORED_AFTER
