"""Tags and addresses in HTML, where a browser finds them."""

import pytest

from mathblog.text.html_tags import start_tags
from mathblog.text.urls import rebased


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<p><IMG src=a></p>", ["p", "img"]),
        ('<p title="<img src=a>">', ["p"]),
        ("<p title='`><img src=x>'><b>", ["p", "b"]),
        ("<!-- <i> --><b><!--><u><!-- <s>", ["b", "u"]),
        ('<script>"<i>"</script ><b><TITLE><i></title><u><style><s>', ["script", "b", "title", "u", "style"]),
        ("a <b <i>", ["i"]),
        ("1 < 2 <a href=x", []),
        ("<a b='", []),
    ],
)
def test_start_tags(html: str, names: list[str]) -> None:
    tags = list(start_tags(html))
    assert [tag.name for tag in tags] == names
    assert all(html[tag.start] == "<" and html[tag.end - 1] == ">" for tag in tags)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<img src=a.png>", '<img src="/2018/10/a.png">'),
        ("<a href = 'b?x=1&amp;y'>", '<a href = "/2018/10/b?x=1&amp;y">'),
        ("<a href=b?x=1 id=c>", '<a href="/2018/10/b?x=1" id=c>'),
        ('<img srcset="a 1x, /b 2x" src="/a">', '<img srcset="/2018/10/a 1x, /b 2x" src="/a">'),
        ('<img srcset="a 1x,b 2x">', '<img srcset="/2018/10/a 1x,/2018/10/b 2x">'),
        ('<img srcset="a,b, c  2x ,d">', '<img srcset="/2018/10/a,b, /2018/10/c  2x ,/2018/10/d">'),
        ('<a href="#x"><a href="/x"><a href="mailto:x"><a href="">', None),
        ('<p title="`><img src=x onerror=zap()>"><img src="/a">', None),
        ("<p>write src=x or <code>&lt;img src=x&gt;</code></p>", None),
        ("<script>'<img src=x>'</script><!-- <img src=x> -->", None),
    ],
)
def test_addresses_are_made_those_of_another_page_in_tags_only(html: str, expected: str | None) -> None:
    assert rebased(html, "/2018/10/") == (expected or html)
