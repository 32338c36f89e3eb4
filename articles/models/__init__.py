"""What editors write: articles, and questions with their answers."""

from articles.models.article import ArticlePage
from articles.models.imported import OldAddress
from articles.models.question import QuestionPage

__all__ = ["ArticlePage", "OldAddress", "QuestionPage"]
