"""The worker's part in the admin's search: an index that is not whole is gone over."""

from __future__ import annotations

import logging

from django.core.management import call_command
from modelsearch.backends import get_search_backends_with_name

logger = logging.getLogger(__name__)

# So many things are read, cut and written at a time; others get their turn in between.
CHUNK = 200


def mend() -> list[str]:
    """Go over every index that lacks something, as ``manage.py update_index`` does."""
    for name, backend in get_search_backends_with_name():
        if not backend.is_whole():
            call_command(
                "update_index", backend_name=name, chunk_size=CHUNK, verbosity=0
            )
            logger.info("the admin's search index %r was gone over", name)
    return []
