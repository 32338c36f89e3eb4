"""All topics, and what the portal has on one: the newest by kind, then page by page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from home.links import language_path
from home.presentation import Crumb, TopicIndexView, TopicView
from publishing.addresses import Address
from publishing.built import Built
from publishing.columns import list_heading, pagination
from publishing.frame import Place
from publishing.reader import SnapshotReader
from publishing.tree import kind_labels


def build_topic_index(reader: SnapshotReader, address: Address) -> Built:
    reader.prepare([])
    heading = _("按主题找")
    view = TopicIndexView(
        heading=heading,
        topics=tuple(reader.topics()),
        counts=dict(reader.topic_counts()),
    )
    place = Place(path=address.path, heading=heading)
    return Built("home/topic_index.html", view, place)


def build_topic(reader: SnapshotReader, address: Address) -> Built:
    reader.prepare([])
    topic = next(t for t in reader.topics() if t.slug == address.topic)
    found = reader.topic_page(topic.id, address.number)
    is_first = address.number is None
    groups = (
        (str(label), tuple(card for card in found.cards if card.kind == kind))
        for kind, label in sorted(kind_labels(reader.language).items(), reverse=True)
    )
    view = TopicView(
        topic=topic,
        subtopics=tuple(
            other
            for other in reader.topics()
            if is_first and other.parent_id == topic.id
        ),
        groups=tuple((label, cards) for label, cards in groups if cards),
        pagination=pagination(address, topic.path, found),
    )
    crumbs = [Crumb(_("按主题找"), language_path("/topics/", reader.language))]
    if not is_first:
        crumbs.append(Crumb(topic.name, topic.path))
    place = Place(
        path=address.path,
        heading=list_heading(topic.name, "", address.number),
        crumbs=crumbs,
        # A numbered page need not exist in another language.
        translated_path=topic.path,
    )
    return Built("home/topic_page.html", view, place)
