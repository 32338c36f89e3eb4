"""The seam between pages and their renderer.

``publishing`` renders pages and imports ``home``; a page or a block that is asked to show
itself (a preview in the admin) therefore reaches the renderer through this registry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from home.models import BasePage

PreviewRenderer = Callable[["BasePage", HttpRequest, str], HttpResponse]
BlockRenderer = Callable[[str, Any, dict[str, Any]], str]
_renderer: list[PreviewRenderer] = []
_block_renderer: list[BlockRenderer] = []


def register_preview_renderer(renderer: PreviewRenderer) -> None:
    _renderer[:] = [renderer]


def register_block_renderer(renderer: BlockRenderer) -> None:
    _block_renderer[:] = [renderer]


def render_block(type_name: str, stored: Any, context: dict[str, Any]) -> str:
    """The public HTML of one block; ``stored`` is its value as the database holds it.

    ``context`` may carry ``request``, which says for which portal.
    """
    return _block_renderer[0](type_name, stored, context)


def preview(page: BasePage, request: HttpRequest, language: str) -> HttpResponse:
    """``page`` as it stands in memory, rendered by the public renderer."""
    return _renderer[0](page, request, language)
