"""The fingerprint of a text: the same for two revisions that say the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

# Where a page stands and what the system notes of it; and the comments in the margin,
# which a reviewer may write.
BOOKKEEPING = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "content_type",
        "translation_key",
        "locale",
        "alias_of",
        "owner",
        "live",
        "live_revision",
        "latest_revision",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "draft_title",
        "expired",
        "first_published_at",
        "last_published_at",
        "locked",
        "locked_at",
        "locked_by",
        # Whether a column is in the menu: the administrator's, and no text.
        "show_in_menus",
        "wagtail_admin_comments",
        "comments",
    }
)
# Wagtail's editor gives every paragraph a key, also where nothing was changed.
_BLOCK_KEY = re.compile(r' data-block-key=\\?"[^"\\]*\\?"')


def fingerprint(content: Mapping[str, Any]) -> str:
    """Of the content of a revision, or of ``page.serializable_data()``."""
    said = {name: _plain(content[name]) for name in content if name not in BOOKKEEPING}
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(_BLOCK_KEY.sub("", text).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Streams are stored as text; the numbers of their blocks say nothing."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {
            key: _plain(item)
            for key, item in value.items()
            if not (is_block and key == "id")
        }
    return value
