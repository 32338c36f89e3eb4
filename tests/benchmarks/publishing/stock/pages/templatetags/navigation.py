"""Menu and breadcrumb, as in Wagtail's demo."""

from typing import Any

from django import template
from wagtail.models import Page, Site

register = template.Library()


@register.inclusion_tag("tags/menu.html", takes_context=True)
def menu(context: dict[str, Any]) -> dict[str, Any]:
    request = context["request"]
    root = Site.find_for_request(request).root_page
    own = context.get("self")
    items = root.get_children().live().in_menu()
    for item in items:
        item.is_current = own is not None and own.path.startswith(item.path)
    return {"root": root, "items": items, "request": request}


@register.inclusion_tag("tags/breadcrumb.html", takes_context=True)
def breadcrumb(context: dict[str, Any]) -> dict[str, Any]:
    own = context.get("self")
    deep = own is not None and own.depth > 2
    above = (
        Page.objects.ancestor_of(own, inclusive=True).filter(depth__gt=1)
        if deep
        else ()
    )
    return {"above": above, "request": context["request"]}
