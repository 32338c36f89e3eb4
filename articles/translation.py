"""Which fields of this app exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from articles.models import (
    ArticlePage,
    CampaignPage,
    CataloguePage,
    EventPage,
    InformationPage,
    InterpretationPage,
    PolicyDocumentPage,
    QuestionPage,
    ServiceGuidePage,
    TypicalCasePage,
)


@register(ArticlePage)
class ArticlePageOptions(TranslationOptions):
    fields = ("heading", "summary", "body")


@register(QuestionPage)
class QuestionPageOptions(TranslationOptions):
    fields = (
        "heading",
        "wordings",
        "answer",
        "explanation",
        "whom",
        "bring",
        "time_limit",
        "cost",
    )


@register(ServiceGuidePage)
class ServiceGuidePageOptions(TranslationOptions):
    fields = (
        "heading",
        "summary",
        "conditions",
        "materials",
        "steps",
        "place",
        "hours",
        "time_limit",
        "fee",
        "body",
    )


@register(TypicalCasePage)
class TypicalCasePageOptions(TranslationOptions):
    fields = ("heading", "summary", "facts", "dispute", "outcome", "meaning", "body")


@register(InformationPage)
class InformationPageOptions(TranslationOptions):
    fields = ("heading", "summary", "body")


@register(PolicyDocumentPage)
class PolicyDocumentPageOptions(TranslationOptions):
    fields = ("heading", "summary", "body")


@register(InterpretationPage)
class InterpretationPageOptions(TranslationOptions):
    fields = ("heading", "summary", "body")


@register(CataloguePage)
class CataloguePageOptions(TranslationOptions):
    fields = ("heading", "summary")


@register(CampaignPage)
class CampaignPageOptions(TranslationOptions):
    fields = ("heading", "slogan", "summary", "body", "closing")


@register(EventPage)
class EventPageOptions(TranslationOptions):
    fields = ("heading", "summary", "place", "body")
