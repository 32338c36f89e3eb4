"""What is wrong with the input, told so that a clerk finds the place. Pure code."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something in a row of the table; ``row`` counts as the table program does."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        values = {"row": self.row, "column": self.column, "reason": self.reason}
        if self.column:
            return _("第%(row)s行“%(column)s”：%(reason)s") % values
        return _("第%(row)s行：%(reason)s") % values


class TableError(Exception):
    """The table itself cannot be read."""
