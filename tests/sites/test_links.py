"""Tags that name a file of the site: what they find, and what is said where two files answer to a name."""

from support.site import Site


def test_a_post_named_without_its_folder_where_two_have_the_name(site: Site) -> None:
    site.write({"de/_posts/2020-01-08-same.md": "---\n---\nx", "en/_posts/2020-01-08-same.md": "---\n---\ny"})
    site.write({"index.md": "---\n---\n{% post_url 2020-01-08-same %} {% post_url en/2020-01-08-same %}\n"})
    site.build().warns("""
        index.md:3:13: warning: `2020-01-08-same` is the name of `de/_posts/2020-01-08-same.md`, `en/_posts/2020-01-08-same.md`: the first is linked [liquid]
            3 | {% post_url 2020-01-08-same %} {% post_url en/2020-01-08-same %}
              |             ^^^^^^^^^^^^^^^
              = write the folder before it: `de/2020-01-08-same`
    """)
    site.has("index.html", "/de/2020/01/08/same.html /en/2020/01/08/same.html")


def test_a_link_follows_the_post_that_moves_into_a_folder(site: Site) -> None:
    site.post("2020-01-02-a").write({"index.md": "---\n---\n{% post_url 2020-01-02-a %}\n"})
    site.build().is_good().has("index.html", "/2020/01/02/a.html")
    site.remove("_posts/2020-01-02-a.md").write({"film/_posts/2020-01-02-a.md": "---\n---\n"})
    site.build().is_good().has("index.html", "/film/2020/01/02/a.html").equals_a_clean_build()


def test_a_relative_include_is_found_beside_the_page_also_from_an_include(site: Site) -> None:
    site.write(
        {
            "index.md": "---\n---\n{% include_relative part/one.txt %}\n",
            "part/one.txt": "{% include_relative sub/two.txt %}",
            "part/sub/two.txt": "two",
        }
    )
    site.build(keep_going=True)
    assert "part/one.txt:1:21: error: no include named `sub/two.txt` (included by `index.md`)" in site.report
    site.write({"part/one.txt": "{% include_relative part/sub/two.txt %}{% include_relative /_kept/_a/three.txt %}"})
    site.write({"_kept/_a/three.txt": "three"}).build().is_good().has("index.html", "twothree").lacks(
        "_kept/_a/three.txt"
    )
    site.write({"_kept/_a/three.txt": "four"}).build().is_good().has("index.html", "twofour").equals_a_clean_build()
