"""Service guides, typical cases and standard pages."""

from __future__ import annotations

from articles.cases.presentation import CaseView
from articles.guide_presentation import GuideView, WebLink
from articles.information.presentation import InformationView
from articles.models import InformationPage, ServiceGuidePage, TypicalCasePage
from publishing.api.page_fields.registry import neighbors, register
from publishing.api.serializers import Json, Serializer, moment


def _web_link(link: WebLink | None, target: str, to_json: Serializer) -> Json | None:
    if link is None:
        return None
    return {**to_json.link(link.path, href=link.href), "target": target}


def _guide(page: ServiceGuidePage, view: GuideView, to_json: Serializer) -> Json:
    return {
        "contact": {
            "office": view.office.name if view.office else "",
            "phones": [
                {"text": phone.text, "href": phone.href} for phone in view.phones
            ],
            "place": str(view.place),
            "hours": str(view.hours),
        },
        "time_limit": str(view.time_limit),
        "fee": str(view.fee),
        "conditions": [str(line) for line in view.conditions],
        "materials": [str(line) for line in view.materials],
        "steps": [str(line) for line in view.steps],
        "online": _web_link(view.online, page.online_url, to_json),
        "booking": _web_link(view.booking, page.booking_url, to_json),
        "forms": [
            {"attachment": to_json.attachment(file), "title": title}
            for file, title in view.forms
        ],
        "legal_basis": [to_json.citation(cited) for cited in view.legal_basis],
        "body": to_json.blocks(view.blocks),
        "citations": [
            to_json.citation(cited) for cited in to_json.context.reader.cited(page)
        ],
        **neighbors(view.older, view.newer, view.related, to_json),
    }


def _case(page: TypicalCasePage, view: CaseView, to_json: Serializer) -> Json:
    return {
        "case_type": view.case_type,
        "case_type_label": view.case_type_label,
        "year": view.year,
        "place": view.place,
        "meaning": [str(text) for text in view.meaning],
        "facts": [str(text) for text in view.facts],
        "dispute": [str(text) for text in view.dispute],
        "outcome": [str(text) for text in view.outcome],
        "legal_basis": [to_json.citation(cited) for cited in view.legal_basis],
        "body": to_json.blocks(view.blocks),
        "citations": [
            to_json.citation(cited) for cited in to_json.context.reader.cited(page)
        ],
        **neighbors(view.older, view.newer, view.related, to_json),
    }


def _information(
    _page: InformationPage, view: InformationView, to_json: Serializer
) -> Json:
    older, newer = view.older, view.newer
    return {
        "purpose": view.purpose,
        "year": view.year,
        "updated_at": moment(view.updated_at),
        "body": to_json.blocks(view.blocks),
        "citations": [to_json.citation(cited) for cited in view.cited],
        "older": to_json.reference(older) if older else None,
        "newer": to_json.reference(newer) if newer else None,
    }


register(
    "guide",
    (
        "contact",
        "time_limit",
        "fee",
        "conditions",
        "materials",
        "steps",
        "online",
        "booking",
        "forms",
        "legal_basis",
        "body",
        "citations",
        "older",
        "newer",
        "related",
    ),
    _guide,
)
register(
    "case",
    (
        "case_type",
        "case_type_label",
        "year",
        "place",
        "meaning",
        "facts",
        "dispute",
        "outcome",
        "legal_basis",
        "body",
        "citations",
        "older",
        "newer",
        "related",
    ),
    _case,
)
register(
    "information",
    ("purpose", "year", "updated_at", "body", "citations", "older", "newer"),
    _information,
)
