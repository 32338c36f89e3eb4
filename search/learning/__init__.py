"""Ranking learnt from an installation's own answered questions (``train_ranking``).

What searches asks here for the model; only where there is one are numpy, scipy and
xgboost loaded, which take a second and fifty megabytes.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from search.learning.model import TrainedRanking

logger = logging.getLogger(__name__)

# How many finds are ranked anew. More hold more answers, and each costs its record.
CANDIDATES = 150

# What the file looked like, and the model in it (None: it cannot be used).
_held: tuple[tuple[object, ...], TrainedRanking | None] | None = None
_lock = threading.Lock()


def model_path() -> Path:
    return Path(settings.SEARCH_RANKING_FILE)


def trained_ranking() -> TrainedRanking | None:
    """The model of this installation, a new file at once; None without a usable one."""
    global _held
    path = model_path()
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    state = (str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino)
    with _lock:
        if _held is None or _held[0] != state:
            _held = (state, _load(path))
        return _held[1]


def _load(path: Path) -> TrainedRanking | None:
    """A model that cannot be read must not stop the search; it is reported once."""
    from search.learning.model import ModelFileError, TrainedRanking

    try:
        return TrainedRanking.load(path)
    except (ModelFileError, OSError) as error:
        logger.warning("the trained ranking %s cannot be used: %s", path, error)
        return None
