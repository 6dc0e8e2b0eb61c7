"""The settings of a page's numbers, in its front matter."""

from dataclasses import replace

from mathblog.model.document import Meta
from mathblog.model.options import NUMBERS, WITHIN, NumberOptions

_KEYS = ("number", "number_within", "number_start", "number_prefix")
_MOST = 10**9


def own_numbers(options: NumberOptions, meta: Meta, declared: object = None) -> NumberOptions:
    r"""The options of the site with those of the page: `number`, `number_within`, `number_start`, `number_prefix`, `lang`.

    A value of another kind is none of ours: themes have keys of these names, too. `declared` is what the text says by
    `\numberwithin{equation}{…}`, None where it says nothing.
    """
    data = meta.data
    if isinstance(declared, str):
        options = replace(options, within=declared)
    mode, within, start, prefix = found = [data.get(key) for key in _KEYS]
    if meta.lang in ("", options.lang) and not any(value is not None for value in found):
        return options
    return replace(
        options,
        mode=mode if isinstance(mode, str) and mode in NUMBERS else options.mode,
        within=within if isinstance(within, str) and within in WITHIN else options.within,
        start=start if isinstance(start, int) and not isinstance(start, bool) and abs(start) < _MOST else options.start,
        prefix=str(prefix) if isinstance(prefix, str | int) and not isinstance(prefix, bool) else options.prefix,
        lang=meta.lang or options.lang,
    )
