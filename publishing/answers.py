"""The direct answer of a search, read from the public page and never from the index."""

from __future__ import annotations

from articles.models import QuestionPage
from home.presentation import CitedProvision
from publishing.reader import SnapshotReader
from search.answers import Answered
from search.presentation import AnswerView


def answer_view(reader: SnapshotReader, found: Answered | None) -> AnswerView | None:
    """None where the page is not public any more. At most two queries.

    The row of a page holds its public text: what is drafted is in its revisions.
    """
    if found is None:
        return None
    page_id = int(found.entry.key.split(":")[1])
    card = reader.card(page_id)
    if card is None or card.language != reader.language:
        return None
    page = QuestionPage.objects.filter(pk=page_id, live=True).first()
    if page is None:
        return None
    texts = [str(page.text(name, reader.language)) for name in ("answer", "whom")]
    basis = [str(block["value"]) for block in page.stored("legal_basis")]
    reader.prepare_citations([*texts, *basis])
    answer, whom = (reader.plain_text(text) for text in texts)
    provisions: dict[str, CitedProvision] = {}
    for raw in basis:
        for provision in reader.cite(raw):
            provisions.setdefault(provision.label, provision)
    return AnswerView(
        card=card,
        answer=answer,
        whom=whom,
        legal_basis=tuple(provisions.values()),
        needs_check=page.needs_check,
        reviewed_on=page.reviewed_on,
        wording=found.wording if found.wording != card.heading else "",
    )
