"""Days as people write them, in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.dateformat import format as format_with

from home.translating import gettext as _


def format_day(day: date) -> str:
    """2026年3月1日, 1 March 2026"""
    # Translators: a format of Django's filter "date"; every language has its own order.
    return format_with(day, _("Y年n月j日"))
