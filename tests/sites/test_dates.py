"""What day it is: in the site's zone, whatever the zone of the machine."""

import pytest

from support.site import Site

LATE = "date: 2018-10-06 23:30:00 +0900"


def test_a_date_with_an_offset_is_seen_from_the_sites_zone(site: Site) -> None:
    site.config("timezone: Asia/Seoul").post("2018-10-06-vae", "글", LATE).build().is_good().has(
        "2018/10/06/vae.html", 'datetime="2018-10-06T23:30:00+09:00"'
    )
    site.config("timezone: Asia/Tokyo").build().is_good().has("2018/10/06/vae.html")
    site.config("timezone: Pacific/Auckland").build()
    site.has("2018/10/07/vae.html", 'datetime="2018-10-07T03:30:00+13:00"').lacks("2018/10/06")
    assert "is 2018-10-07 in Pacific/Auckland, and the address says so [date]" in site.report


@pytest.mark.parametrize(
    ("zone", "written", "shown"),
    [
        ("Europe/Berlin", "2018-03-25 02:30", "2018-03-25T03:30:00+02:00"),  # the clocks went from 2 to 3
        ("Europe/Berlin", "2018-10-28 02:30", "2018-10-28T02:30:00+01:00"),  # 2:30 came twice
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),  # the day began at 1
    ],
)
def test_times_that_a_change_of_clocks_skips_or_repeats(site: Site, zone: str, written: str, shown: str) -> None:
    site.config(f"timezone: {zone}").post("2018-01-01-clocks", "글", f"date: {written}").build().is_good()
    site.has(f"{written[:10].replace('-', '/')}/clocks.html", f'datetime="{shown}"')


def test_a_day_without_midnight_keeps_the_day_of_the_files_name(site: Site) -> None:
    site.config("timezone: America/Sao_Paulo").post("2018-11-04-clocks", "글").build().is_good().has(
        "2018/11/04/clocks.html"
    )


def test_the_zone_and_the_locale_of_the_machine_do_not_count(site: Site) -> None:
    site.config("timezone: Asia/Seoul").post("2018-10-06-vae", "{{ page.date }}", LATE)
    site.start(TZ="Pacific/Kiritimati", LC_ALL="C")
    first = site.files()
    site.start(TZ="America/Los_Angeles", LC_ALL="ko_KR.UTF-8")
    assert site.files() == first
    site.has("2018/10/06/vae.html", "2018-10-06 23:30:00 +0900")


def test_what_is_skipped_is_counted(site: Site) -> None:
    site.post("2018-10-06-vae").post("2999-01-01-later").post("2999-01-02-later").post(
        "2018-10-07-no", "", "published: false"
    )
    site.write({"_drafts/idea.md": "글"}).build().is_good()
    assert dict(site.done.skipped) == {"future": 2, "draft": 1, "unpublished": 1}
    site.lacks("2999").lacks("2018/10/07")
    site.build(future=True, show_drafts=True, unpublished=True).is_good()
    assert not any(site.done.skipped.values())
    site.has("2999/01/01/later.html").has("2018/10/07/no.html")
    assert [path for path in site.files() if path.endswith("/idea.html")]


def test_a_document_without_a_date_has_no_day_in_its_address(site: Site) -> None:
    site.config("collections:\n  notes: {output: true, permalink: /notes/:year/:title/}\n")
    site.write({"_notes/idea.md": "---\ntitle: 생각\n---\n"}).build().warns("""
        _notes/idea.md:1:1: warning: no date, and the address `/notes/1970/idea/` holds one: Jekyll writes the day of the build, mathblog always this one [date]
            1 | ---
              | ^
              = give it a `date:`, or a `permalink:` without one
    """)
