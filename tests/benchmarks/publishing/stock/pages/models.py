"""Home page, columns and articles, as Wagtail's tutorial and demo write them."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

PER_PAGE = 20


@register_setting
class SiteIdentity(BaseSiteSetting):
    """For head tags and footer."""

    site_name = models.CharField(max_length=100)
    site_domain = models.CharField(max_length=100)
    site_id_code = models.CharField(max_length=20)
    organizer = models.CharField(max_length=100)
    publisher = models.CharField(max_length=100)
    phone = models.CharField(max_length=40)
    icp_number = models.CharField(max_length=40)


@register_snippet
class Topic(models.Model):
    name = models.CharField(max_length=40)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name


class HomePage(Page):
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = ArticlePage.objects.live().public().order_by("-date")[:10]
        return context


class ColumnPage(RoutablePageMixin, Page):
    summary = models.CharField(max_length=250, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    def paginator(self) -> Paginator:
        articles = ArticlePage.objects.child_of(self).live().public().order_by("-date")
        return Paginator(articles, PER_PAGE)

    @path("")
    def newest(self, request: HttpRequest) -> HttpResponse:
        return self.numbered(request, 1)

    @path("page/<int:number>/")
    def numbered(self, request: HttpRequest, number: int) -> HttpResponse:
        articles = self.paginator().get_page(number)
        return self.render(request, context_overrides={"articles": articles})


class ArticlePage(Page):
    date = models.DateTimeField()
    summary = models.CharField(max_length=250, blank=True)
    body = StreamField(
        [
            ("heading", blocks.CharBlock(form_classname="title")),
            ("paragraph", blocks.RichTextBlock()),
        ],
        blank=True,
    )
    topics = ParentalManyToManyField(Topic, blank=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("topics"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        context = super().get_context(request, *args, **kwargs)
        public = ArticlePage.objects.live().public()
        beside = public.sibling_of(self, inclusive=False)
        topics = list(self.topics.all())
        context |= {
            "topics": topics,
            "older": beside.filter(date__lt=self.date).order_by("-date").first(),
            "newer": beside.filter(date__gt=self.date).order_by("date").first(),
            "related": public.filter(topics__in=topics)
            .exclude(pk=self.pk)
            .distinct()
            .order_by("-date")[:5],
        }
        return context
