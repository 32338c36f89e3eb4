"""What the forms of synonyms and best bets send."""

from __future__ import annotations

from typing import Any


def synonym_form(**changes: Any) -> dict[str, Any]:
    return {
        "lay": "赶歌场",
        "legal": "火把节",
        "strength": "normal",
        "reason": "本地话",
    } | changes


def bet_form(**changes: Any) -> dict[str, Any]:
    return {
        "queries": "赶歌场",
        "page": "",
        "citation": "劳动法第五十条",
        "first_day": "",
        "last_day": "",
        "reason": "",
    } | changes
