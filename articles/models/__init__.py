"""What editors write: articles, questions with their answers, guides, cases …"""

from articles.models.article import ArticlePage
from articles.models.campaign import CampaignPage
from articles.models.case import TypicalCasePage
from articles.models.catalogue import CataloguePage
from articles.models.document import PolicyDocumentPage
from articles.models.event import EventPage
from articles.models.guide import ServiceGuidePage
from articles.models.imported import OldAddress
from articles.models.index_number import (
    IndexNumber,
    IndexNumberPattern,
    IndexNumberSeries,
)
from articles.models.information import InformationPage
from articles.models.interpretation import InterpretationPage
from articles.models.original import ImportedOriginal
from articles.models.question import QuestionPage

__all__ = [
    "ArticlePage",
    "CampaignPage",
    "CataloguePage",
    "EventPage",
    "ImportedOriginal",
    "IndexNumber",
    "IndexNumberPattern",
    "IndexNumberSeries",
    "InformationPage",
    "InterpretationPage",
    "OldAddress",
    "PolicyDocumentPage",
    "QuestionPage",
    "ServiceGuidePage",
    "TypicalCasePage",
]
