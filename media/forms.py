"""Admin forms of pictures and documents, in a clerk's words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from modeltranslation.utils import build_localized_fieldname
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media.document_checks import clean_document
from media.languages import languages_for
from media.models import ALT_TEXT_FIELDS, Consent, PortalImage
from media.uploads import clean_image


class CleanImageField(WagtailImageField):
    """Gives back the re-encoded picture; the extension in the name does not matter.

    Chat programs save WebP under names that end in ``.jpg``: nothing to bother people
    with, because the file gets a new name anyway.
    """

    default_validators = ()

    def to_python(self, data: Any) -> Any:
        file = forms.FileField.to_python(self, data)
        return None if file is None else clean_image(file)


class CleanDocumentField(WagtailDocumentField):
    def to_python(self, data: Any) -> Any:
        file = forms.FileField.to_python(self, data)
        return None if file is None else clean_document(file)


def _swap_file_field(form: forms.ModelForm[Any], new_field: forms.FileField) -> None:
    """Wagtail fixes the class of the file field in a function that cannot be replaced."""
    old_field = form.fields["file"]
    new_field.label = gettext("文件")
    new_field.required = old_field.required
    new_field.widget.attrs.update(old_field.widget.attrs)
    form.fields["file"] = new_field


def _explain_title(form: forms.ModelForm[Any], help_text: str) -> None:
    if "title" in form.fields:
        form.fields["title"].label = gettext("标题")
        form.fields["title"].help_text = help_text


class PortalImageForm(BaseImageForm):
    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if "file" in self.fields:
            _swap_file_field(self, CleanImageField(widget=self.fields["file"].widget))
            self.fields["file"].help_text = gettext(
                "JPG、PNG、GIF、WebP 格式，不大于 %(limit)s。保存时自动去掉拍摄位置等信息；动图只留第一帧。"
            ) % {"limit": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)}
        _explain_title(self, gettext("只在图片库里查找用，公众看不到。"))
        self._show_languages(languages_for(user))
        if "consent" in self.fields:
            # Several files at once arrive without it: then it is not clear yet.
            self.fields["consent"].required = False

    def _show_languages(self, languages: tuple[str, ...]) -> None:
        names = dict(settings.LANGUAGES)
        shown = {
            build_localized_fieldname("alt_text", code): code for code in languages
        }
        base = PortalImage._meta.get_field("alt_text")
        for field_name in ALT_TEXT_FIELDS:
            if field_name not in self.fields:
                continue
            if field_name not in shown:
                del self.fields[field_name]
                continue
            code = shown[field_name]
            field = self.fields[field_name]
            is_main = code == settings.MODELTRANSLATION_DEFAULT_LANGUAGE
            field.label = (
                base.verbose_name
                if is_main
                else gettext("替代文字（%(language)s）") % {"language": names[code]}
            )
            field.help_text = base.help_text if is_main else ""

    def clean_consent(self) -> str:
        return self.cleaned_data.get("consent") or Consent.UNCLEAR

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        main = build_localized_fieldname(
            "alt_text", settings.MODELTRANSLATION_DEFAULT_LANGUAGE
        )
        if cleaned.get("is_decorative") and cleaned.get(main):
            self.add_error(
                "is_decorative",
                ValidationError(
                    gettext("装饰图片不需要替代文字：请清空替代文字，或者取消勾选。")
                ),
            )
        return cleaned

    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "consent": forms.RadioSelect}


class PortalDocumentForm(BaseDocumentForm):
    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if "file" in self.fields:
            _swap_file_field(
                self, CleanDocumentField(widget=self.fields["file"].widget)
            )
            self.fields["file"].help_text = gettext(
                "可以上传 %(extensions)s，不大于 %(limit)s（视频不大于 %(video_limit)s）。不能带宏，不能设打开密码。"
            ) % {
                "extensions": "、".join(settings.WAGTAILDOCS_EXTENSIONS),
                "limit": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
                "video_limit": filesizeformat(settings.VIDEO_MAX_UPLOAD_SIZE),
            }
        _explain_title(
            self,
            gettext(
                "公众看到的文件名称，例如“法律援助申请表”。类型和大小会自动写在后面。"
            ),
        )
