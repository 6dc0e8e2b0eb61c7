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
