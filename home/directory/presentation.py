"""Plain data of directories for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from home.directory.hours import HoursLine
from home.phones import PhoneNumber
from home.presentation import BlockData, Card, TopicData
from media.presentation import Picture


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of a point as text, and for the script that says "open now"."""

    lines: tuple[HoursLine, ...] = ()
    note: str = ""
    closed_on_holidays: bool = True
    week: str = ""  # see home.directory.hours.week_data; "" where none are known
    special_days: str = ""  # days on which the usual hours may not hold, for the script


@dataclass(frozen=True, slots=True)
class PointLine:
    """A service point in a list."""

    card: Card
    level: str
    address: str
    village: str
    hours: OpeningHours
    hours_summary: str
    phones: tuple[PhoneNumber, ...]
    services: tuple[str, ...]
    has_accessible_entrance: bool
    number: int = 0  # on the map; 0: not drawn
    distance: str = ""  # 约 6 公里


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask where a person's own number is not public."""

    name: str
    path: str  # logical path of the point, or ""
    phones: tuple[PhoneNumber, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    kind: str
    kind_label: str
    villages: tuple[str, ...]  # empty: the whole township
    name: str = ""  # "" without the person's consent
    organization: str = ""
    phones: tuple[PhoneNumber, ...] = ()
    ask: Contact | None = None  # where no number is public


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """An entry of a register in a list."""

    card: Card
    rank: str
    named_year: int | None
    village: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class TownshipGroup:
    name: str
    anchor: str
    points: tuple[PointLine, ...] = ()
    people: tuple[PersonLine, ...] = ()
    places: tuple[PlaceLine, ...] = ()

    @property
    def count(self) -> int:
        return len(self.points) + len(self.people) + len(self.places)


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered dot of the map."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tile:
    """A township as a box, with how much of the register lies in it."""

    name: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SchematicMap:
    """A drawing from data: dots placed by coordinates, or townships as boxes."""

    width: float
    height: float
    marks: tuple[Mark, ...] = ()
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """``home/directory_page.html``."""

    heading: str
    summary: str
    shows: str  # points | people | model_villages | culture_sites
    groups: tuple[TownshipGroup, ...]
    total: int
    map: SchematicMap | None
    published_at: datetime | None
    source: str
    topics: tuple[TopicData, ...]
    qr_svg: Markup


@dataclass(frozen=True, slots=True)
class PointView:
    """``home/service_point_page.html``."""

    heading: str
    summary: str
    level: str
    address: str
    township: str
    village: str
    hours: OpeningHours
    phones: tuple[PhoneNumber, ...]
    services: tuple[str, ...]
    accessible_entrance: str  # yes | no | unknown
    latitude: float | None
    longitude: float | None
    confirmed_on: date | None
    is_stale: bool  # nobody has confirmed it for a year
    blocks: tuple[BlockData, ...]
    people: tuple[PersonLine, ...]
    nearby: tuple[PointLine, ...]
    directory: Card | None
    published_at: datetime | None
    source: str
    audiences: tuple[str, ...]
    topics: tuple[TopicData, ...]
    qr_svg: Markup


@dataclass(frozen=True, slots=True)
class PlaceView:
    """``home/place_page.html``."""

    heading: str
    summary: str
    register: str
    register_label: str
    rank: str
    rank_label: str
    named_year: int | None
    township: str
    village: str
    cover: Picture | None
    blocks: tuple[BlockData, ...]
    nearby: tuple[PlaceLine, ...]
    directory: Card | None
    published_at: datetime | None
    source: str
    audiences: tuple[str, ...]
    topics: tuple[TopicData, ...]
    qr_svg: Markup
