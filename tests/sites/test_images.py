"""Images of texts: their sizes and how they are loaded, in sites that mathblog's theme lays out and in others."""

import re
import struct
import zlib

from support.site import Site


def png(width: int, height: int) -> bytes:
    """A white PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


EXIF = b"\xff\xe1" + struct.pack(">H", 34) + b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
JPEG = (
    b"\xff\xd8" + EXIF + b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 30, 40, 1) + b"\1\x11\0" + b"\xff\xd9"
)  # held upright
SIZES = {
    "a.png": ('40" height="20', png(40, 20)),
    "turned.jpg": ('30" height="40', JPEG),
    "both.svg": ('200" height="100', b'<?xml version="1.0"?><!-- <svg width="1"> --><svg stroke-width="9" width="200" height="100px"/>'),
    "box.svg": ('30" height="60', b'<svg viewBox="0 0 30 60"/>'),
    "one.svg": ('96" height="192', b"<svg xmlns='x' width='1in' height='100%' viewBox='0,0,30,60'/>"),
    "none.svg": ("", b'<svg width="100%"/>'),
    "not.png": ("", b"GIF, it says"),
    "short.png": ("", png(40, 20)[:20]),
    "empty.jpg": ("", b""),
    # what took minutes, or a number that is none
    "blanks.svg": ("", b'<svg width="' + b" " * 60_000 + b">"),
    "digits.svg": ("", b'<svg width="' + b"1" * 60_000 + b'x" height="2">'),
    "endless.svg": ("", b'<svg width="' + b"9" * 400 + b'" height="2">'),
    "comments.svg": ("", b"<!--" * 15_000 + b'<svg width="1" height="1">'),
    "bytewise.jpg": ("", b"P6\n" + b"1" * 5_000_000),
}  # fmt: skip


def tags(html: str) -> list[str]:
    return re.findall("<(?:img|IMG)[^>]*>", html)


def test_images_of_texts_have_sizes(site: Site) -> None:
    files = "".join(f"![](/blog/i/{name}) " for name in SIZES)
    site.config("baseurl: /blog\n").write({f"i/{name}": data for name, (_, data) in SIZES.items()})
    site.write({"_posts/beside.png": png(7, 3)}).post(
        "2024-01-01-x",
        f"""
        {files}

        ![](beside.png?v=1#x) ![](https://example.com/a.png)
        ![](/blog/i/a.png){{: width="20"}} ![](/blog/i/a.png){{: height="5px" loading="eager"}} ![](/blog/i/a.png){{: style="height: 3em"}} <img src="\\blog\\i\\a.png">
        ![](/blog/i/a.png){{: width="50%" decoding="sync"}} <IMG alt="" src='/blog/i/a.png'> $x$ <img src=/blog/i/a.png alt="x" />

        <div><img src="/blog/i/a.png" alt="a &quot;b&quot;" height="40"></div>

        <script>"<img src='/blog/i/a.png'>"</script>
        """,
    )
    found = tags(site.build().read("2024/01/01/x.html"))
    for (sides, _), tag in zip(SIZES.values(), found, strict=False):
        assert (f' width="{sides}"' in tag) if sides else "width" not in tag
    assert [' loading="lazy"' in tag for tag in found[:3]] == [False, True, True]
    assert [tag.partition('alt="" ')[2] for tag in found[len(SIZES) : -4]] == [
        'width="7" height="3" loading="lazy" decoding="async" />', "/>",
        'width="20" height="10" loading="lazy" decoding="async" />', 'height="5px" loading="eager" width="10" decoding="async" />',
        'style="height: 3em" loading="lazy" decoding="async" />', "", 'width="50%" decoding="sync" loading="lazy" />',
    ]  # fmt: skip
    assert found[-4:] == [
        """<IMG alt="" src='/blog/i/a.png' width="40" height="20" loading="lazy" decoding="async">""",
        '<img src=/blog/i/a.png alt="x" width="40" height="20" loading="lazy" decoding="async" />',
        '<img src="/blog/i/a.png" alt="a &quot;b&quot;" height="40" width="80" loading="lazy" decoding="async">',
        "<img src='/blog/i/a.png'>",
    ]
    assert (
        '<img src="\\blog\\i\\a.png" width="40" height="20" loading="lazy" decoding="async">' in found
    )  # as browsers read it
    site.write({"i/a.png": png(50, 10), "_posts/beside.png": png(8, 4)}).build()
    site.has("2024/01/01/x.html", 'width="50" height="10"', 'width="8" height="4"').equals_a_clean_build()


def test_a_site_with_layouts_of_its_own_is_as_jekyll_makes_it_unless_it_asks(site: Site) -> None:
    site.write({"_layouts/post.html": "{{ content }}", "a.png": png(40, 20)}).post(
        "2024-01-01-x", "![a](/a.png)", "layout: post"
    )
    site.build().is_good().has("2024/01/01/x.html", '<p><img src="/a.png" alt="a" /></p>')
    site.config("images: {sizes: true}\n").build().is_good().has(
        "2024/01/01/x.html", 'alt="a" width="40" height="20" decoding="async" />'
    )
    site.config("images: {size: true, of: theme}\n").build().warns("""
        _config.yml:3:10: warning: unknown key `images.size` [config]
            3 | images: {size: true, of: theme}
              |          ^^^^
              = did you mean `sizes`?
    """)


def test_a_dark_twin_is_for_dark_pages_and_a_wide_figure_leads_to_its_file(site: Site) -> None:
    site.write(
        {
            "i/a.png": png(700, 20),
            "i/a.dark.png": png(700, 20),
            "i/b.png": png(700, 20),
            "_posts/c d.svg": "<svg width='9' height='9'/>",
        }
    )
    site.write({"_posts/c d.dark.svg": "<svg/>"}).post(
        "2024-01-01-x",
        """
        ![a](/i/a.png "one")

        ![b](/i/b.png "two"){: .no-zoom} <!-- -->

        [![b](/i/b.png "three")](/i/a.png)

        ![c](c d.svg){: .zoom} ![b](/i/b.png)
        """,
    )
    dark = 'media="screen and (prefers-color-scheme: dark)"'
    twin = f'<picture><source srcset="/i/a.dark.png" {dark} /><img src="/i/a.png" alt="a" width="700" height="20" decoding="async" /></picture>'
    beside = f'<a class="zoom" href="c d.svg"><picture><source srcset="c%20d.dark.svg" {dark} /><img src="c d.svg"'
    site.build().is_good().has(
        "2024/01/01/x.html", f'<figure><a class="zoom" href="/i/a.png">{twin}</a>', beside, "/assets/js/zoom.js"
    )
    assert site.read("2024/01/01/x.html").count('<a class="zoom"') == 2
    assert "2024/01/01/c d.dark.svg" in site.files()
    site.has("feed.xml", "https://example.org/i/a.dark.png")
    site.config("theme_settings: {color_theme: dark}\nimages: {zoom: false}\n").build()
    html = site.read("2024/01/01/x.html")
    assert '<source srcset="/i/a.dark.png" media="screen" />' in html
    assert '<a class="zoom"' not in html
    assert "zoom.js" not in html


def test_an_image_that_is_called_otherwise_is_named(site: Site) -> None:
    text = "![a](/i/A.PNG) ![b](i/a.png) ![c](/j/one.png) ![d](/i/gone.png) ![e](i/two.png) ![f](two.png)"
    files = {"i/a.png": png(2, 2), "i/one.png": png(2, 2), "i/two.png": png(2, 2), "j/two.png": png(2, 2)}
    site.write(dict(files)).post("2024-01-01-x", text).build()
    assert [problem.hint for problem in site.done.diagnostics] == [
        "there is `i/a.png`: servers tell small from capital letters",
        "did you mean `/i/a.png`?",
        "did you mean `/i/one.png`?",
        "put the file at `i/gone.png` in the site's folder, or correct the address",
        "did you mean `/i/two.png`?",
        "put the file at `2024/01/01/two.png` in the site's folder, or correct the address",
    ]
    site.config("baseurl: /blog\n").post("2024-01-01-x", "![b](i/a.png)").build()
    assert [problem.hint for problem in site.done.diagnostics] == ["did you mean `{{ site.baseurl }}/i/a.png`?"]
