"""Promises of Liquid that hold for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from support.liquid_site import render

FRAGMENTS = (
    "{{",
    "}}",
    "{%",
    "%}",
    "{{ page.title }}",
    "{{ x | append: 'y' }}",
    "{{ nope | nope }}",
    "{% if page.title %}",
    "{% else %}",
    "{% endif %}",
    "{% for i in (1..3) %}",
    "{{ i }}",
    "{% endfor %}",
    "{% raw %}",
    "{% endraw %}",
    "{%- comment -%}",
    "{% endcomment %}",
    "{% assign x = 'a' %}",
    "{% include hello.html %}",
    "{% include nope.html x=%}",
    "{% highlight js %}",
    "{% endhighlight %}",
    "<% highlight js %}",
    "<% endhighlight %>",
    "<< site.baseurl >>",
    "{% unknown %}",
    "{% case x %}",
    "{% when 'a' %}",
    "{% endcase %}",
    "$",
    "$$",
    "\\frac{1}{{n}}",
    "`",
    "```\n",
    "\n\n",
    " ",
    "한글",
    "\ue000",
    "(a or b",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=25).map("".join))
def test_any_text_gets_through_and_copied_text_is_the_authors(body: str):
    front_matter = "---\n---\n"
    source = front_matter + body
    result = render(body, front_matter=front_matter)
    position = 0
    for segment in result.segments.segments:
        assert segment.start == position
        position += segment.length
        if segment.verbatim:
            copied = source[segment.source : segment.source + segment.length]
            assert result.text[segment.start : position] == copied
        else:
            assert source[segment.source : segment.source + 2] in ("{{", "{%", "<%", "<<")
    assert position == len(result.text)
    assert result.failed == any(found.severity == "error" for found in result.diagnostics)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="{<")))
def test_a_text_without_liquid_is_not_changed(body: str):
    result = render(body)
    assert result.text == body
    assert not result.diagnostics
