"""An interpretation that copies its document (要点摘抄): which sentences."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext

from articles.models import InterpretationPage
from articles.policy.overlap import MOSTLY_COPIED, copied_sentences, copied_share
from home import streams
from home.findings import Finding, Place, Severity
from home.languages import localized

RULE = "interpretation.copied"
SOURCE = "《政府网站发展指引》（国办发〔2017〕47号）：解读不得只摘抄文件的要点"
MOST_SHOWN = 3
_LONGEST = 40


def copying_findings(page: InterpretationPage) -> Iterator[Finding]:
    if page.document is None:
        return
    language = settings.LANGUAGE_CODE
    own, theirs = (
        streams.plain_text_of(source.stream_data("body", language))
        for source in (page, page.document)
    )
    share = copied_share(own, theirs)
    if share < MOSTLY_COPIED:
        return
    copied = copied_sentences(own, theirs)
    sentence = gettext(
        "解读里有 %(percent)s%% 的文字和文件一样，像是要点摘抄。"
        "请用群众听得懂的话重新讲。照抄的有：%(sentences)s"
    ) % {
        "percent": round(share * 100),
        "sentences": "；".join(_short(one) for one in copied[:MOST_SHOWN]),
    }
    yield Finding(
        RULE,
        Severity.BLOCKING,
        sentence,
        Place(localized("body", language), (), language),
        words="".join(copied),
        context="".join(copied),
        source=SOURCE,
        is_overridable=True,
    )


def _short(sentence: str) -> str:
    cut = sentence.strip("。；")
    return f"“{cut[:_LONGEST]}{'…' if len(cut) > _LONGEST else ''}”"
