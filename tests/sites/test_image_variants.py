"""Smaller variants of images: which are made, that they follow the image, and what hostile images do."""

import io
import sys
import zlib

import imagesize
import pytest
from PIL import Image

from mathblog.engine.images import encoders
from mathblog.engine.images.encoder import ImageRefusal, Order
from mathblog.engine.images.encoders import Encoders, Task
from support.site import Site


def picture(kind: str, size: tuple[int, int], colour: str = "red", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


WIDE = picture("PNG", (300, 30))
HEAD = b"IHDR" + (9_999).to_bytes(4, "big") * 2 + WIDE[24:29]
BOMB = WIDE[:12] + HEAD + zlib.crc32(HEAD).to_bytes(4, "big") + WIDE[33:]
HOSTILE = {
    "cut.png": WIDE[:-40],
    "torn.png": WIDE[:29] + b"\0" + WIDE[30:],
    "lies.jpg": b"\xff\xd8" + WIDE,
    "bomb.png": BOMB,
}


def webp(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.files().items() if path.endswith(".webp")}


def test_variants_follow_their_images_and_hostile_ones_have_none(site: Site) -> None:
    moves = picture("PNG", (300, 30), save_all=True, append_images=[Image.new("RGB", (300, 30))])
    site.config("images: {variants: {widths: [200, 100]}}\n")
    site.write(
        {
            "i/a.png": WIDE,
            "i/small.png": picture("PNG", (90, 9)),
            "i/moves.png": moves,
            "_posts/b.jpg": picture("JPEG", (150, 60)),
        }
    )
    site.write({f"i/{name}": data for name, data in HOSTILE.items()})
    names = "".join(f"![](/i/{name}) " for name in ("small.png", "moves.png", *HOSTILE))
    text = f'![a](/i/a.png){{: width="80"}} ![b](b.jpg) {names}'
    site.post("2024-01-01-x", text).build()
    assert {path: imagesize.get(io.BytesIO(data)) for path, data in webp(site).items()} == {
        "i/a.png.100.webp": (100, 10), "i/a.png.200.webp": (200, 20),
        "2024/01/01/b.jpg.100.webp": (100, 40), "2024/01/01/b.jpg.150.webp": (150, 60),
    }  # fmt: skip
    html = site.read("2024/01/01/x.html")
    assert '<source type="image/webp" srcset="/i/a.png.100.webp 100w, /i/a.png.200.webp 200w" sizes="80px" />' in html
    assert 'srcset="b.jpg.100.webp 100w, b.jpg.150.webp 150w" sizes="(max-width' in html
    assert html.count("<picture>") == 2
    told = [line for line in site.report.splitlines() if "no variants can be made" in line]
    assert [line.partition(" no variants can be made of this image: ")[2] for line in told] == [
        "image file is truncated [image]", "it is no whole PNG, JPEG or WebP [image]", "it has more than 64 million pixels [image]",
    ]  # fmt: skip
    assert "_posts/2024-01-01-x.md:3:" in told[0]
    before, report = webp(site), site.report
    site.post("2024-01-01-x", f"{text}\n\nmore").build()
    assert (webp(site), site.report) == (before, report)
    site.write({"i/a.png": picture("PNG", (300, 60), "blue")}).post("2024-01-01-x", "![a](/i/a.png)").build()
    assert {path: imagesize.get(io.BytesIO(data)) for path, data in webp(site).items()} == {
        "i/a.png.100.webp": (100, 20), "i/a.png.200.webp": (200, 40),
    }  # fmt: skip
    site.equals_a_clean_build()


def test_without_pillow_images_are_published_as_they_are(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    site.config("images: {variants: true}\n").write({"a.png": WIDE}).post("2024-01-01-x", "![a](/a.png)").build()
    assert (
        "`images.variants` needs Pillow, which is not installed: images are published as they are [config]"
        in site.report
    )
    assert "[images]'`" in site.report
    site.has("2024/01/01/x.html", '<p><img src="/a.png"')


def test_a_process_that_takes_too_long_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    order = Order([(100, "webp")], 80)
    with Encoders(1) as own:
        monkeypatch.setattr(encoders, "SECONDS", 0.0)
        assert list(own.make([Task("a", lambda: WIDE, order)])) == [("a", ImageRefusal("it takes more than 0 seconds"))]
        monkeypatch.setattr(encoders, "SECONDS", 60.0)
        name, made = next(own.make([Task("b", lambda: WIDE, order)]))
    assert name == "b"
    assert isinstance(made, list)
