"""Files among the posts are published with the posts that name them, where a browser asks for them."""

from support.site import Site

PNG = b"\x89PNG\r\n\x1a\n\0\xff"


def test_files_that_a_post_names_are_published_with_it(site: Site) -> None:
    site.post(
        "2024-01-01-x",
        """
        ![a plot](plot.png) [data](data%20set.csv) <img src="raw.png" srcset="raw.png 1x,big.png 2x" alt="">
        ![in a folder](x/deep.png) ![there already](/assets/logo.png) [elsewhere](https://example.com/other.png)
        """,
    )
    beside = ("plot.png", "data set.csv", "raw.png", "big.png", "x/deep.png", "2024-01-01-dated.png")
    site.write({f"_posts/{name}": PNG for name in (*beside, "other.png", "notes.txt")})
    site.write({"assets/logo.png": PNG}).build().is_good()
    assert sorted(path for path in site.files() if path.startswith("2024/01/01/") and not path.endswith(".html")) == [
        "2024/01/01/big.png", "2024/01/01/data set.csv", "2024/01/01/plot.png", "2024/01/01/raw.png", "2024/01/01/x/deep.png",
    ]  # fmt: skip
    site.post("2024-01-01-x", "![a plot](plot.png) and words").build().is_good().lacks("2024/01/01/raw.png")
    site.post("2024-01-01-x", "![a plot](plot.png) and other words").build().is_good()
    assert site.files()["2024/01/01/plot.png"] == PNG
    site.post("2024-01-01-x", "![dated](2024-01-01-dated.png)").build().is_good().equals_a_clean_build()
    assert site.files()["2024/01/01/2024-01-01-dated.png"] == PNG
    site.remove("_posts/2024-01-01-dated.png").build()
    assert "image `2024/01/01/2024-01-01-dated.png` does not exist" in site.report
    site.lacks("2024/01/01/2024-01-01-dated.png")


def test_a_bundle_of_hugos_is_a_post_with_its_files(site: Site) -> None:
    site.config("permalink: pretty\n").write({
        "_posts/2024-02-02-bundle/index.md": "---\ntitle: Bundle\n---\n![](img/a.svg)\n\n$$y \\label{eq:y}$$\n",
        "_posts/2024-02-02-bundle/img/a.svg": "<svg/>",
        "_posts/2024-02-03-other.md": "{% post_url 2024-02-02-bundle %} \\eqref{bundle:eq:y}",
    }).build().is_good()  # fmt: skip
    site.has("2024/02/02/bundle/img/a.svg", "<svg/>").has("2024/02/03/other/index.html", "/2024/02/02/bundle/")
    site.has("2024/02/03/other/index.html", 'href="/2024/02/02/bundle/#eq-y"')


def test_files_beside_pages_and_members_of_collections_and_texts_in_lists(site: Site) -> None:
    site.config("permalink: pretty\nbaseurl: /blog\ncollections: {notes: {output: true}}\n").write({
        "_notes/a.md": "---\n---\n![n](i/n.png) ![up](../root.png)", "_notes/i/n.png": PNG, "root.png": PNG,
        "about.md": "---\n---\n[all](data.csv) <img src='root.png' alt='r'>", "data.csv": "1,2", "_drafts/p.png": PNG,
    }).post("2024-01-01-x", "![p](p.png) [there](#x) [top](/blog/about/) <img alt='' src=p.png>").build().is_good()  # fmt: skip
    assert {"notes/a/i/n.png", "notes/root.png", "about/data.csv", "about/root.png"} < site.files().keys()
    site.has("index.html", 'src="/blog/2024/01/01/x/p.png"', 'href="#x"', 'href="/blog/about/"')
    assert site.read("index.html").count("/blog/2024/01/01/x/p.png") == 2


def test_two_files_at_one_address_and_one_of_the_sites_own(site: Site) -> None:
    site.write({
        "_posts/a/2024-01-01-p.md": "![](plot.png) ![](own.png)", "_posts/a/plot.png": "a", "_posts/a/own.png": "a",
        "_posts/b/2024-01-01-q.md": "![](plot.png)", "_posts/b/plot.png": "b", "2024/01/01/own.png": "Jekyll's",
    }).build().warns("""
        _posts/b/plot.png: warning: `/2024/01/01/plot.png` is also the address of `_posts/a/plot.png`, which is published there: this file is not [url]
              = give one of them another name, or their posts addresses of their own (`permalink: pretty`)
    """)  # fmt: skip
    site.has("2024/01/01/plot.png", "a").has("2024/01/01/own.png", "Jekyll's")


def test_jekyll_postfiles_publishes_all_that_lies_below_the_folder_of_a_post(site: Site) -> None:
    site.config("plugins: [jekyll-postfiles]\n").write({
        "_posts/x/2024-01-01-p.md": "a text", "_posts/x/data/a.csv": "1", "_posts/x/notes.txt": "n",
        "_posts/x/2024-01-01-dated.png": PNG, "_posts/top.png": PNG,
    }).build().is_good()  # fmt: skip
    site.has("2024/01/01/data/a.csv", "1").has("2024/01/01/notes.txt", "n")
    assert not any(path.endswith(".png") for path in site.files())


def test_with_safe_files_that_run_are_left_out(site: Site) -> None:
    """Who writes posts puts files beside them, which a browser shows as pages of the site."""
    names = ("plot.svg", "evil.svg", "broken.svg", "page.html", "page.xhtml", "code.js", "plot.png", "a.pdf")
    site.config("safe: true\n").post("2024-01-01-x", "\n".join(f"[a file]({name})" for name in names))
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>"
    site.write({f"_posts/{name}": PNG for name in names})
    site.write({"_posts/plot.svg": drawing.format("<path d='M0 0'/>")})
    site.write(
        {"_posts/evil.svg": drawing.format("<script>alert(1)</script>"), "assets/owner.svg": "<svg onload='x'/>"}
    )
    site.build()
    assert {path.rpartition("/")[2] for path in site.files() if path.startswith("2024/01/01/")} == {
        "x.html", "plot.svg", "plot.png", "a.pdf",
    }  # fmt: skip
    assert "_posts/evil.svg: warning: not published: the drawing has `<script>` [safe]" in site.report
    assert "_posts/broken.svg: warning: not published: as a drawing it is no XML" in site.report
    assert "_posts/code.js: warning: not published: it is of no kind that pages only show [safe]" in site.report
    assert "assets/owner.svg" in site.files()
    site.config("").build()
    assert {"2024/01/01/evil.svg", "2024/01/01/code.js"} < site.files().keys()
