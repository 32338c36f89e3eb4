"""Which fields of this app exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from home.models import (
    Audience,
    ColumnPage,
    DirectoryPage,
    DirectoryWords,
    HomePage,
    HostingIdentity,
    LegalWorker,
    Office,
    PlacePage,
    Portal,
    PublisherIdentity,
    Region,
    ServicePointPage,
    Topic,
)


@register(Portal)
class PortalOptions(TranslationOptions):
    fields = ("name", "region_name")


@register(HostingIdentity)
class HostingIdentityOptions(TranslationOptions):
    fields = ("site_name", "organizer")


@register(PublisherIdentity)
class PublisherIdentityOptions(TranslationOptions):
    fields = ("name", "address", "hours")


@register(Topic)
class TopicOptions(TranslationOptions):
    fields = ("name", "description")


@register(Audience)
class AudienceOptions(TranslationOptions):
    fields = ("name",)


@register(Region)
class RegionOptions(TranslationOptions):
    fields = ("name",)


@register(Office)
class OfficeOptions(TranslationOptions):
    fields = ("name", "duties", "address", "hours")


@register(HomePage)
class HomePageOptions(TranslationOptions):
    fields = ("heading", "summary", "body")


@register(ColumnPage)
class ColumnPageOptions(TranslationOptions):
    fields = ("heading", "summary", "keywords")


@register(DirectoryWords)
class DirectoryWordsOptions(TranslationOptions):
    fields = ("levels", "services")


@register(LegalWorker)
class LegalWorkerOptions(TranslationOptions):
    fields = ("name", "organization")


@register(DirectoryPage)
class DirectoryPageOptions(TranslationOptions):
    fields = ("heading", "summary")


@register(ServicePointPage)
class ServicePointPageOptions(TranslationOptions):
    fields = ("heading", "summary", "address", "hours_note", "body")


@register(PlacePage)
class PlacePageOptions(TranslationOptions):
    fields = ("heading", "summary", "body")
