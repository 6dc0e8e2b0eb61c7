"""A formula in plain words, as titles and metadata hold it."""

import pytest

from mathblog.math.words import formula_words


@pytest.mark.parametrize(
    ("mathml", "words"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x²"),
        ("<msup><mi>x</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msup>", "xⁿ⁺¹"),
        ("<msup><mi>x</mi><mi>k</mi></msup>", "x^k"),
        ("<mi>ℝ</mi><mi>𝔼</mi><mi>𝓛</mi><mi>𝐱</mi><mi>𝜷</mi><mn>𝟏𝟐</mn>", "ℝ𝔼𝓛xβ12"),
        ("<msup><mi>x</mi><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow></msup>", "x^(k + 1)"),
        ("<msub><mi>x</mi><mn>10</mn></msub>", "x₁₀"),
        ("<msub><mi>x</mi><mi>n</mi></msub>", "x_n"),
        ("<msubsup><mi>x</mi><mn>1</mn><mi>k</mi></msubsup>", "x₁^k"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑_(i = 1)ⁿ"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
        ("<mover><mo>→</mo><mpadded><mspace/></mpadded></mover><mn>2</mn>", "→2"),
        ("<msup><mi>x</mi><mrow></mrow></msup>", "x"),
        ("<mi>a</mi><mo><mover><mo><mo>=</mo></mo><mtext>(1)</mtext></mover></mo><mi>b</mi>", "a =⁽¹⁾ b"),
        ("<mi><munder><mo><mi>argmax</mi><mo>\u2061</mo></mo><mi>x</mi></munder></mi>", "argmax_x"),
        (
            "<mi>sin</mi><mo>\u2061</mo><mi>x</mi><mi>log</mi><mo>\u2061</mo><mo>(</mo><mi>y</mi><mo>)</mo>",
            "sin xlog(y)",
        ),
    ],
)
def test_words(mathml: str, words: str) -> None:
    html = f'<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow>{mathml}</mrow></math>'
    assert formula_words(html, "") == words


def test_a_refused_formula_is_its_tex() -> None:
    assert formula_words("<span>refused</span>", r"\nope^2") == r"\nope^2"


def test_characters_that_no_xml_holds_are_left_out() -> None:
    """A backspace before `\\beta`, as editors and converters leave it."""
    assert formula_words("<math><mo>\x08</mo><mi>β</mi><mi>\x0b</mi></math>", "") == "β"


def test_a_formula_deeper_than_calls_may_be() -> None:
    """`\\underbrace` 500 times in each other, which KaTeX takes, ended the build."""
    assert (
        formula_words(f"<math>{'<mrow><mphantom><mi>y</mi></mphantom>' * 3000}<mi>x</mi>{'</mrow>' * 3000}</math>", "")
        == "x"
    )
