"""Which indexes of the admin's search are whole, and by which analysis they were made.

An index is kept current by signals, change by change. What they cannot mend is done by
the worker, which goes over the whole index: after an upgrade that cuts texts otherwise,
and after an Elasticsearch that did not answer when something was saved.
"""

from __future__ import annotations

from django.db import models

from search.analysis import ANALYSIS_VERSION

# Bumped when ``cutting`` makes other tokens of the same analysis.
CUTTING_VERSION = 1
FINGERPRINT = f"{ANALYSIS_VERSION}.{CUTTING_VERSION}"
DATABASE = "database"


class AdminIndexState(models.Model):
    """An index that holds everything; no row: it is to be made anew."""

    name = models.CharField(max_length=200, unique=True)
    fingerprint = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.fingerprint}"


def remember(name: str) -> None:
    """The index of this name now holds everything."""
    AdminIndexState.objects.update_or_create(
        name=name, defaults={"fingerprint": FINGERPRINT}
    )


def forget(name: str) -> None:
    """Something is missing in the index of this name."""
    AdminIndexState.objects.filter(name=name).delete()


def are_whole(*names: str) -> bool:
    found = AdminIndexState.objects.filter(name__in=names, fingerprint=FINGERPRINT)
    return found.count() == len(set(names))
