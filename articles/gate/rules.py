"""Every rule by its id: what a command line or a report may ask for."""

from __future__ import annotations

from functools import lru_cache

from articles.gate import copying, head, links, outside_links, personal, statutes_named
from articles.gate.wording import wording_rules
from home import media_findings


@lru_cache(maxsize=1)
def rule_ids() -> tuple[str, ...]:
    return (
        "page",  # what a page type says of itself
        "page.required",
        "disclosure.none",
        "disclosure.secrecy",
        "disclosure.basis",
        media_findings.RULE,
        *personal.RULES,
        statutes_named.PROVISION,
        statutes_named.REPEALED,
        statutes_named.NAME,
        links.INTERNAL,
        links.ADDRESS,
        outside_links.RULE,
        copying.RULE,
        head.DESCRIPTION,
        head.KEYWORDS,
        head.IDENTITY,
        *(rule.id for rule in wording_rules()),
    )
