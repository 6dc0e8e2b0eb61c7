"""The words and dates of mathblog's themes in the language of the blog, or of a page."""

import re

import pytest

from support.site import Site


@pytest.mark.parametrize("theme", ["default", "strap"])
@pytest.mark.parametrize("lang", ["de", "de-AT", "de_CH"])
def test_words_and_dates_are_in_the_language_of_the_blog(site: Site, lang: str, theme: str) -> None:
    site.config(f"lang: {lang}\ntheme: {theme}\n").post("2026-03-05-a", "Text.").build().is_good()
    site.has("2026/03/05/a.html", "5. März 2026", "Zum Inhalt springen", f'<html lang="{lang}"')


def test_a_page_has_a_language_of_its_own(site: Site) -> None:
    site.config("lang: de\n").post("2026-03-05-a", "Text.", "lang: ar").post("2026-03-06-b", "Text.", "lang: pt-BR")
    site.build().is_good()
    site.has("2026/03/05/a.html", '<html lang="ar" dir="rtl"', "5 مارس 2026", "انتقل إلى المحتوى")
    site.has("2026/03/06/b.html", '<html lang="pt-BR">', "6 de março de 2026", "Pular para o conteúdo")
    site.has("archive/index.html", '<html lang="de"', "Zum Inhalt springen")


def test_a_language_without_words_has_its_dates(site: Site) -> None:
    site.config("lang: eu\n").post("2026-03-05-a", "Text.").build().is_good()
    site.has("2026/03/05/a.html", "2026(e)ko martxoaren 5(a)", "Skip to content")


@pytest.mark.parametrize(("lang", "hint"), [("german", "did you mean `de`?"), ("qq", "write the code of a language")])
def test_what_is_no_language_is_a_warning_at_its_place(site: Site, lang: str, hint: str) -> None:
    site.config(f"lang: {lang}\n").post("2026-03-05-a", "Text.").build()
    assert site.report.count(f"`{lang}` is no language") == 1
    assert re.search(r"^_config\.yml:\d:7: warning: `", site.report, re.MULTILINE)
    assert hint in site.report
    site.has("2026/03/05/a.html", "March 5, 2026", "Skip to content")


def test_the_site_has_words_of_its_own(site: Site) -> None:
    site.config("lang: de\n").post("2026-03-05-a", "Text.", "tags: [x]")
    site.write({"_theme/theme.yml": "labels: {DE: {skip: Weiter}}\n"}).build().is_good()
    site.has("2026/03/05/a.html", "Weiter", "5. März 2026")
    site.write({"_theme/labels/de.yml": "skip: Los\ndate: '%d.%m.%Y'\n", "_theme/theme.yml": ""}).build().is_good()
    site.has("2026/03/05/a.html", "Los", "05.03.2026", "Archive")
    site.write({"_theme/labels/de.yml": "skip: Ab\n"}).build().is_good().has("2026/03/05/a.html", "Ab", "5. März 2026")
    site.write({"_theme/labels/de.yml": "skip"}).build()
    assert "_theme/labels/de.yml:1:1: warning: the words of a language have to be a mapping" in site.report


def test_pages_with_one_ref_are_translations_of_each_other(site: Site) -> None:
    site.config("baseurl: /maths\n").post("2026-03-05-heat", "Text.", "ref: heat")
    site.post("2026-03-05-waerme", "Text.", "ref: heat\nlang: de").post("2026-03-05-other", "Text.").build().is_good()
    english, german = site.read("2026/03/05/heat.html"), site.read("2026/03/05/waerme.html")
    for page in (english, german):
        assert '<link rel="alternate" hreflang="en" href="https://example.org/maths/2026/03/05/heat.html">' in page
        assert '<link rel="alternate" hreflang="de" href="https://example.org/maths/2026/03/05/waerme.html">' in page
    link = '<a href="/maths/2026/03/05/waerme.html" hreflang="de" lang="de" rel="alternate">Deutsch</a>'
    assert f"In other languages: {link}</p>" in english
    assert ">English</a>" in german
    assert "hreflang" not in site.read("2026/03/05/other.html")


@pytest.mark.parametrize("theme", ["default", "strap"])
def test_translations_come_and_go_with_their_pages(site: Site, theme: str) -> None:
    text = "---\ntitle: Heat\nref: heat\nlang: {}\npermalink: /{}/\n---\nText.\n"
    site.config(f"theme: {theme}\n").write({"heat.md": text.format("en", "heat"), "w.md": text.format("ar", "w")})
    site.build().is_good().has("heat/index.html", 'hreflang="ar" lang="ar" dir="rtl"', "العربية</a>")
    site.write({"w.md": text.format("fr", "w")}).build().is_good().lacks("heat/index.html", 'hreflang="ar"')
    site.has("heat/index.html", "Français</a>")
    site.write({"w.md": text.format("fr", "v")}).build().is_good().has("heat/index.html", 'href="/v/"')
    site.write({"w.md": text.replace("ref: heat", "").format("fr", "v")}).build().is_good()
    assert "hreflang" not in site.read("heat/index.html")


def test_front_matter_names_translations(site: Site) -> None:
    names = "{de: _posts/2026-03-06-w.md, fr: 'https://x.org/f/', es: /es/a/, it: 'javascript:a()', en: /self/}"
    site.post("2026-03-05-a", "Text.", f"translations: {names}").post("2026-03-06-w", "Text.", "lang: de")
    site.build().is_good()
    page = site.read("2026/03/05/a.html")
    links = re.findall(r'<a href="([^"]*)" hreflang="(\w+)"', page)
    assert links == [("/2026/03/06/w.html", "de"), ("/es/a/", "es"), ("https://x.org/f/", "fr")]
