"""How a portal reviews its texts, and what came of each review."""

from home.review.models.sheets import ReviewSheet, ReviewStep
from home.review.models.stages import ReviewStage, ReviewState
from home.review.models.ways import ReviewPolicy, ReviewWay, Stage

__all__ = [
    "ReviewPolicy",
    "ReviewSheet",
    "ReviewStage",
    "ReviewState",
    "ReviewStep",
    "ReviewWay",
    "Stage",
]
