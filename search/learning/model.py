"""The trained ranking: a model, and the answered questions it was trained on.

One file under ``var/``, replaced as a whole. It holds the questions of the installation,
so it never goes into the repository; deleting it brings the plain ranking back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import xgboost

from search.engines.base import EngineHit
from search.learning.answered import AnsweredQuestion, Place
from search.learning.features import VERSION, features
from search.learning.memory import Memory
from search.query_analysis import AnalyzedQuery


class ModelFileError(Exception):
    """The file is no model of this version; the text says why."""


@dataclass(frozen=True, slots=True)
class TrainedRanking:
    memory: Memory
    booster: xgboost.Booster

    def rank(
        self, analyzed: AnalyzedQuery, hits: Sequence[EngineHit]
    ) -> list[EngineHit]:
        """The provisions among ``hits`` change places with each other.

        The places that provisions have among the other kinds, and the scores that go
        with the places, stay what they were.
        """
        at = [place for place, hit in enumerate(hits) if hit.entry.kind == "provision"]
        if len(at) < 2:
            return list(hits)
        provisions = [hits[place] for place in at]
        everything = np.ones(len(self.memory.questions))
        recollection = self.memory.recall(self.memory.likeness(analyzed), everything)
        rows = features(analyzed, provisions, self.memory, recollection)
        values = self.booster.inplace_predict(rows)
        order = np.argsort(-values, kind="stable")
        ranked = list(hits)
        for place, before, number in zip(at, provisions, order, strict=True):
            ranked[place] = replace(provisions[int(number)], score=before.score)
        return ranked

    def save(self, path: Path) -> None:
        """Written whole or not at all."""
        record = {
            "version": VERSION,
            "questions": [
                {"query": each.query, "provisions": sorted(each.provisions)}
                for each in self.memory.questions
            ],
            "model": json.loads(self.booster.save_raw("json").decode()),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with unfinished.open("w", encoding="utf-8") as file:
                json.dump(record, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> TrainedRanking:
        """Raises ``ModelFileError`` and ``FileNotFoundError``."""
        try:
            record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if record["version"] != VERSION:
                raise ModelFileError(f"version {record['version']}")
            questions = [
                AnsweredQuestion(
                    each["query"], frozenset(Place(*p) for p in each["provisions"])
                )
                for each in record["questions"]
            ]
            booster = xgboost.Booster({"nthread": 1})
            booster.load_model(bytearray(json.dumps(record["model"]).encode()))
        except (ValueError, KeyError, TypeError, xgboost.core.XGBoostError) as error:
            raise ModelFileError(str(error)) from error
        return cls(Memory(questions), booster)
