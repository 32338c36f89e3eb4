"""发布前的检查: what was found, and answering for it."""

from __future__ import annotations

from tests.isolation.attack import PREFECTURE, change, show

ATTACKS = [
    show("gate_findings", lambda own, hidden: [hidden.faulty.pk], by="editor"),
    change(
        "gate_findings",
        lambda own, hidden: (
            [hidden.faulty.pk],
            {"digests": [hidden.digest], "reason": "外来的理由，写了几句话。"},
        ),
        by="editor",
    ),
    # A prefecture sees how many findings each of its counties has.
    show("gate_report", lambda own, hidden: [], by="editor", spared=PREFECTURE),
    show(
        "gate_report",
        lambda own, hidden: ([], {"portal": hidden.portal.pk}),
        "of their portal",
        by="editor",
    ),
]
