"""Is what a site's record says of its facts still true?"""

from __future__ import annotations

from django.utils import translation

from home.models import Portal
from publishing import facts
from publishing.addresses import Address
from publishing.building.full import open_workshop, site_form
from publishing.sites.record import fact_of
from publishing.sites.site import Site

READ = "SELECT DISTINCT fact, fingerprint FROM facts JOIN reads ON fact_id = facts.id"


def outdated_facts(portal: Portal, site: Site) -> list[str]:
    """Facts that some file read and that are answered otherwise today.

    Stricter than a comparison of bytes: what a file read and does not show today it may
    show tomorrow.
    """
    portal = Portal.objects.with_identity().get(pk=portal.pk)
    workshop = open_workshop(portal, site_form(portal))
    found = []
    for text, fingerprint in site.record.db.execute(READ):
        fact = fact_of(text)
        if facts.is_event(fact[0]):
            continue
        reader = workshop.reader(Address("/", "page", fact[1]))
        question = facts.from_text(fact)
        with translation.override(fact[1]):
            try:
                now = facts.fingerprint(question, facts.ask(reader, question))
            except (LookupError, TypeError) as error:
                now = repr(error)
        if now != fingerprint:
            found.append(text)
    return found
