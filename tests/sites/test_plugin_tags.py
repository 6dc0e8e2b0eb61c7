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
    site.write({"_layouts/post.html": "<p>\n{% cite knuth84 %}</p>{{ content }}"})
    site.post("2018-10-06-on", "x", "layout: post").build()
    assert site.code == 1
    assert "_layouts/post.html:2:4: error: unknown tag `cite` [liquid]" in site.report
    assert "jekyll-scholar is not built in" in site.report
