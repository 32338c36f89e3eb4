"""The seam between pages and their renderer.

``publishing`` renders pages and imports ``home``; a page that is asked to show itself
(a preview in the admin) therefore reaches the renderer through this registry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from home.models import BasePage

PreviewRenderer = Callable[["BasePage", HttpRequest, str], HttpResponse]
_renderer: list[PreviewRenderer] = []


def register_preview_renderer(renderer: PreviewRenderer) -> None:
    _renderer[:] = [renderer]


def preview(page: BasePage, request: HttpRequest, language: str) -> HttpResponse:
    """``page`` as it stands in memory, rendered by the public renderer."""
    return _renderer[0](page, request, language)
