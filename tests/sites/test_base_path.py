"""Addresses that begin at the root of the host, in a site that is published below a base path."""

from support.site import Site


def test_an_address_without_the_base_path_is_named(site: Site) -> None:
    site.write({"assets/a.png": b"x", "about.md": "---\n---\n"}).post(
        "2018-10-06-vae",
        """
        ![a](/assets/a.png) [b](</about>) <img src='/assets/a.png'>

        [c]: /about.html
        """,
    )
    site.build().is_good()
    site.build(baseurl="/notes").warns(
        """
        _posts/2018-10-06-vae.md:3:6: warning: `/assets/a.png` lacks the base path `/notes`: online it leads nowhere [url]
            3 | ![a](/assets/a.png) [b](</about>) <img src='/assets/a.png'>
              |      ^^^^^^^^^^^^^
              = write `{{ site.baseurl }}/assets/a.png`
        _posts/2018-10-06-vae.md:3:26: warning: `/about` lacks the base path `/notes`: online it leads nowhere [url]
            3 | ![a](/assets/a.png) [b](</about>) <img src='/assets/a.png'>
              |                          ^^^^^^
              = write `{{ site.baseurl }}/about`
        _posts/2018-10-06-vae.md:3:45: warning: `/assets/a.png` lacks the base path `/notes`: online it leads nowhere [url]
            3 | ![a](/assets/a.png) [b](</about>) <img src='/assets/a.png'>
              |                                             ^^^^^^^^^^^^^
              = write `{{ site.baseurl }}/assets/a.png`
        _posts/2018-10-06-vae.md:5:6: warning: `/about.html` lacks the base path `/notes`: online it leads nowhere [url]
            5 | [c]: /about.html
              |      ^^^^^^^^^^^
              = write `{{ site.baseurl }}/about.html`
        """
    )


def test_addresses_that_are_right_are_not_named(site: Site) -> None:
    site.write({"assets/a.png": b"x"}).post(
        "2018-10-06-vae",
        """
        ![a]({{ site.baseurl }}/assets/a.png) [b]({{ "/assets/a.png" | relative_url }}) ![c](/notes/assets/a.png)
        [the host's other sites](/) [another one](/other/page.html) [host](//cdn.example/assets/a.png) [home](/notes)
        `![code](/assets/a.png)`

        ```html
        <img src="/assets/a.png">
        ```
        """,
    )
    site.write({"_config.yml": "title: T\nurl: https://example.org\nbaseurl: /notes\n"}).build()
    assert [problem.message for problem in site.done.diagnostics] == []


def test_a_page_that_comes_later_is_noticed(site: Site) -> None:
    site.config("baseurl: /notes\n").post("2018-10-06-vae", "[b](/about.html)").build().is_good()
    site.write({"about.md": "---\n---\n"}).build()
    assert [problem.code for problem in site.done.diagnostics] == ["url"]
    site.equals_a_clean_build().remove("about.md").build().is_good()
