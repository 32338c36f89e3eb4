"""Figures beside their targets: lines of a table, and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from tests.benchmarks.publishing.measuring import NotMeasured, Say

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Target:
    """``most``: met by that number or less; ``least``: by that number or more."""

    kind: Literal["least", "most"]
    number: float

    def verdict(self, value: float) -> str:
        is_met = value <= self.number if self.kind == "most" else value >= self.number
        sign = "≤" if self.kind == "most" else "≥"
        return f"{sign} {self.number:g}, {'met' if is_met else 'missed'}"


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    ours: str
    other: str = ""
    value: float | None = None  # what the target is about, a ratio mostly
    targets: tuple[Target, ...] = ()

    def row(self) -> str:
        value = "" if self.value is None else f"{self.value:.3g}"
        verdicts = ""
        if self.value is not None:
            verdicts = "; ".join(target.verdict(self.value) for target in self.targets)
        return f"| {self.name} | {self.ours} | {self.other} | {value} | {verdicts} |"


@dataclass(slots=True)
class Report:
    say: Say
    articles: int
    figures: list[Figure] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def add(self, figure: Figure) -> None:
        self.figures.append(figure)

    def attempt(self, name: str, measure: Callable[[], object]) -> bool:
        """Measure; what cannot be measured is named with its reason."""
        self.say(f"… {name}")
        try:
            measure()
        except NotMeasured as reason:
            self.missing[name] = str(reason)
            return False
        return True

    def show(self) -> None:
        self.say(f"\n### {self.articles:,} articles\n")
        self.say("| Figure | Ours | Other | Ratio or number | Target |")
        self.say("|---|---|---|---|---|")
        for figure in self.figures:
            self.say(figure.row())
        self.say("")
        for name, reason in self.missing.items():
            self.say(f"not measured: {name}: {reason}")

    def save(self, folder: Path) -> Path:
        now = datetime.now(UTC)
        path = folder / f"{now:%Y%m%d-%H%M%S}-{self.articles}.json"
        data = {
            "made": now.isoformat(),
            "articles": self.articles,
            "figures": [
                {
                    "name": figure.name,
                    "ours": figure.ours,
                    "other": figure.other,
                    "value": figure.value,
                    "targets": [[t.kind, t.number] for t in figure.targets],
                }
                for figure in self.figures
            ],
            "raw": self.raw,
            "not_measured": self.missing,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        return path


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def mebibytes(size: int) -> str:
    return f"{size / MEBIBYTE:.0f} MiB"
