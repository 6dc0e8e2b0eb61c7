"""Tags of Jekyll's plugins in a site's own layouts, from front matter to the page."""

from support.site import Site

LAYOUT = """\
    <!doctype html>
    <html><head>{% seo %}{% feed_meta %}</head>
    <body>{% include_cached name.html %}{% toc %}<main>{{ content | inject_anchors }}</main></body></html>
    """


def test_the_head_and_the_contents_of_a_post_with_formulas(site: Site) -> None:
    site.write({"_layouts/post.html": LAYOUT, "_includes/name.html": "<p>{{ site.title }}</p>"})
    front = "layout: post\ntitle: On $x^2$\ntoc: true"
    site.post("2018-10-06-on", "The **square** $x^2 < 1$.\n\n## Where $y$ is\n\nText.\n\n### Below\n", front).build()
    site.is_good()
    page = site.read("2018/10/06/on.html")
    head, _, body = page.partition("</head>")
    assert "<title>On x^2 | 수학 노트</title>" in head
    assert '<meta name="description" content="The square x^2 &lt; 1." />' in head
    assert '"headline":"On x^2"' in head
    assert 'type="application/atom+xml" rel="alternate"' in head
    assert 'class="katex' not in head.replace("katex/katex.min.css", "")
    assert body.count("<p>수학 노트</p>") == 1
    contents = body[body.index('<ul id="toc"') : body.index("<main>")]
    assert '<a href="#where-y-is">Where <span class="' in contents
    assert "katex" in contents
    assert contents.index("toc-h2") < contents.index("toc-h3")
    assert 'href="#below" aria-hidden="true"' in body


def test_a_tag_that_no_plugin_of_ours_has_is_an_error_in_the_layout(site: Site) -> None:
    site.write({"_layouts/post.html": "<p>\n{% avatar knuth84 %}</p>{{ content }}"})
    site.post("2018-10-06-on", "x", "layout: post").build()
    assert site.code == 1
    assert "_layouts/post.html:2:4: error: unknown tag `avatar` [liquid]" in site.report
    assert "jekyll-avatar is not built in" in site.report


def test_notes_in_the_margin_hold_markdown_and_formulas(site: Site) -> None:
    """[run] The HTML is that of tufte-jekyll's Ruby files under Jekyll 4.3."""
    site.write({"_plugins/sidenote.rb": "Liquid::Template.register_tag('sidenote', Note)\n"})
    body = (
        "{% newthought 'Once more' %} said{% sidenote 'one' 'A *fine* $x_1*y*z$.' %} and"
        """{% marginnote "two" "It's \\"so\\"" %} then{% marginfigure 'f' 'https://e.org/a.png' 'Fig' %}\n\n"""
        "{% epigraph 'Text' 'Author' 'Work' %}\n\n{% maincolumn '//e.org/a.png' 'It _is_ $y_1$' %}\n\n{% sidenote 'o' %}\n"
    )
    site.post("2018-10-06-on", body).build()
    site.is_good()
    page = site.read("2018/10/06/on.html")
    assert (
        "<p><span class='newthought'>Once more</span>  said<label for='one' class='margin-toggle sidenote-number'>"
        in page
    )
    assert "<input type='checkbox' id='one' class='margin-toggle'/><span class='sidenote'>A <em>fine</em> <span" in page
    assert "<label for='two' class='margin-toggle'> ⊕</label>" in page
    assert "<span class='marginnote'>It’s “so” </span> then<label for='f' class='margin-toggle'>⊕</label>" in page
    assert "<span class='marginnote'><img class='fullwidth' src='https://e.org/a.png'/><br>Fig</span></p>" in page
    assert "<blockquote><p>Text</p><footer>Author, <cite>Work</cite></footer></blockquote></div>" in page
    assert "<figcaption class='maincolumn-figure'>It <em>is</em> <span" in page
    assert "<span class='sidenote'> </span></p>" in page
    assert "x_1*y*z</annotation>" in page
    assert "katex-display" not in page


def test_formulas_between_tags_are_kept_from_liquid_and_markdown(site: Site) -> None:
    body = (
        "In {% m %}a_1 \\{ *b* {{n}} \\}{% em %} and {% katex %}c_1 \\| *d*{% endkatex %}, {% katex display %}e \\\\ \\{f\\}{% endkatex %} mid\n\n"
        "{% math %}\ng_1 *h* \\{i\\}\n{% endmath %}\n\n{% katex display %}\nj_1 *k*\n{% endkatex %}\n\n"
        "{% katex %}l_1{% endkatex %}\n\n{% katexmm %}\nso $o_1$\n{% endkatexmm %}\n"
    )
    site.config("plugins: [jekyll-katex]\n").post("2018-10-06-on", body).build()
    site.is_good()
    page = site.read("2018/10/06/on.html")
    for tex in ("a_1 \\{ *b* {{n}} \\}", "c_1 \\| *d*", "e \\\\ \\{f\\}", "g_1 *h* \\{i\\}", "j_1 *k*", "l_1", "o_1"):
        assert f"{tex}</annotation>" in page, tex
    assert '<div class="mathblock"><span class="katex-display' in page
    assert page.count('class="katex-display') == 3


def test_a_quote_that_is_never_closed_stops_the_page_as_in_jekyll(site: Site) -> None:
    site.post("2018-10-06-on", "Said{% sidenote 'one' It's %}.\n").build()
    assert site.code == 1
    assert "a quote is never closed in `{% sidenote %}`" in site.report


def test_a_tag_of_a_plugin_may_be_another_one_of_the_sites_own(site: Site) -> None:
    """Jekyll runs `_plugins/*.rb` instead of what we have under that name: the page is published with what stands in the tag."""
    body = (
        "{% tabs %}\n{% tab One %}\nfirst $a_1$\n{% endtab %}\n{% endtabs %}\n\n"
        "{% tabs log %}\nsecond\n{% endtabs %}\n\n{% inspirehep_citations %}{% twitter %}\n"
    )
    site.post("2018-10-06-on", body).build()
    assert site.code == 1
    assert "`tabs` has no name" in site.report
    site.write({"_plugins/tabs.rb": "Liquid::Template.register_tag('tabs', Tabs)\n"}).build()
    assert site.code == 0
    assert "on.md:3:4: warning: `tabs` has no name: if a plugin of the site's brings another `tabs`," in site.report
    page = site.read("2018/10/06/on.html")
    assert "first <span" in page
    assert "second" in page


def test_scholar_is_built_in_in_both_spellings(site: Site) -> None:
    site.config("plugins: [jekyll/scholar, jekyll-scholar]\n").post("2018-10-06-on", "x").build().is_good()
    assert "scholar" not in site.report


def test_details_hold_markdown_and_formulas(site: Site) -> None:
    site.write({"_plugins/details.rb": "Liquid::Template.register_tag('details', Details)\n"})
    body = "{% details A *word* $x^2$ %}\nFirst $a_1$.\n\n$b_1$\n\n$$\n\\{c\\}\n$$\n{% enddetails %}\n\nAfter.\n"
    site.post("2018-10-06-on", body).build()
    site.is_good()
    page = site.read("2018/10/06/on.html")
    assert "<details><summary>A <em>word</em> <span" in page
    assert "</summary>\n<p>First <span" in page
    assert page.count('class="katex-display') == 1
    assert "\\{c\\}</annotation>" in page
    assert "<p>After.</p>" in page


def test_filters_of_themes(site: Site) -> None:
    """The addresses are those of jekyll-email-protect's `email-protect.rb` and jekyll-github-metadata's `edit-link-tag.rb`."""
    site.config("filtered_bibtex_keywords: [abbr]\nrepository: ada/notes\nplugins: [github-pages]\n")
    front = 'layout: null\nbib: "@book{a,\\n  abbr = {X},\\n  title = {T}\\n}"'
    text = "{{ 'Élan Öl 中' | remove_accents }} {{ ':smile: :nope:' | emojify }} {{ page.bib | hideCustomBibtex }}"
    text += "\n{{ 'a.b-1@é.org' | encode_email }} {% github_edit_link 'Edit' %} {{ site.github.owner_name }}"
    site.write({"a.html": f"---\n{front}\n---\n{text}"}).build().is_good()
    assert site.read("a.html") == (
        "Elan Ol ? 😄 :nope: @book{a,\n  title = {T}\n}\n"
        '%61.%62-%31@%C3%A9.%6F%72%67 <a href="https://github.com/ada/notes/edit/gh-pages/a.html">Edit</a> ada'
    )


def test_of_translations_at_one_address_the_default_language_is_published(site: Site) -> None:
    """As jekyll-polyglot's `coordinate_documents` chooses for its first site; its tags and jekyll-last-modified-at's are known."""
    site.config(
        "plugins: [jekyll-polyglot, jekyll-last-modified-at]\nlanguages: [en, ko]\ndefault_lang: en\n"
        'last-modified-at: {date-format: "%Y"}\n'
    )
    layout = (
        "{% I18n_Headers %}<a {% static_href %}href='/ko/'{% endstatic_href %}>{{ site.active_lang }} {{ site.languages | join: '+' }}</a>"
        "{% last_modified_at %} {% last_modified_at %B %-d %} {% for p in site.posts %}{{ p.title }} {% endfor %}{{ content }}"
    )
    site.write({"_layouts/one.html": layout})
    site.write({"a.md": "---\nlayout: one\npermalink: /a/\nlast_modified_at: 2021-02-03\n---\nEnglish\n"})
    site.write({"z.md": "---\npermalink: /a/\nlang: ko\n---\n한국어\n", "b.md": "---\nlang: ko\n---\n홀로\n"})
    site.post("2020-01-01-one", "x", "lang: en\npermalink: /one/\ntitle: One")
    site.post("2020-01-02-하나", "x", "lang: ko\npermalink: /one/\ntitle: 하나").build()
    assert site.code == 0
    head = '<meta http-equiv="Content-Language" content="en">\n'
    assert site.read("a/index.html") == f"{head}<a href='/ko/'>en en+ko</a>2021 February 3 One <p>English</p>\n"
    assert "홀로" in site.read("b.html")
    assert site.report.count("warning:") == 2, "one for each plugin"
