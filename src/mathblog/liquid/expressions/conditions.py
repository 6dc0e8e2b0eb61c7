"""`left operator right and …` (Liquid's `condition.rb` and `tags/if.rb`)."""

from functools import lru_cache

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.context import Context
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.expressions.compare import OPERATORS, is_blank, is_true
from mathblog.liquid.expressions.lexer import Cursor, UnreadableError
from mathblog.liquid.expressions.outputs import Reading, lax_reading
from mathblog.liquid.expressions.values import QUOTED_FRAGMENT, Expression, Literal, Nothing, read_value
from mathblog.liquid.problems import report_problem

_BLANK = Literal("blank", Nothing("blank"))
_WORD = lazy_pattern(rf"\s*(?:(?P<logic>and|or)\b|{QUOTED_FRAGMENT}|\S)")
_COMPARISON = lazy_pattern(rf"({QUOTED_FRAGMENT})\s*([=!<>a-z_]+)?\s*({QUOTED_FRAGMENT})?")


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """Two values and an operator, or one value."""

    left: Expression
    operator: str
    right: Expression | None

    @property
    def source(self) -> str:  # type: ignore[override] # computed, since it is asked for only in warnings
        """How it would be written."""
        return f"{self.left.source} {self.operator} {self.right.source}" if self.right else self.left.source

    def evaluate(self, context: Context) -> bool:
        """Whether it holds."""
        left = self.left.evaluate(context)
        if self.right is None:
            return is_true(left)
        return OPERATORS[self.operator](left, self.right.evaluate(context))


@dataclass(frozen=True, slots=True)
class BlankComparison(Comparison):
    """A value and `blank`, which no value equals in Jekyll."""

    def evaluate(self, context: Context) -> bool:
        """Whether it holds, with a warning where another answer was meant: the value is blank."""
        values = [side.evaluate(context) for side in (self.left, self.right) if side]
        if any(is_blank(value) for value in values):
            hint = "compare with `empty`, `nil` or `''`"
            error = TemplateError("nothing is ever `blank` in Jekyll", token=context.place, hint=hint)
            report_problem(context.run, error, None)
        return OPERATORS[self.operator](*values)


@dataclass(frozen=True, slots=True)
class Condition(Expression):
    """Comparisons, bound from the right: `a and b or c` is `a and (b or c)`. `logic` is what follows each but the last."""

    comparisons: tuple[Comparison, ...]
    logic: tuple[str, ...]

    @property
    def source(self) -> str:  # type: ignore[override] # computed, since it is asked for only in warnings
        """How it would be written."""
        words = [self.comparisons[0].source]
        for word, comparison in zip(self.logic, self.comparisons[1:], strict=True):
            words += [word, comparison.source]
        return " ".join(words)

    def evaluate(self, context: Context) -> bool:
        """Whether it holds; what cannot change the answer any more is not looked at."""
        for comparison, word in zip(self.comparisons, (*self.logic, ""), strict=True):
            holds = comparison.evaluate(context)
            if holds is (word == "or"):
                break
        return holds


@lru_cache(maxsize=8192)
def read_condition(markup: str) -> Reading:
    """Read the condition in `{% if … %}`.

    Raises:
        TemplateError: when even Liquid's lax mode refuses it.

    """
    try:
        return Reading(read_strict_condition(markup), lax=False)
    except UnreadableError:
        return lax_reading(markup, _lax(markup), read_strict_condition)


def read_strict_condition(markup: str) -> Expression:
    """A condition that strict Liquid accepts.

    Raises:
        UnreadableError: when it does not.

    """
    cursor = Cursor(markup)
    comparisons, logic = [_comparison(cursor)], []
    while word := cursor.accept("id", "and") or cursor.accept("id", "or"):
        logic.append(word.text)
        comparisons.append(_comparison(cursor))
    cursor.take("end")
    return _condition(comparisons, logic)


def _condition(comparisons: list[Comparison], logic: list[str]) -> Expression:
    return Condition(tuple(comparisons), tuple(logic)) if logic else comparisons[0]


def _comparison(cursor: Cursor) -> Comparison:
    left = read_value(cursor.value())
    operator = cursor.accept("comparison")
    if operator is None:
        return Comparison(left, "", None)
    return _compared(left, operator.text, read_value(cursor.value()))


def _compared(left: Expression, operator: str, right: Expression) -> Comparison:
    asks_for_blank = operator in {"==", "!=", "<>"} and _BLANK in (left, right)
    return BlankComparison(left, operator, right) if asks_for_blank else Comparison(left, operator, right)


def _lax(markup: str) -> Expression:
    parts, logic, start, end = [], [], -1, 0
    for word in _WORD.finditer(markup):
        if word["logic"]:
            parts.append(markup[start:end] if start >= 0 else "")
            logic.append(word["logic"])
            start = -1
        else:
            start, end = (word.start() if start < 0 else start), word.end()
    parts.append(markup[start:end] if start >= 0 else "")
    comparisons: list[Comparison] = []
    for part in parts:
        found = _COMPARISON.search(part)
        if found is None:
            message = f"not a condition: `{markup}`" if markup.strip() else "a condition is missing"
            raise TemplateError(message, hint="write it as `{% if page.title == 'x' %}`", broken=True)
        left, operator, right = found.groups()
        if operator and operator not in OPERATORS:
            hint = "write `==`" if operator == "=" else f"Liquid has {', '.join(f'`{word}`' for word in OPERATORS)}"
            message = f"unknown operator `{operator}`"
            raise TemplateError(message, hint=hint, broken=True)
        if operator:
            comparisons.append(_compared(read_value(left), operator, read_value(right or "")))
        else:
            comparisons.append(Comparison(read_value(left), "", None))
    return _condition(comparisons, logic)
