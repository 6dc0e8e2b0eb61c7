"""Exceptions of templates, and those that end a part of one."""

from mathblog.core.stops import Stop
from mathblog.liquid.syntax.token import Token


class LiquidError(Exception):
    """A problem at a place; `broken` says that Jekyll stops at it, too, `tag` names the tag of a plugin that it is about."""

    def __init__(
        self, message: str, *, token: Token | None = None, hint: str = "", broken: bool = False, tag: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.tag = tag
        self.token = token
        self.hint = hint
        self.stop = Stop.LIQUID if broken else None


class TemplateError(LiquidError):
    """A tag or expression that cannot be understood."""


class AbsentFileError(TemplateError):
    """An include that is nowhere; a plugin may write it."""


class FilterArgumentError(LiquidError):
    """A filter that cannot do anything with what it was given."""


class LimitError(LiquidError):
    """A document does more than any blog post should. It ends the document."""

    def __init__(self, message: str, *, token: Token | None = None, hint: str = "") -> None:
        hint = hint or "is there a loop that does not end?"
        super().__init__(message, token=token, hint=hint)
        self.stop = Stop.ENDLESS


class Interrupt(Exception):  # noqa: N818 - no error
    """Ends a round of a loop, or the template where there is no loop."""


class BreakLoop(Interrupt):
    """`{% break %}`."""


class ContinueLoop(Interrupt):
    """`{% continue %}`."""


# what a filter or an expression may raise on a value that it was not made for
FAULTS = (LiquidError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
