"""Render a sample page as an export does: relative links, files beside it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from jinja2 import Environment, FileSystemLoader

from home.links import AddressForm, file_name
from publishing.environment import environment
from tests.publishing.sample_frame import FRAME
from tests.publishing.samples import Sample

TEMPLATES = Path(settings.BASE_DIR, "site", "templates")
STATIC = Path(settings.BASE_DIR, "site", "static")
RELATIVE = AddressForm("relative")


def public_environment() -> Environment:
    return environment(loader=FileSystemLoader(TEMPLATES))


def render_sample(sample: Sample, form: AddressForm = RELATIVE) -> str:
    frame = replace(FRAME, **sample.frame)
    return render(sample.template, sample.path, form, frame=frame, page=sample.page)


def render(template: str, path: str, form: AddressForm, **context: Any) -> str:
    frame = context.setdefault("frame", FRAME)

    def href(target: str, fragment: str = "") -> str:
        return form.href(target, source=path, fragment=fragment)

    return (
        public_environment()
        .get_template(template)
        .render(
            href=href,
            asset=lambda name: href(f"/static/{name}"),
            absolute=lambda target: f"https://sfj.example.gov.cn{target}",
            language=frame.language,
            **context,
        )
    )


def write_site(folder: Path) -> None:
    """What every sample page refers to."""
    shutil.copytree(STATIC, folder / "static")
    (folder / "theme.css").write_text(
        render("theme.css", "/theme.css", RELATIVE), encoding="utf-8"
    )


def write_sample(folder: Path, sample: Sample) -> Path:
    file = folder / file_name(sample.path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(render_sample(sample), encoding="utf-8")
    return file
