"""A theorem that is written as a quote: what Jekyll 4.3 with kramdown makes of the source, what GitHub shows of it, and what mathblog makes of the same."""

import re
from html import unescape
from pathlib import Path

from markdown_it import MarkdownIt

from support.site import Site

POST = """\
> **Theorem** (Cantor). No set maps *onto* its power set.
{: .theorem #thm-cantor}

> Look at what does not lie in its own image.
{: .proof of="thm-cantor"}

By [Theorem](#thm-cantor), by [](#thm-cantor), and [in the other post]({% post_url 2018-10-06-sets %}#thm-union).
"""
OTHER = "{: .lemma #thm-union}\n> **Lemma.** Unions are sets.\n"
IN_JEKYLL = """\
<blockquote class="theorem" id="thm-cantor">
  <p><strong>Theorem</strong> (Cantor). No set maps <em>onto</em> its power set.</p>
</blockquote>

<blockquote class="proof" of="thm-cantor">
  <p>Look at what does not lie in its own image.</p>
</blockquote>

<p>By <a href="#thm-cantor">Theorem</a>, by <a href="#thm-cantor"></a>, and <a href="/2018/10/06/sets.html#thm-union">in the other post</a>.</p>
"""
OTHER_IN_JEKYLL = (
    '<blockquote class="lemma" id="thm-union">\n  <p><strong>Lemma.</strong> Unions are sets.</p>\n</blockquote>\n'
)
GUIDE = Path(__file__).parents[2] / "docs/guide/theorems.md"
PAGE, OTHER_PAGE = "2019/01/01/power.html", "2018/10/06/sets.html"


NO_WORDS = """_posts/2019-01-01-power.md:10:34: warning: the link to `#thm-cantor` has no words, and nothing with a number is called so: it shows nothing [label-unknown]
   10 | By [Theorem](#thm-cantor), by [](#thm-cantor), and [in the other post]({% post_url 2018-10-06-sets %}#thm-union).
      |                                  ^^^^^^^^^^^
      = write words between the brackets
"""


def test_a_blog_for_jekyll_has_quotes_and_links_that_lead_to_them(site: Site) -> None:
    site.write({"_layouts/post.html": "{{ content }}"}).config("markdown: kramdown")
    site.post("2018-10-06-sets", OTHER, "layout: post").post("2019-01-01-power", POST, "layout: post").build()
    site.warns(NO_WORDS)
    assert site.read(PAGE) == IN_JEKYLL
    assert site.read(OTHER_PAGE) == OTHER_IN_JEKYLL


def test_the_same_source_has_heads_numbers_and_the_same_addresses(site: Site) -> None:
    site.post("2018-10-06-sets", OTHER).post("2019-01-01-power", POST).build().is_good()
    body = site.body(PAGE)
    words = unescape(re.sub("<[^<>]*>", "", body)).replace("\N{NO-BREAK SPACE}", " ").split()
    assert " ".join(words).startswith("Theorem 1 (Cantor). No set maps onto its power set. Proof of Theorem 1. Look at")
    links = re.findall(r'<a [^>]*href="([^"]*#thm-[^"]*)"[^>]*>([^<]*)</a>', body.partition("By ")[2])
    assert [(place, text.replace("\N{NO-BREAK SPACE}", " ")) for place, text in links] == [
        ("#thm-cantor", "Theorem"),
        ("#thm-cantor", "Theorem 1"),
        ("/2018/10/06/sets.html#thm-union", "in the other post"),
    ]
    site.has(PAGE, ' id="thm-cantor"').has(OTHER_PAGE, ' id="thm-union"')


def test_the_example_of_the_guide_is_a_quote_that_begins_with_its_name_on_github() -> None:
    """GitHub reads CommonMark, as markdown-it's preset does: neither knows our rules. A list of attributes is words there."""
    example = GUIDE.read_text().partition("```markdown\n")[2].partition("```")[0]
    assert example.startswith("> **Theorem** (")
    quotes = MarkdownIt("commonmark").render(example).split("<blockquote>\n")[1:]
    assert quotes[0].startswith("<p><strong>Theorem</strong> (Euler). If ")
    assert quotes[1].startswith("<p>The numbers prime to ")
