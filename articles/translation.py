"""Which fields of this app exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from articles.models import ArticlePage, QuestionPage


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
