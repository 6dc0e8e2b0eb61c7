"""Sites with layouts of their own and plugins: the texts are those that Jekyll 4.3.1 makes of the same files."""

from support.site import Site

SHOW = (
    "{{ page.title }}|{{ page.url }}|{{ page.type }}|{{ page.date | date: '%F' }}|{{ page.path }}|"
    "{% for post in page.posts %}{{ post.slug }} {% endfor %}|{{ content }}"
)
PAGES = (
    "{{ paginator.page }} of {{ paginator.total_pages }}, {{ paginator.total_posts }} in all, {{ paginator.per_page }} a page; "
    "{{ paginator.previous_page }} {{ paginator.previous_page_path }} < {{ page.url }} > "
    "{{ paginator.next_page }} {{ paginator.next_page_path }}: "
    "{% for post in paginator.posts %}{{ post.slug }} {% endfor %}\n"
)


def blog(site: Site, config: str) -> Site:
    site.config(f"baseurl: /b\ntimezone: Asia/Seoul\n{config}").write({"_layouts/archive.html": SHOW})
    for month in (1, 2, 3):
        front = f"tags: [a, t{month}]\ncategories: [Set Theory]"
        site.post(f"2020-0{month}-05-post-{month}", "text", front)
    return site


def test_pages_of_posts(site: Site) -> None:
    blog(site, "plugins: [jekyll-paginate]\npaginate: 2\npaginate_path: /blog/page:num\n")
    site.write({"index.html": f"---\n---\n{PAGES}", "blog/index.html": f"---\n---\n{PAGES}"}).build().is_good()
    assert site.read("index.html") == " of ,  in all,  a page;   < / >  : \n"
    assert site.read("blog/index.html") == "1 of 2, 3 in all, 2 a page;   < /blog/ > 2 /blog/page2: post-3 post-2 \n"
    assert site.read("blog/page2/index.html") == "2 of 2, 3 in all, 2 a page; 1 /blog/ < /blog/page2/ >  : post-1 \n"
    site.lacks("404.html").lacks("feed.xml").lacks("sitemap.xml").lacks("tags/a/index.html").lacks("archive/index.html")


def test_paths_of_pages_end_as_jekylls_default_does(site: Site) -> None:
    blog(site, "paginate: 2\n").write({"index.html": f"---\n---\n{PAGES}"}).build().is_good()
    assert site.read("index.html") == "1 of 2, 3 in all, 2 a page;   < / > 2 /page2: post-3 post-2 \n"
    assert site.read("page2/index.html") == "2 of 2, 3 in all, 2 a page; 1 / < /page2/ >  : post-1 \n"


def test_a_new_post_moves_the_others_to_the_next_page(site: Site) -> None:
    blog(site, "paginate: 2\n").write({"index.html": f"---\n---\n{PAGES}"}).build().is_good()
    site.post("2020-04-05-post-4").build().is_good()
    assert site.read("page2/index.html").endswith(": post-2 post-1 \n")
    site.remove("_posts/2020-04-05-post-4.md").remove("_posts/2020-03-05-post-3.md").build().is_good()
    site.lacks("page2/index.html")


def test_archives(site: Site) -> None:
    blog(site, "plugins: [jekyll-archives]\njekyll-archives: {enabled: all, layouts: {tag: tagged}}\n")
    site.write({"_layouts/tagged.html": "tagged {{ page.title }}"}).build().is_good()
    assert site.read("2020/index.html") == "|/2020/|year|2020-01-01|2020/index.html|post-3 post-2 post-1 |"
    assert site.read("2020/02/index.html") == "|/2020/02/|month|2020-02-01|2020/02/index.html|post-2 |"
    assert site.read("2020/02/05/index.html") == "|/2020/02/05/|day|2020-02-05|2020/02/05/index.html|post-2 |"
    expected = "Set Theory|/category/set-theory/|category||category/set-theory/index.html|post-3 post-2 post-1 |"
    assert site.read("category/set-theory/index.html") == expected
    assert site.read("tag/t1/index.html") == "tagged t1"


def test_the_archives_of_a_site_are_a_list_as_with_jekyll_archives(site: Site) -> None:
    shown = "{% for page in site.archives %}{{ page.type }} {{ page.title }} {{ page.url }}|{% endfor %}"
    blog(site, "plugins: [jekyll-archives]\njekyll-archives: {enabled: [tags, categories]}\n")
    site.write({"list.html": f"---\nlayout: null\n---\n{shown}"}).build().is_good()
    tags = "tag a /tag/a/|tag t1 /tag/t1/|tag t2 /tag/t2/|tag t3 /tag/t3/|"
    assert site.read("list.html") == tags + "category Set Theory /category/set-theory/|"
    blog(site, "archives: own\n").write({"list.html": "---\nlayout: null\n---\n{{ site.archives }}"}).build()
    assert site.read("list.html") == "own"


def test_lists_of_paginate_v2(site: Site) -> None:
    shown = "{{ page.title }} {{ page.pagination_info.curr_page }} {{ page.autogen }} " + PAGES.strip()
    trail = "{% for step in paginator.page_trail %}[{{ step.num }} {{ step.path }} {{ step.title }}]{% endfor %}"
    config = """
        plugins: [jekyll-paginate-v2]
        pagination: {enabled: true, per_page: 2, permalink: '/p/:num/', sort_reverse: true, trail: {before: 1, after: 1}}
        autopages: {enabled: true, tags: {layouts: [tagged.html]}, categories: {enabled: false}, collections: {enabled: false}}
        """
    blog(site, "").config(config)
    site.write({"_layouts/tagged.html": f"{{{{ page.title }}}} {{{{ page.autopages.display_name }}}} {trail}"})
    site.write(
        {"index.html": f"---\ntitle: All\npagination: {{enabled: true}}\n---\n{shown} {trail}\n"}
    ).build().is_good()
    steps = "[1 /index.html All][2 /p/2/index.html All - page 2]"
    first = f"All 1  1 of 2, 3 in all, 2 a page;   < /index.html > 2 /p/2/: post-3 post-2  {steps}\n"
    assert site.read("index.html") == first
    second = (
        f"All - page 2 2 jekyll-paginate-v2 2 of 2, 3 in all, 2 a page; 1 / < /p/2/index.html >  : post-1  {steps}\n"
    )
    assert site.read("p/2/index.html") == second
    tag = "Posts tagged with a a [1 /tag/a/index.html Posts tagged with a][2 /tag/a/p/2/index.html Posts tagged with a - page 2]"
    assert site.read("tag/a/index.html") == tag
    site.has("tag/t1/index.html", "Posts tagged with t1 t1").lacks("tag/t1/p/2/index.html")


def test_a_redirect_layout_of_the_sites_own(site: Site) -> None:
    blog(site, "plugins: [jekyll-redirect-from]\n").write(
        {
            "_layouts/redirect.html": "{{ page.redirect.from }} -> {{ page.redirect.to }}{{ content }}",
            "new.md": "---\nredirect_from: /old/\n---\ntext\n",
            "gone.md": "---\nredirect_to: /new.html\n---\ntext\n",
        }
    )
    site.build().is_good()
    assert site.read("old/index.html") == "/old/ -> https://example.org/b/new.html"
    assert site.read("gone.html") == "/gone.html -> https://example.org/b/new.html"
    site.has("new.html", "<p>text</p>").has("redirects.json", '"/old/"')


def test_default_layouts(site: Site) -> None:
    layouts = {f"_layouts/{name}.html": f"{name} {{{{ content }}}}" for name in ("default", "home", "page")}
    site.config("plugins: [jekyll-default-layout]\n").write(layouts).post("2020-01-01-a", "x")
    files = {
        "index.md": "---\n---\nx\n",
        "b.md": "---\n---\nx\n",
        "c.html": "---\n---\nx\n",
        "d.md": "---\nlayout: null\n---\nx\n",
    }
    site.write(files).build().is_good()
    assert [site.read(path).split()[0] for path in ("index.html", "b.html", "2020/01/01/a.html")] == [
        "home",
        "page",
        "default",
    ]
    assert (site.read("c.html"), site.read("d.html")) == ("x\n", "<p>x</p>\n")


def test_what_plugins_add_to_the_pages_of_the_site(site: Site) -> None:
    """The names of jekyll-paginate-v2's pages are their template's: Jekyll has `.html` for all of them."""
    names = "jekyll-paginate-v2, jekyll-feed, jekyll-sitemap, jekyll-redirect-from, jekyll-archives"
    site.config(f"plugins: [{names}]\npagination: {{enabled: true}}\njekyll-archives: {{enabled: [tags, year]}}\n")
    site.write(
        {
            "_layouts/archive.html": "-",
            "list.txt": (
                "---\n---\n{% for p in site.pages %}{{ p.url }}|{{ p.title }}|{{ p.layout }}|{{ p.permalink }}|{{ p.redirect.to }}"
                "|{{ p.dir }}|{{ p.sitemap }}\n{% endfor %}{% for p in site.html_pages %}{{ p.url }};{% endfor %}"
            ),
            "about.md": "---\ntitle: About\nredirect_from: [/old/, /o.html]\n---\n",
            "gone.md": "---\ntitle: Gone\nredirect_to: https://x.org/\n---\n",
            "blog/index.html": "---\ntitle: B\npermalink: /blog\npagination: {enabled: true, permalink: '/p/:num/', per_page: 2}\n---\n",
            "sub/index.html": "---\ntitle: S\npagination: {enabled: true, per_page: 2}\n---\n",
            "robots.txt": "own",
        }
    )
    for day in (1, 2, 3):
        site.post(f"2020-01-0{day}-p{day}", "text", f"tags: [x]\nredirect_from: /was{day}")
    site.build().is_good()
    assert site.read("list.txt").splitlines() == EXPECTED.splitlines()


EXPECTED = """\
/about.html|About||||/|
/gone.html|Gone|redirect|/gone.html|https://x.org/|/|false
/list.txt|||||/|
/was1||redirect|/was1|https://example.org/2020/01/01/p1.html|/|false
/was2||redirect|/was2|https://example.org/2020/01/02/p2.html|/|false
/was3||redirect|/was3|https://example.org/2020/01/03/p3.html|/|false
/old/||redirect|/old/|https://example.org/about.html|/old/|false
/o.html||redirect|/o.html|https://example.org/about.html|/|false
/redirects.json|||||/|
/tag/x/|x|archive||||
/2020/||archive||||
/blog/index.html|B||/blog/index.html||/blog/|
/blog/p/2/index.html|B - page 2||/blog/p/2/index.html||/blog/p/2/|
/sub/index.html|S||||/sub/|
/sub/page2/index.html|S - page 2||||/sub/page2/|
/feed.xml|||||/|false
/sitemap.xml|||||/|
/about.html;/gone.html;/was1;/was2;/was3;/old/;/o.html;/tag/x/;/2020/;/blog/index.html;/blog/p/2/index.html;
"""
