"""The time zone that an author may have meant: cities that have none of their own, abbreviations, slips of the pen."""

import difflib
from collections.abc import Mapping
from zoneinfo import available_timezones

from mathblog.core.patterns import lazy_pattern

# places that people write although the zone has the name of another city (tz database, `zone1970.tab`)
_PLACES: Mapping[str, tuple[str, ...]] = {
    "Africa/Johannesburg": ("cape_town", "durban", "pretoria"),
    "America/Chicago": ("austin", "dallas", "houston", "madison", "minneapolis"),
    "America/Los_Angeles": ("berkeley", "pst", "pdt", "san_diego", "san_francisco", "seattle", "stanford"),
    "America/New_York": ("atlanta", "boston", "edt", "miami", "philadelphia", "pittsburgh", "princeton", "washington", "washington_dc"),
    "America/Sao_Paulo": ("brasilia", "campinas", "rio", "rio_de_janeiro"),
    "America/Toronto": ("ottawa", "quebec", "waterloo"),
    "Asia/Dubai": ("abu_dhabi",),
    "Asia/Ho_Chi_Minh": ("hanoi",),
    "Asia/Karachi": ("islamabad", "lahore", "rawalpindi"),
    "Asia/Kolkata": ("bangalore", "bengaluru", "bombay", "chennai", "delhi", "hyderabad", "ist", "kanpur", "madras", "mumbai", "new_delhi", "pune"),
    "Asia/Seoul": ("busan", "daejeon", "kst", "korea"),
    "Asia/Shanghai": ("beijing", "chengdu", "china", "guangzhou", "hangzhou", "hefei", "nanjing", "peking", "shenzhen", "tianjin", "wuhan", "xian"),
    "Asia/Tokyo": ("jst", "kyoto", "nagoya", "osaka", "sapporo"),
    "Australia/Sydney": ("wollongong",),
    "Europe/Amsterdam": ("leiden", "rotterdam", "the_hague", "utrecht"),
    "Europe/Berlin": ("bonn", "cologne", "frankfurt", "hamburg", "heidelberg", "munich", "stuttgart"),
    "Europe/Brussels": ("antwerp", "ghent", "leuven"),
    "Europe/Istanbul": ("ankara", "izmir"),
    "Europe/Lisbon": ("coimbra", "porto"),
    "Europe/London": ("bristol", "cambridge", "edinburgh", "glasgow", "manchester", "oxford"),
    "Europe/Madrid": ("barcelona", "seville", "valencia"),
    "Europe/Moscow": ("msk", "saint_petersburg", "st_petersburg"),
    "Europe/Paris": ("grenoble", "lyon", "marseille", "nice", "strasbourg", "toulouse"),
    "Europe/Rome": ("bologna", "florence", "milan", "naples", "padua", "pisa", "turin"),
    "Europe/Stockholm": ("gothenburg", "lund", "uppsala"),
    "Europe/Warsaw": ("krakow", "wroclaw"),
    "Europe/Zurich": ("basel", "bern", "geneva", "lausanne"),
    "Pacific/Auckland": ("wellington",),
}  # fmt: skip
_OFFSET = lazy_pattern(r"(?:utc|gmt)([+-])0?(\d{1,2})(?::?00)?")
_MOST_AHEAD, _MOST_BEHIND = 14, 12  # hours from UTC that `Etc/GMT…` has zones for
_ALIKE, _VERY_ALIKE = 0.75, 0.9  # how alike two names must be, of 1


def suggest_zone(written: str) -> str:
    """The zone that somebody means by a name which is none, '' where nothing comes near.

    `UTC+9` is `Etc/GMT-9`: the tz database counts west of Greenwich.
    """
    word = written.strip().lower().replace(" ", "_")
    if offset := _OFFSET.fullmatch(word):
        east, hours = offset[1] == "+", int(offset[2])
        return f"Etc/GMT{'-' if east else '+'}{hours}" if hours <= (_MOST_AHEAD if east else _MOST_BEHIND) else ""
    zones = {zone.lower(): zone for zone in sorted(available_timezones())}
    cities = {zone.rpartition("/")[2].lower(): zone for zone in zones.values()}
    cities |= {place: zone for zone, places in _PLACES.items() for place in places}
    if word in zones:
        return zones[word]
    city = word.rpartition("/")[2]
    if city in cities:
        return cities[city]
    if near := difflib.get_close_matches(word, zones, 1, _VERY_ALIKE):
        return zones[near[0]]
    near = difflib.get_close_matches(city, cities, 1, _ALIKE)
    return cities[near[0]] if near else ""
