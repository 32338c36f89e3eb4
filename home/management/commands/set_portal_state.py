"""Take a portal to its next state."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.management.named import add_portal_option, portal_named
from home.models import Portal
from home.portals.states import StateChange, change_state


class Command(BaseCommand):
    help = "改门户的状态：准备、已检测、上线、临时下线、永久下线；静态网站跟着变。"

    def add_arguments(self, parser: CommandParser) -> None:
        add_portal_option(parser)
        parser.add_argument(
            "--state", required=True, choices=Portal.State.values, help="改成什么。"
        )
        parser.add_argument("--person", required=True, help="经办人。")
        parser.add_argument("--proof", required=True, help="依据，例如批准文号。")
        parser.add_argument("--day", default="", help="从哪天起，不写就是今天。")
        parser.add_argument("--reason", default="", help="下线时给群众看的说明。")
        parser.add_argument("--until", default="", help="临时下线：预计恢复日期。")
        parser.add_argument("--successor", default="", help="永久下线：以后到哪里看。")

    def handle(self, *args: Any, **options: Any) -> None:
        portal = portal_named(options["portal"])
        change = StateChange(
            state=Portal.State(options["state"]),
            day=_day(options["day"]) or timezone.localdate(),
            person=options["person"],
            proof=options["proof"],
            reason=options["reason"],
            until=_day(options["until"]),
            successor_url=options["successor"],
        )
        try:
            change_state(portal, change)
        except ValidationError as error:
            raise CommandError("没有改：" + " ".join(error.messages)) from error
        self.stdout.write(f"{portal.host}：现在是“{change.state.label}”。")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"日期写成 2026-05-01 这样：{text}") from error
