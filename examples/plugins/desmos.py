r"""A fence of expressions in LaTeX becomes a graph of Desmos', which the reader can move:

    ```desmos height=24rem
    y=\sin(ax)
    a=2
    ```

Desmos asks who publishes such pages for a key of their own: write it into `KEY`.
"""

import html
import json
import re

from mathblog.api import Code, Registry

KEY = "your-key"
_HEIGHT = re.compile(r"\bheight=([\d.]+(?:rem|em|px|vh))")
_DRAW = """
(function (place) {
  const draw = () => {
    const graph = Desmos.GraphingCalculator(place, { expressions: false });
    JSON.parse(place.dataset.expressions).forEach((latex, at) => graph.setExpression({ id: `e${at}`, latex }));
  };
  if (window.Desmos) return draw();
  const script = document.createElement("script");
  script.src = "https://www.desmos.com/api/v1.10/calculator.js?apiKey=%s";
  script.onload = draw;
  document.head.append(script);
})(document.currentScript.previousElementSibling);
""".strip()


def desmos(code: Code) -> str:
    """A box with the expressions, one a line, and the script that draws them into it."""
    height = _HEIGHT.search(code.info)
    expressions = [line.strip() for line in code.text.splitlines() if line.strip()]
    data = html.escape(json.dumps(expressions))
    box = f'<div class="desmos" style="height: {height[1] if height else "20rem"}" data-expressions="{data}"></div>'
    return f"{box}<script>{_DRAW % KEY}</script>"


def setup(registry: Registry) -> None:
    registry.fence("desmos", desmos)
