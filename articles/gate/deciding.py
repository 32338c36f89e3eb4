"""Letting a finding pass: by name, with a reason, on the record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from articles.gate.log_actions import OVERRIDDEN
from articles.gate.models import Override
from home.findings import Finding, findings_of
from home.models import BasePage

SHORTEST_REASON = 4


def open_findings(page: BasePage) -> list[Finding]:
    return open_ones(findings_of(page))


def open_ones(findings: Iterable[Finding]) -> list[Finding]:
    """Those that refuse publication and that somebody may answer for."""
    return [one for one in findings if one.is_blocking and one.is_overridable]


@transaction.atomic
def let_pass(
    page: BasePage, digests: Collection[str], user: Any, reason: str
) -> list[Override]:
    """``page``: as it stands in its latest draft. Each finding is logged by itself."""
    passed = []
    chosen = {one.digest(): one for one in open_findings(page)}
    for digest in sorted(set(digests) & chosen.keys()):
        finding = chosen[digest]
        row, created = Override.objects.get_or_create(
            page_id=page.pk,
            digest=digest,
            defaults={
                "rule": finding.rule,
                "sentence": finding.sentence,
                "user": user,
                "user_name": name_of(user),
                "reason": reason,
            },
        )
        if created:
            passed.append(row)
            log(
                instance=page,
                action=OVERRIDDEN,
                user=user,
                data={
                    "rule": row.rule,
                    "sentence": row.sentence,
                    "reason": reason,
                    "digest": digest,
                    "name": row.user_name,
                },
            )
    return passed


def name_of(user: Any) -> str:
    """Chinese names are written without a space, surname first."""
    return f"{user.last_name}{user.first_name}".strip() or str(user.get_username())
