"""“网址跳转”: an old address leads somewhere."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from tests.factories import TwoPortals
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db


def test_redirect_to_nowhere_is_refused(two_portals: TwoPortals) -> None:
    """Wagtail saved it, and the old address went on answering 404."""
    own = two_portals.qingshan
    client = logged_in(own.admin)
    address = reverse("wagtailredirects:add")
    data = {"old_path": "/old.html", "site": own.portal.site_id, "is_permanent": "on"}

    assert "两样填一样" in text_of(client.post(address, data))
    assert not Redirect.objects.exists()
    client.post(address, data | {"redirect_page": own.column.pk})
    assert Redirect.objects.get().redirect_page.specific == own.column
