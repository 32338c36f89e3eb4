"""An address or a prefix that can never work is said at the start."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from search.apps import require_usable_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELASTICSEARCH_URLS", ["elastic.example:9200"]),
        ("ELASTICSEARCH_URLS", ["http://clerk:secret@elastic.example"]),
        ("ELASTICSEARCH_PREFIX", "Qingshan"),
        ("ELASTICSEARCH_PREFIX", "a.b"),
        ("ELASTICSEARCH_PREFIX", "-a"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(
    name: str, value: object
) -> None:
    variable = name.removesuffix("S")
    with override_settings(**{name: value}):
        with pytest.raises(ImproperlyConfigured, match=variable) as refused:
            require_usable_settings()

    assert "secret" not in str(refused.value)
