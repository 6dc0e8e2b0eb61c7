"""Sites that ask for GitHub Pages' plugins: what a build publishes. Values are those of the Ruby plugins for such a site."""

import json
from xml.etree import ElementTree as ET

import pytest

from support.site import Site

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(site: Site) -> list[str | None]:
    return [url.findtext(f"{SITEMAP}loc") for url in ET.fromstring(site.read("sitemap.xml"))]


def test_titles_from_headings(site: Site) -> None:
    site.config("plugins: [jekyll-titles-from-headings]\n")
    site.write(
        {
            "two.md": '---\n---\n# Two *and* "a half"\n\ntext\n',
            "named.md": "---\ntitle: Named\n---\n# Heading\n",
            "kept.md": "---\nstrip_title: true\n---\nUnder\n=====\n\ntext\n",
        }
    )
    site.post("2020-01-01-from-name", "# In the text\n\ntext").build().is_good()
    site.has("two.html", "<title>Two and “a half”", '<h1 id="two-and-a-half">').has("named.html", "<title>Named")
    assert "<p>text</p>" in site.has("kept.html", "<title>Under").body("kept.html")
    assert "<h1" not in site.body("kept.html")
    site.has("2020/01/01/from-name.html", "<title>From Name")


def test_titles_of_posts_too_and_no_heading_twice(site: Site) -> None:
    site.config("gems: [jekyll-titles-from-headings]\ntitles_from_headings: {strip_title: true, collections: true}\n")
    site.post("2020-01-01-x", "# $x^2$ is *even*\n\nFirst.\n\nSecond.", "title: Overruled").build().is_good()
    assert site.body("2020/01/01/x.html") == "<p>First.</p>\n\n<p>Second.</p>"
    site.has("feed.xml", "<title>x² is even</title>", "<summary>First.</summary>")


def test_a_title_taken_from_the_text_follows_it(site: Site) -> None:
    site.config("plugins: [jekyll-titles-from-headings]\n").write({"a.md": "---\n---\n# Old\n"}).build().is_good()
    site.write({"a.md": "---\n---\n# New\n"}).build().is_good().has("a.html", "<title>New").lacks("a.html", "Old")


def test_places_are_right_below_a_heading_that_was_taken_out(site: Site) -> None:
    site.config("plugins: [jekyll-titles-from-headings]\ntitles_from_headings: {strip_title: true}\n")
    site.write({"a.md": "---\n---\n# Title\n\n![x](none.png)\n"}).build()
    site.warns(
        """
        a.md:5:6: warning: image `none.png` does not exist [image]
            5 | ![x](none.png)
              |      ^^^^^^^^
              = put the file at `none.png` in the site's folder, or correct the address
        """
    )


def test_markdown_without_front_matter(site: Site) -> None:
    files = {"a.md": "# A\n", "docs/b.md": "text\n", "LICENSE.md": "no\n", "README.md": "no\n", "c.html": "<p>"}
    site.write(files).build().is_good().lacks("a.html").has("a.md")
    site.config("plugins: [jekyll-optional-front-matter]\n").build().is_good()
    site.has("a.html", "<h1").has("a.md", "# A").has("docs/b.html", "<p>text</p>")
    site.lacks("LICENSE.html").has("LICENSE.md").lacks("README.html")
    assert site.read("c.html") == "<p>"
    site.config("plugins: [jekyll-optional-front-matter]\noptional_front_matter: {remove_originals: true}\n")
    site.build().is_good().has("a.html").lacks("a.md").has("LICENSE.md")
    site.config("plugins: [jekyll-optional-front-matter]\ninclude: [LICENSE.md]\n").build().is_good().has(
        "LICENSE.html"
    )
    site.config("plugins: [jekyll-optional-front-matter]\nrequire_front_matter: true\n").build().is_good().lacks(
        "a.html"
    )


def test_a_readme_is_the_index_of_its_folder(site: Site) -> None:
    site.config("plugins: [jekyll-readme-index]\n")
    site.write(
        {"README.md": "root\n", "docs/readme.markdown": "docs\n", "own/README.md": "x\n", "own/index.html": "<p>"}
    )
    site.build().is_good().has("index.html", "<p>root</p>").has("docs/index.html", "<p>docs</p>").has("README.md")
    site.lacks("README.html").lacks("own/README.html").has("own/README.md")
    site.remove("own/index.html").build().is_good().has("own/index.html", "<p>x</p>")
    site.write({"index.md": "---\n---\nmine\n"}).build().is_good().has("index.html", "<p>mine</p>").lacks("README.html")


def test_a_readme_with_front_matter_only_on_demand(site: Site) -> None:
    site.config("plugins: [jekyll-readme-index]\n").write({"docs/README.md": "---\ntitle: D\n---\ntext\n"})
    site.build().is_good().has("docs/README.html").lacks("docs/index.html")
    site.config("plugins: [jekyll-readme-index]\nreadme_index: {with_frontmatter: true}\n").build().is_good()
    site.has("docs/index.html", "<p>text</p>").lacks("docs/README.html")


def test_links_to_source_files(site: Site) -> None:
    text = """
        ---
        ---
        [up](../a.md#part) [post](/_posts/2020-01-01-p.md "t") [ref][r] ![i](../img/i.png) [no](none.md) [web](https://e.example/a.md)
        `[code](../a.md)` $x(../a.md)$

        [r]: ../a.md
        """
    site.write({"docs/b.md": text, "a.md": "---\npermalink: /the-a/\n---\n", "img/i.png": "x"})
    site.post("2020-01-01-p", "[a](../a.md)").config("baseurl: /n\n").build()
    assert site.links("docs/b.html").count("../a.md") == 1
    site.config("baseurl: /n\nplugins: [jekyll-relative-links]\n").build().is_good()
    body = site.body("docs/b.html")
    assert '<a href="/n/the-a/#part">up</a> <a href="/n/2020/01/01/p.html" title="t">post</a>' in body
    assert '<a href="/n/the-a/">ref</a> <img src="/n/img/i.png" alt="i" />' in body
    assert '<a href="none.md">no</a> <a href="https://e.example/a.md">web</a>' in body
    assert "[code](../a.md)" in body
    assert '<a href="../a.md">a</a>' in site.body("2020/01/01/p.html")
    site.config("plugins: [jekyll-relative-links]\nrelative_links: {collections: true, exclude: [docs]}\n").build()
    assert '<a href="/the-a/">a</a>' in site.body("2020/01/01/p.html")
    assert '<a href="../a.md#part">up</a>' in site.body("docs/b.html")


def test_a_link_follows_the_page_it_names(site: Site) -> None:
    site.config("plugins: [jekyll-relative-links]\n").write({"a.md": "---\n---\n[b](b.md)\n"}).build().is_good()
    assert "b.md" in site.links("a.html")
    site.write({"b.md": "---\npermalink: /bee/\n---\n"}).build().is_good()
    assert "/bee/" in site.links("a.html")
    site.write({"b.md": "---\npermalink: /wasp/\n---\n"}).build().is_good()
    assert "/wasp/" in site.links("a.html")


def test_an_address_that_cannot_lead_on_is_named_where_it_stands(site: Site) -> None:
    site.config("plugins: [jekyll-redirect-from]\n").write({"about.md": "---\n---\nme\n"})
    site.post("2020-01-01-new", "/about.html", "title: /about.html\nredirect_from:\n  - /old\n  - /about.html").build()
    site.warns("""
        _posts/2020-01-01-new.md:5:5: warning: `redirect_from: /about.html` is the address of `about.md`, which stays there [url]
            5 |   - /about.html
              |     ^^^^^^^^^^^
              = take it out of `redirect_from`
        """)
    for line, start in (("[/about.html-old, /about.html]", 34), ("[/en/about.html, '/about.html']", 34)):
        site.post("2020-01-01-new", "/about.html", f"redirect_from: {line}").build()
        assert site.report.startswith(f"_posts/2020-01-01-new.md:2:{start}: warning: `redirect_from: /about.html` is")
    site.post("2020-01-01-new", "/about.html", "title: /about.html\nredirect_from:\n  - /old\n  - /about.html").build()
    before = site.report
    site.config("plugins: [jekyll-redirect-from]\n").build()
    assert site.report == before
    site.post("2020-01-01-new", "text", "title: new\nredirect_from: /old").build().is_good()


def test_redirects(site: Site) -> None:
    site.config("plugins: [jekyll-redirect-from]\n").post("2020-01-01-new", "text", "redirect_from: [/old, /older/]")
    site.write({"moved.md": "---\nredirect_to: https://e.example/\n---\ngone\n"}).build().is_good()
    target = "https://example.org/2020/01/01/new.html"
    site.has("old.html", f"url={target}").has("older/index.html", f'href="{target}"').lacks("moved.html", "gone")
    assert json.loads(site.read("redirects.json")) == {
        "/old": target,
        "/older/": target,
        "/moved.html": "https://e.example/",
    }
    assert locations(site) == [
        "https://example.org/",
        "https://example.org/2020/01/01/new.html",
        "https://example.org/archive/",
    ]
    site.config("").build().is_good().lacks("old.html").has("moved.html", "gone")


def test_what_defaults_keep_out_of_the_sitemap(site: Site) -> None:
    files = {"a.html": "<p>", "b.pdf": "x", "in/c.html": "<p>", "in/d.md": "---\n---\n", "e.html": "---\n---\n"}
    site.config(
        """
        archive_path: /in/archive/
        defaults:
          - {scope: {path: in}, values: {sitemap: false}}
          - {scope: {path: e.html, type: pages}, values: {sitemap: false}}
          - {scope: {path: a.html, type: pages}, values: {sitemap: false}}
        """
    )
    site.write(files).build().is_good()
    assert locations(site) == [f"https://example.org/{path}" for path in ("", "a.html", "b.pdf", "in/archive/")]


def test_archives(site: Site) -> None:
    site.config(
        """
        plugins: [jekyll-archives]
        jekyll-archives: {enabled: all, permalinks: {category: '/c/:name.html'}}
        """
    )
    site.post("2018-10-06-a", "a", "tags: [확률]\ncategories: [Set Theory]").post("2019-01-02-b", "b").build().is_good()
    paths = ("2018/index.html", "2018/10/index.html", "2018/10/06/index.html", "2019/01/02/index.html")
    for path in (*paths, "tag/확률/index.html", "c/set-theory.html"):
        site.has(path, "<!doctype html>")
    site.has("2018/10/index.html", ">A<").lacks("2018/10/index.html", ">B<").has("tag/확률/index.html", ">A<")
    assert "/tag/%ED%99%95%EB%A5%A0/" in site.links("set theory/2018/10/06/a.html")


def test_pages_of_an_own_template(site: Site) -> None:
    site.config("paginate: 1\nplugins: [jekyll-paginate]\n").write(
        {"index.html": "---\ntitle: Shelf\n---\n<p>top</p>\n"}
    )
    site.post("2020-01-01-a", "a").post("2020-01-02-b", "b").build().is_good()
    site.has("page2/index.html", "<title>Shelf")
    assert site.done.addresses["index.html"] == "index.html"
    site.remove("index.html").build().is_good().lacks("page2/index.html", "Shelf")


def test_a_home_page_that_writes_the_list_itself(site: Site) -> None:
    text = "{% for post in paginator.posts %}<i>{{ post.title }}</i>{% endfor %} {{ paginator.page }}"
    site.config("paginate: 1\n").write({"index.html": f"---\nlayout: home\n---\n{text}\n"})
    site.post("2020-01-01-a", "a").post("2020-01-02-b", "b").build().is_good()
    site.has("index.html", "<i>B</i> 1").lacks("index.html", "<i>A</i>", 'class="post-list"')
    site.has("page2/index.html", "<i>A</i> 2").lacks("page2/index.html", "<i>B</i>", 'class="post-list"')


def test_a_list_by_paginate_v2(site: Site) -> None:
    site.config("plugins: [jekyll-paginate-v2]\npagination: {enabled: true, per_page: 1, sort_reverse: true}\n")
    front = "title: Shelf\nlayout: home\npagination: {enabled: true, permalink: '/p:num/'}"
    site.write({"shelf/list.html": f"---\n{front}\n---\n<p>top</p>\n"})
    site.post("2020-01-01-a", "a").post("2020-01-02-b", "b").build().is_good()
    site.lacks("shelf/list.html").has("shelf/index.html", ">B<").lacks("shelf/index.html", ">A<")
    site.has("shelf/p2/index.html", "<title>Shelf - page 2", ">A<")


def test_what_will_be_missing(site: Site) -> None:
    site.write(
        {"_plugins/remark.rb": 'Liquid::Template.register_tag("remark", Remark)\n', "_plugins/x.txt": "x"}
    ).build()
    site.warns(
        """
        _plugins/remark.rb: warning: Ruby is not run here: the tag `{% remark %}` will be missing [plugin]
              = an include can do what a tag does: `{% include remark.html %}`
        """
    )


@pytest.mark.parametrize("config", ["plugins: [jemoji]", "gems: [jemoji]", "kramdown: {gfm_emojis: true}"])
def test_emoji(site: Site, config: str) -> None:
    site.config(f"{config}\n").post("2020-01-01-a", "proved :tada:").build().is_good()
    assert site.body("2020/01/01/a.html") == "<p>proved 🎉</p>"
    site.config("").build().is_good()
    assert site.body("2020/01/01/a.html") == "<p>proved :tada:</p>"


def test_github_pages_stands_for_its_plugins(site: Site) -> None:
    site.config("plugins: [github-pages]\n").write({"README.md": "# Hello\n\n[a](a.md)\n", "a.md": "# A\n"})
    site.build().is_good().has("index.html", "<title>Hello", 'href="/a.html"')


def test_gemfile_names_plugins_too(site: Site) -> None:
    """As `PluginManager.require_from_bundler`: the group `jekyll_plugins`, and `github-pages` wherever it stands."""
    layout = {"_layouts/default.html": "<i>{{ content }}</i>"}
    site.write({"README.md": "# Hello\n", "a.md": "---\n---\n{% picture a.png %}\n", **layout}).build()
    assert site.code == 1
    lines = 'gem "github-pages"\ngroup :jekyll_plugins do\n  gem "jekyll-feed"\n  gem "jekyll-picture-tag"\nend\ngem "jekyll-sitemap"\n'
    site.write({"Gemfile": lines}).build().has("feed.xml").lacks("sitemap.xml")
    assert site.code == 0
    assert "Gemfile:4:8: warning: the plugin `jekyll-picture-tag` cannot run here" in site.report
    assert site.read("index.html").startswith("<i><h1")
    site.write({"Gemfile": "source 'https://rubygems.org'\n"}).build()
    assert site.code == 1


def test_a_default_layout_for_the_home_page(site: Site) -> None:
    site.write({"index.md": "---\n---\ntop\n"}).post("2020-01-01-a", "a").build().is_good().lacks("index.html", ">A<")
    site.config("plugins: [jekyll-default-layout]\n").build().is_good().has("index.html", "<p>top</p>", ">A<")
    site.write({"index.md": "---\nlayout: none\n---\ntop\n"}).build().is_good()
    assert site.read("index.html") == "<p>top</p>\n"


@pytest.mark.parametrize(
    "ruby",
    [
        {"_plugins/note.rb": "x = 1\n"},
        {"_config.yml": "title: t\nurl: https://e.org\nplugins: [jekyll-jupyter-notebook]\n"},
    ],
)
def test_a_tag_that_ruby_may_bring_spoils_its_place_only(site: Site, ruby: dict[str, str]) -> None:
    site.post("2018-10-06-vae", "앞 {% jupyter_notebook a %} 뒤\n\n{% theorem %}\n**정리**\n{% endtheorem %}\n")
    site.build()
    assert site.code == 1
    assert "_posts/2018-10-06-vae.md:3:6: error: unknown tag `jupyter_notebook`" in site.report
    site.write(ruby).build()
    assert site.code == 0
    assert (
        "3:6: warning: unknown tag `jupyter_notebook`: if a plugin of the site's brings it, what it writes is missing here"
        in site.report
    )
    assert site.body("2018/10/06/vae.html") == "<p>앞  뒤</p>\n\n<p><strong>정리</strong></p>"
    site.build(strict=True)
    assert site.code == 1


def test_an_include_that_ruby_may_write_spoils_its_place_only(site: Site) -> None:
    site.post("2018-10-06-vae", "a {% include graph.json %} b {% include_relative c.md %} d\n").build()
    assert site.code == 1
    assert "3:14: error: no include named `graph.json` [liquid]" in site.report
    site.write({"_plugins/graph.rb": "File.write('_includes/graph.json', '{}')\n"}).build()
    assert site.code == 0
    because = "if a plugin of the site's writes it, it is missing here"
    assert f"3:14: warning: no include named `graph.json`: {because} [liquid]" in site.report
    assert f"3:50: warning: no include named `c.md`: {because} [liquid]" in site.report
    assert site.body("2018/10/06/vae.html") == "<p>a  b  d</p>"
    site.build(strict=True)
    assert site.code == 1
