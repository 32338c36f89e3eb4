"""Plain data of the pages of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home import streams
from home.presentation import HomeView, Reader

if TYPE_CHECKING:
    from home.models import HomePage


def present_home(page: HomePage, reader: Reader) -> HomeView:
    body = page.stream_data("body", reader.language) or page.stream_data(
        "body", "zh-hans"
    )
    return HomeView(
        heading=page.text("heading", reader.language),
        summary=page.text("summary", reader.language),
        blocks=streams.present(body, reader),
    )
