"""What commands about one portal share."""

from __future__ import annotations

from django.core.management.base import CommandError, CommandParser

from home.models import Portal


def add_portal_option(parser: CommandParser) -> None:
    parser.add_argument("--portal", required=True, metavar="HOST", help="哪个门户。")


def portal_named(host: str, what: str = "门户") -> Portal:
    """Raises ``CommandError`` with the portals there are."""
    known = {portal.host: portal for portal in Portal.objects.select_related("site")}
    if host not in known:
        raise CommandError(
            f"没有这个{what}：{host}。现有：{'、'.join(known) or '无'}。"
        )
    return known[host]
