"""Layouts of a site's own, in Liquid, as Jekyll uses them (`renderer.rb`; the values were seen with Jekyll 4.3.1)."""

import re

import pytest

from support.site import Site

DEFAULT = """\
    <!doctype html>
    <html><head><title>{{ page.title }} – {{ site.title }}</title></head>
    <body class="{{ layout.kind }}">
    {% include nav.html here=page.url %}
    {{ content }}
    </body></html>
    """
POST = """\
    ---
    layout: default
    kind: 글
    ---
    <h1>{{ page.title }}</h1>
    <article>{{ content }}</article>
    {% if page.previous %}<a rel="prev" href="{{ page.previous.url | relative_url }}">{{ page.previous.title }}</a>{% endif %}
    """


@pytest.fixture
def blog(site: Site) -> Site:
    """Two posts and a page, laid out by three layouts, one in the other."""
    site.write(
        {
            "_layouts/default.html": DEFAULT,
            "_layouts/post.html": POST,
            "_includes/nav.html": "<nav>{% for p in site.pages %}{% if p.title %}"
            '<a href="{{ p.url | relative_url }}"{% if p.url == include.here %} class="here"{% endif %}>{{ p.title }}</a>'
            "{% endif %}{% endfor %}</nav>\n",
            "about.md": "---\nlayout: default\ntitle: 소개\n---\n**나**\n",
        }
    )
    site.post("2020-01-01-first", "첫 글 $x$", "layout: post\ntitle: 첫째")
    return site.post("2020-01-02-second", "둘째 글", "layout: post\ntitle: 둘째")


def test_a_post_stands_in_its_chain_of_layouts(blog: Site) -> None:
    blog.build().is_good()
    page = blog.read("2020/01/02/second.html")
    assert page.startswith("<!doctype html>\n<html><head><title>둘째 – 수학 노트</title>")
    assert '<body class="글">' in page
    assert "<h1>둘째</h1>\n<article><p>둘째 글</p>\n</article>" in page
    assert '<a rel="prev" href="/2020/01/01/first.html">첫째</a>' in page
    blog.has("about.html", '<a href="/about.html" class="here">소개</a>', "<p><strong>나</strong></p>")


def test_a_layout_sees_the_front_matter_of_those_inside_it_before_its_own(blog: Site) -> None:
    blog.write(
        {
            "_layouts/default.html": "---\nkind: 기본\nmore: {a: 1}\n---\n{{ layout.kind }} {{ layout.more.a }} {{ content }}"
        }
    )
    blog.build().is_good().has("2020/01/01/first.html", "글 1 <h1>").has("about.html", "기본 1 <p>")


def test_without_a_layout_a_page_is_bare(blog: Site) -> None:
    """As in Jekyll; a theme of mathblog's would give it one."""
    blog.post("2020-01-03-bare", "맨 글", "title: 맨").build().is_good()
    assert blog.read("2020/01/03/bare.html") == "<p>맨 글</p>\n"


def test_katex_is_linked_where_a_page_has_formulas(blog: Site) -> None:
    blog.config("baseurl: /b\n").build().is_good()
    blog.has("2020/01/01/first.html", '<link rel="stylesheet" href="/b/assets/katex/katex.min.css">\n</head>')
    blog.lacks("2020/01/02/second.html", "katex")


def test_formulas_that_a_layout_brings_are_rendered(blog: Site) -> None:
    """MathJax would find them in the whole page but its head, scripts and code."""
    blog.post("2020-01-03-title", r"\$5 or \$6 `$a$`", "layout: post\ntitle: On $x_1$")
    blog.write(
        {
            "_layouts/post.html": '---\nlayout: default\n---\n<h1>{{ page.title }}</h1><script>"$s$"</script>{{ content }}'
        }
    )
    blog.build().is_good()
    page = blog.read("2020/01/03/title.html")
    assert "<title>On $x_1$ – 수학 노트</title>" in page
    assert '<h1>On <span class="katex">' in page
    assert '<script>"$s$"</script>' in page
    assert "$5 or $6" in page
    assert page.count("<annotation") == 1


def test_a_listing_without_markup_keeps_its_formulas(blog: Site) -> None:
    blog.post("2020-01-03-long", "Let $a < b$ be, and $$c$$ more of it.", "layout: post\ntitle: L")
    blog.write(
        {
            "list.html": "---\nlayout: default\n---\n{% for post in site.posts limit: 1 %}"
            "<p>{{ post.excerpt | strip_html }}</p><i>{{ post.excerpt | strip_html | truncate: 12 }}</i>{% endfor %}\n"
        }
    ).build().is_good()
    page = blog.read("list.html")
    assert re.findall(r'<annotation encoding="application/x-tex">(.*?)</annotation>', page) == ["a &lt; b", "c"]
    assert "<i>Let...</i>" in page, "a formula that would be cut is left out"


def test_a_bad_formula_in_a_title_is_a_warning(blog: Site) -> None:
    blog.post("2020-01-02-second", "둘째 글", r"layout: post" + "\n" + r"title: '$\farc{1}{2}$'").build()
    assert r"_posts/2020-01-02-second.md: warning: undefined control sequence `\farc`" in blog.report
    assert blog.code == 0


def test_a_circle_of_layouts_ends_with_a_warning_that_shows_it(blog: Site) -> None:
    blog.remove("about.md").write({"_layouts/default.html": "---\nlayout: post\n---\n{{ content }}\n"}).build().warns(
        """
        _layouts/default.html:2:9: warning: layouts go on without end: post → default → post [liquid]
            2 | layout: post
              |         ^^^^
              = one of them needs another `layout:`
        """
    )


def test_a_page_whose_layout_does_not_exist_is_bare(blog: Site) -> None:
    """As Jekyll writes it, where the site has layouts of its own."""
    blog.write({"about.md": "---\nlayout: defualt\ntitle: 소개\n---\n**나**\n"}).build().warns(
        """
        about.md:2:9: warning: unknown layout `defualt`: the page has no layout [layout]
            2 | layout: defualt
              |         ^^^^^^^
              = did you mean `default`?
        """
    )
    assert blog.read("about.html") == "<p><strong>나</strong></p>\n"
    blog.write({"about.md": "---\ntitle: 소개\n---\n**나**\n"}).build().is_good()
    assert blog.read("about.html") == "<p><strong>나</strong></p>\n"


def test_default_stands_in_for_a_layout_of_a_theme_that_is_not_here(blog: Site) -> None:
    blog.config("theme: some-gem-nobody-made")
    blog.write({"about.md": "---\nlayout: single\ntitle: 소개\n---\n**나**\n"}).build()
    blog.has("about.html", "<title>소개 – 수학 노트</title>")


def test_a_layout_around_a_layout_that_does_not_exist(blog: Site) -> None:
    blog.write({"_layouts/post.html": "---\nlayout: bsae\n---\n<b>{{ content }}</b>"}).build().warns(
        """
        _layouts/post.html:2:9: warning: unknown layout `bsae`: nothing is put around this one [layout]
            2 | layout: bsae
              |         ^^^^
              = write `_layouts/bsae.html`, or correct the name
        """
    )
    assert blog.read("2020/01/02/second.html") == "<b><p>둘째 글</p>\n</b>"


def test_layouts_that_a_site_without_a_theme_does_not_have(blog: Site) -> None:
    """As Jekyll writes it: what mathblog's theme has is no layout of this site."""
    blog.remove("_layouts/default.html")
    blog.write({"contact.md": "---\nlayout: page\ntitle: 연락\n---\n메일\n"}).build().warns(
        """
        _layouts/post.html:2:9: warning: unknown layout `default`: nothing is put around this one [layout]
            2 | layout: default
              |         ^^^^^^^
              = write `_layouts/default.html`, or correct the name
        about.md:2:9: warning: unknown layout `default`: the page has no layout [layout]
            2 | layout: default
              |         ^^^^^^^
              = the theme has `post`
        contact.md:2:9: warning: unknown layout `page`: the page has no layout [layout]
            2 | layout: page
              |         ^^^^
              = the theme has `post`
        """
    )
    assert blog.read("contact.html") == "<p>메일</p>\n"
    assert blog.read("2020/01/02/second.html").startswith("<h1>둘째</h1>")
    blog.lacks("assets/css/main.css")


def test_a_folder_of_layouts_that_the_configuration_names_is_the_sites(site: Site) -> None:
    """Where it is empty, the pages are bare, as with Jekyll, and there are none besides them."""
    site.write({"index.html": "---\nlayout: page\n---\nFOO\n", "b.md": "---\n---\nbar\n"})
    for line in ("layouts_dir: theirs", "layouts: ../theirs"):
        site.write({"_config.yml": f"url: https://e.org\n{line}\n"}).build().warns(
            """
            index.html:2:9: warning: unknown layout `page`: the page has no layout [layout]
                2 | layout: page
                  |         ^^^^
                  = write `_layouts/page.html`, or leave `layout:` out
            """
        )
        assert site.read("index.html") == "FOO\n"
        assert site.read("b.html") == "<p>bar</p>\n"
        site.lacks("404.html").lacks("feed.xml")
    site.write({"_config.yml": "url: https://e.org\n"}).build().has("index.html", "<!doctype html>")


def test_the_theme_goes_on_where_the_sites_layouts_end_in_it(blog: Site) -> None:
    """As layouts of a gem's would (`layout: default` in a site that has only `post.html`), where the site names a theme."""
    blog.config("theme: default")
    blog.remove("_layouts/default.html").build().is_good()
    page = blog.read("2020/01/02/second.html")
    assert page.startswith("<!doctype html>")
    assert "<h1>둘째</h1>\n<article><p>둘째 글</p>\n</article>" in page
    assert page.count("</html>") == 1
    blog.has("assets/css/main.css", ":root")


def test_broken_liquid_in_a_layout_is_reported_once(blog: Site) -> None:
    blog.write({"_layouts/default.html": "{{ content }}\n{% qwxz %}\n"}).build().fails(
        """
        _layouts/default.html:2:4: error: unknown tag `qwxz` [liquid]
            2 | {% qwxz %}
              |    ^^^^
              = put `{% raw %}` before and `{% endraw %}` after what is not Liquid
        """
    )


def test_broken_front_matter_of_a_layout(blog: Site) -> None:
    blog.write({"_layouts/post.html": "---\nlayout: [a\n---\n<b>{{ content }}</b>\n"}).build()
    assert blog.code == 0
    assert "_layouts/post.html:" in blog.report
    blog.has("2020/01/01/first.html", "<b>")


def test_an_edited_layout_or_include_lays_out_again(blog: Site) -> None:
    blog.build().is_good().write({"_includes/nav.html": "<nav>새</nav>\n"}).build().is_good()
    blog.has("2020/01/01/first.html", "<nav>새</nav>").has("about.html", "<nav>새</nav>")
    blog.write({"_layouts/post.html": "{{ content }}!"}).build().is_good()
    assert blog.read("2020/01/02/second.html") == "<p>둘째 글</p>\n!"
    assert blog.done.changed == ("2020/01/01/first.html", "2020/01/02/second.html")


def test_a_year_in_the_footer_does_not_make_pages_again(blog: Site) -> None:
    blog.write({"_layouts/default.html": "{{ content }}{{ site.time | date: '%Y' }} {{ 'now' | date: '%Y' }}"})
    blog.build().is_good().build().is_good()
    assert blog.done.changed == ()
    year = re.search(r"(\d{4}) (\d{4})$", blog.read("about.html"))
    assert year
    assert year[1] == year[2]


def test_files_that_are_no_html_have_layouts_too(blog: Site) -> None:
    blog.write(
        {
            "_layouts/feed.xml": "---\n---\n<rss>{{ content }}</rss>",
            "rss.xml": "---\nlayout: feed\n---\n<title>$x$</title>",
            "plain.xml": "---\nlayout: null\n---\n<t>$$x$$ {{ site.posts.size }}</t>",
        }
    ).build().is_good()
    assert blog.read("rss.xml") == "<rss><title>$x$</title></rss>"
    assert blog.read("plain.xml") == "<t>$$x$$ 2</t>"


APART = """\
---
layout: default
---
{%- assign parts = content | split: '<p>' -%}
{%- for part in parts offset: 1 %}<p class="a">{{ part | replace: '</p>', ' ∎</p>' }}{% endfor -%}
<i>{{ content | strip_html | number_of_words }} {{ content | size }}</i>
"""


def test_layouts_see_formulas_as_source_and_may_take_the_content_apart(blog: Site) -> None:
    r"""As on Jekyll, where they are `\(x\)` until MathJax finds them: words and lengths are counted so."""
    blog.write({"_layouts/post.html": APART})
    blog.post(
        "2020-01-03-apart", "Let $\\R$ be.\n\n$$a < b$$ is `\\(c\\)`.", "layout: post\ntitle: T"
    ).build().is_good()
    page = blog.read("2020/01/03/apart.html")
    assert page.count('<p class="a">') == 2
    assert page.count(" ∎</p>") == 2
    assert re.findall(r'<annotation encoding="application/x-tex">(.*?)</annotation>', page) == [r"\R", "a &lt; b"]
    assert r"\(c\)</code>" in page
    content = "<p>Let \\(\\R\\) be.</p>\n<p>\\(a &lt; b\\) is <code>\\(c\\)</code>.</p>\n"
    words, size = re.search(r"<i>(\d+) (\d+)</i>", page).groups()
    assert (int(words), abs(int(size) - len(content)) < 60) == (8, True)


def test_a_formula_is_what_it_was_where_it_stood(blog: Site) -> None:
    """Macros that a post defines for itself hold in the content, whatever the layouts do with it."""
    text = "$\\def\\a{1}\\a$ and $\\def\\a{2}\\a$\n\n$\\newcommand{\\b}{3}$ $\\b$ ends."
    blog.write({"_layouts/post.html": APART}).post(
        "2020-01-03-macros", text, "layout: post\ntitle: T"
    ).build().is_good()
    assert blog.read("2020/01/03/macros.html").count("<mn>3</mn>") == 1


def test_later_pages_of_a_list_are_pages_of_the_site(blog: Site) -> None:
    """As in Jekyll, where jekyll-paginate adds them to `site.pages`: a navigation that lists all pages lists them, too."""
    blog.config("paginate: 1\n").write(
        {"index.html": "---\nlayout: default\ntitle: 집\n---\n{{ paginator.page }}\n"}
    ).build().is_good()
    links = re.findall(r'<a href="([^"]*)"( class="here")?>집</a>', blog.read("page2/index.html"))
    assert links == [("/", ""), ("/page2/", ' class="here"')]
    blog.has("page2/index.html", "\n2\n").has("index.html", "\n1\n")


def test_pages_of_a_layout_that_cannot_be_read_are_left_out_and_the_problem_is_told_once(blog: Site) -> None:
    """Without its layout a page is not a good page: `--keep-going` must not publish it bare."""
    blog.write({"_layouts/post.html": "---\n- default\n---\n{{ content }}\n"}).build(keep_going=True)
    assert blog.code == 1
    assert blog.report.startswith(
        "_layouts/post.html:2:1: error: front matter has to be `key: value` lines [front-matter]"
    )
    assert blog.report.count("error:") == 1
    blog.has("about.html")
    assert not [path for path in blog.files() if path.startswith("2")]
    blog.write({"_layouts/post.html": POST}).build()
    assert blog.code == 0


def test_a_refused_formula_of_a_layout_is_reported_in_the_layout_and_once(blog: Site) -> None:
    layout = POST.replace("<h1>", "<p>$$\\mathbbb{R}$$</p>\n    <h1>")
    nav = "<nav>$$\\hbarr$$</nav>\n"
    blog.write({"_layouts/post.html": layout, "_includes/nav.html": nav}).build()
    assert blog.code == 0
    assert [line for line in blog.report.splitlines() if ": warning: " in line] == [
        "_includes/nav.html:1:8: warning: undefined control sequence `\\hbarr` [math]",
        "_layouts/post.html:5:6: warning: undefined control sequence `\\mathbbb` [math]",
    ]


def test_the_rest_is_offered_only_where_there_is_one(blog: Site) -> None:
    blog.write(
        {
            "list.html": "---\nlayout: default\n---\n{% for p in site.posts %}"
            "[{{ p.title }}{% if p.excerpt != p.content %}…{% endif %}]{% endfor %}\n"
        }
    )
    blog.post("2020-01-03-third", "## 셋\n\n첫 문단\n\n둘째 문단", "title: 셋째\nexcerpt_separator: <!--more-->")
    blog.post("2020-01-04-fourth", "첫 문단\n\n둘째 문단", "title: 넷째")
    assert "[넷째…][셋째][둘째][첫째]" in blog.build().is_good().read("list.html")
    blog.post("2020-01-02-second", "둘째 글\n\n더", "layout: post\ntitle: 둘째")
    assert "[넷째…][셋째][둘째…][첫째]" in blog.build().is_good().read("list.html")


def test_listings_of_words_alone_keep_them_apart(blog: Site) -> None:
    """kramdown indents blocks, and nothing else parts two items once their tags and line ends are gone."""
    blog.write(
        {
            "words.html": "---\nlayout: default\n---\n{% for p in site.posts %}"
            "[{{ p.excerpt | strip_html | strip_newlines | normalize_whitespace }}|{{ p.content | number_of_words }}]{% endfor %}\n"
        }
    )
    blog.post("2020-01-03-third", "- 하나\n  - 둘\n- 셋", "title: 셋째")
    blog.post("2020-01-04-fourth", "| a | b |\n|---|---|\n| 1 | 2 |", "title: 넷째")
    page = blog.build().is_good().read("words.html")
    assert "[a b 1 2|14][하나 둘 셋|8][둘째 글|2][" in page
    assert "|3]" in page  # of `첫 글 $x$`


def test_an_index_of_the_site_holds_the_pages_too(blog: Site) -> None:
    """As the themes' `search.json` does; Jekyll's holds the pages whose files it reads before it."""
    blog.write(
        {
            "assets/search.json": "---\n---\n[{% for p in site.pages %}{% if p.title %}"
            "{{ p.content | strip_html | strip | jsonify }},{% endif %}{% endfor %}"
            "{% for p in site.posts %}{{ p.content | strip_html | strip | jsonify }},{% endfor %}0]\n"
        }
    )
    assert blog.build().is_good().read("assets/search.json") == '["나","둘째 글","첫 글 \\\\(x\\\\)",0]\n'
    blog.write({"about.md": "---\nlayout: default\ntitle: 소개\n---\n**너**\n"})
    assert blog.build().is_good().read("assets/search.json").startswith('["너",')


def test_a_body_sees_the_front_matter_of_its_layout(site: Site) -> None:
    """As in Jekyll, which sets `layout` before it renders the body (`Renderer#assign_layout_data!`)."""
    site.write(
        {
            "_layouts/inner.html": "---\nlayout: outer\nwidth: 3\nmore: {a: b}\n---\n{{ content }}",
            "_layouts/outer.html": "---\nwidth: 5\ndepth: 7\n---\n{{ content }}{{ layout.width }}",
            "a.txt": "---\nlayout: inner\n---\n[{{ layout.width }} {{ layout.depth }} {{ layout.more.a }}]",
            "b.txt": "---\n---\n[{{ layout.width }}]",
        }
    )
    site.build().is_good()
    assert site.read("a.txt") == "[3  b]3"
    assert site.read("b.txt") == "[]"
    site.write({"_layouts/inner.html": "---\nwidth: 4\n---\n{{ content }}"}).build().is_good()
    assert site.read("a.txt") == "[4  ]"
    site.equals_a_clean_build()


def test_a_layout_counts_the_words_of_highlighted_code_line_by_line(site: Site) -> None:
    """Seen with Jekyll 4.3.1: five words, also where a page of Markdown shows the post."""
    post = "---\nlayout: count\n---\n{% highlight text %}\none two\n\nthree\n{% endhighlight %}\n\nfour five\n"
    site.write(
        {
            "_layouts/count.html": "{{ content | strip_html | number_of_words }} words {{ content }}",
            "_posts/2024-05-06-a.md": post,
            "list.md": "---\nlayout: count\n---\n{% for post in site.posts %}{{ post.content }}{% endfor %}\n",
            "_layouts/.DS_Store": b"\0\0\0\1Bud1\0",
            "_includes/.DS_Store": b"\0\0\0\1Bud1\0",
            "_includes/a.png": b"\x89PNG\0",
        }
    ).build()
    assert site.code == 0  # what a disk or a drawing leaves among the templates is none
    assert site.report.count("warning: ") == 1
    assert "_includes/a.png:1:1: warning: " in site.report
    for name in ("2024/05/06/a.html", "list.html"):
        page = site.read(name)
        assert "5 words" in page
        assert "one two\n\nthree</code></pre></figure>" in page


@pytest.mark.parametrize("name", ["index.html", "list.htm"])
def test_dollars_in_the_code_of_shown_posts_stay_where_no_post_has_a_formula(site: Site, name: str) -> None:
    fence = "```\n$ make \\(all\\) \\[x\\] \\begin{a}\n```\n\n`$HOME` and [a](/b?c=$d)\n"
    site.write(
        {
            "_layouts/bare.html": "{{ content }}",
            "_posts/2024-05-06-a.md": f"---\nlayout: bare\n---\n{fence}",
            name: "---\nlayout: bare\n---\n{% for post in site.posts %}{{ post.content }}{{ post.excerpt }}{% endfor %}",
        }
    ).build()
    assert site.read(name).startswith(site.read("2024/05/06/a.html").strip())
    assert not re.search("[\ufdd0-\ufdd3]", site.read(name))


def test_the_first_page_of_a_list_is_one_page_of_the_site(site: Site) -> None:
    """As with Jekyll 4.3.1 and jekyll-paginate: the template is the first page, the second one is added."""
    site.config("paginate: 1\npaginate_path: /news/page:num\n").write(
        {
            "_layouts/bare.html": "{{ content }}",
            "_posts/2024-05-06-a.md": "a\n",
            "_posts/2024-05-07-b.md": "b\n",
            "news/index.html": "---\nlayout: bare\n---\n",
            "map.html": "---\n---\n{% for p in site.pages %}{% if p.url contains 'news' %}{{ p.url }} {% endif %}{% endfor %}",
        }
    ).build()
    assert site.read("map.html").split() == ["/news/", "/news/page2/"]


@pytest.mark.parametrize(
    ("config", "fence", "tag"),
    [
        ("kramdown: {syntax_highlighter_opts: {disable: true}}", "plain", "coloured"),
        ("kramdown: {syntax_highlighter_opts: {block: {disable: true}}}", "plain block", "coloured"),
        ("highlighter: none", "plain", "plain"),
        ("highlighter: false", "", "plain"),
    ],
)
def test_code_that_a_script_in_the_browser_colours(site: Site, config: str, fence: str, tag: str) -> None:
    """Seen with Jekyll 4.3.1: the elements that Prism and highlight.js look for."""
    site.config(f"{config}\n").write(
        {
            "_layouts/x.html": "{{ content }}",
            "a.md": "---\nlayout: x\n---\n```js\na < 1\n```\n\n`b`\n\n{% highlight js linenos %}\nvar c\n{% endhighlight %}\n",
        }
    ).build().is_good()
    page = site.read("a.html")
    assert ('<pre><code class="language-js">a &lt; 1\n</code></pre>' in page) is fence.startswith("plain")
    assert ("<code>b</code>" in page) is (fence == "plain")
    assert (
        '<figure class="highlight"><pre><code class="language-js" data-lang="js">var c</code></pre></figure>' in page
    ) is (tag == "plain")


def test_an_address_that_the_author_wrote_is_not_encoded(site: Site) -> None:
    """Menus compare it with `_data`; that of a file's own name is encoded (`URL#generate_url`), and so is what `relative_url` gives."""
    site.write(
        {
            "_layouts/menu.html": "{% for item in site.data.menu %}{{ item }}{% if item == page.url %}*{% endif %} {% endfor %}"
            "{{ page.dir }} {{ page.url | relative_url }} {% for it in site.pages %}{{ it.url }} {% endfor %}",
            "_data/menu.yml": "[/, /소개/나/]\n",
            "a.md": "---\nlayout: menu\npermalink: /소개/나/\n---\n",
            "쪽.md": "---\n---\n",
        }
    ).build().is_good()
    encoded = "/%EC%86%8C%EA%B0%9C/%EB%82%98/"
    assert site.read("소개/나/index.html") == f"/ /소개/나/* /소개/나/ {encoded} /소개/나/ /%EC%AA%BD.html "
