"""`{% tabs name %}` with `{% tab name label %}…{% endtab %}` in it: texts of which a reader picks one (jekyll-tabs).

The lists have the classes and attributes that its script and its style sheets, which a site brings itself, look for.
"""

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.problems import report_problem
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token

_OTHER = lazy_pattern(r"[^0-9a-z]")
# without its script nobody can pick: then all texts are shown, each below its label
_NO_SCRIPT = (
    "<noscript><style>ul.tab { display: none } ul.tab-content > li { display: block !important }</style></noscript>"
)
_OPEN = "tabs that are open"


class TabsNode(Node):
    """Two lists: the labels, and the texts. A page's later tabs of the same name show the earlier ones, too, as in Ruby."""

    def __init__(self, token: Token, name: str, body: BlockBody) -> None:
        super().__init__(token)
        self._name = name
        self._body = body

    def render(self, context: Context, output: Output) -> None:
        """Write the lists."""
        open_tabs = context.register(_OPEN)
        around = open_tabs.get(_OPEN)
        open_tabs[_OPEN] = self._name
        inner = Output(context.limits.characters)
        self._body.render(context, inner)
        open_tabs[_OPEN] = around
        texts = context.register(_key(self._name))
        if texts and inner.getvalue().strip():
            message = f"what stands between `{{% tabs %}}` and its `{{% tab {self._name} … %}}` is not shown"
            report_problem(context.run, TemplateError(message, hint="put it into a tab"), self.token)
        if not texts:
            message = f"no tab named `{self._name}`"
            hint = f"write `{{% tab {self._name} label %}}…{{% endtab %}}` between the two tags"
            report_problem(context.run, TemplateError(message, hint=hint, broken=True, tag="tabs"), self.token)
            output.write_at(inner.getvalue(), self)
            return
        shown = context.register("tabs")
        shown[self._name] = count = int(str(shown.get(self._name, 0))) + 1
        name, address = self._name, f"tabs-{self._name}-{count}"
        labels, contents = "", ""
        for number, (label, text) in enumerate(texts.items()):
            active = "" if number else ' class="active"'
            labels += f'<li{active} id="{name}-{_plain(str(label))}"><a href="#">{label}</a></li>'
            contents += f"<li{active}><noscript><p><strong>{label}</strong></p></noscript>{text}</li>"
        html = f'<ul id="{name}" class="tab" data-tab="{address}" data-name="{name}">{labels}</ul>'
        html += f'<ul class="tab-content" id="{address}" data-name="{name}">{contents}</ul>{_NO_SCRIPT}'
        output.write_at(html, self)


class TabNode(Node):
    """A label and a text in Markdown; outside of tabs it is just that text."""

    def __init__(self, token: Token, name: str, label: str, body: BlockBody) -> None:
        super().__init__(token)
        self._name = name
        self._label = label
        self._body = body

    def render(self, context: Context, output: Output) -> None:
        """Keep it for the lists."""
        inner = Output(context.limits.characters)
        self._body.render(context, inner)
        text = inner.getvalue()
        context.run.step(len(text))
        html = context.run.services.markdownify(text)
        context.register(_key(self._name))[self._label] = html
        around = context.register(_OPEN).get(_OPEN)
        if around is None:
            output.write_at(html, self)
        elif around != self._name:
            message = f"a tab of `{self._name}` between `{{% tabs {around} %}}` is not shown there"
            report_problem(context.run, TemplateError(message, hint=f"write `{{% tab {around} … %}}`"), self.token)


def _key(name: str) -> str:
    return f"tabs of {name}"


def _plain(name: str) -> str:
    return _OTHER.sub("-", name.strip().lower())


def read_tabs(parser: Parser, mark: Mark) -> Node:
    """The name and the tabs."""
    if not mark.markup.value:
        message = "`tabs` has no name"
        raise TemplateError(message, token=mark.tag, hint="write `{% tabs name %}`", broken=True)
    body, _ = parser.body(("endtabs",))
    return TabsNode(mark.tag, _plain(mark.markup.value), body)


def read_tab(parser: Parser, mark: Mark) -> Node:
    """The name, the label and the text."""
    name, _, label = mark.markup.value.strip().partition(" ")
    if not label.strip():
        message = "`tab` needs the name of its tabs and a label"
        raise TemplateError(message, token=mark.tag, hint="write `{% tab name label %}`", broken=True)
    body, _ = parser.body(("endtab",))
    return TabNode(mark.tag, _plain(name), label.strip(), body)
