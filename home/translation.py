"""Which fields of this app exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from home.models import (
    Audience,
    ColumnPage,
    HomePage,
    HostingIdentity,
    Office,
    Portal,
    PublisherIdentity,
    Region,
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
