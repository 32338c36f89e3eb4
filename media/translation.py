"""Which fields of the media library exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from media.models import PortalImage


@register(PortalImage)
class PortalImageTranslationOptions(TranslationOptions):
    fields = ("alt_text",)
