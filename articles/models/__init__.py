"""What editors write: articles, questions with their answers, guides, cases …"""

from articles.models.article import ArticlePage
from articles.models.case import TypicalCasePage
from articles.models.guide import ServiceGuidePage
from articles.models.imported import OldAddress
from articles.models.information import InformationPage
from articles.models.question import QuestionPage

__all__ = [
    "ArticlePage",
    "InformationPage",
    "OldAddress",
    "QuestionPage",
    "ServiceGuidePage",
    "TypicalCasePage",
]
