"""The filters of themes that are built in, besides Jinja's own."""

from mathblog.extend.declarations import ThemeFilter

_THEME = "mathblog.theme."

FILTERS = (
    ThemeFilter("relative_url", _THEME + "filters:relative_url"),
    ThemeFilter("absolute_url", _THEME + "filters:absolute_url"),
    ThemeFilter("date", _THEME + "filters:date"),
    ThemeFilter("date_to_rfc822", _THEME + "filters:date_to_rfc822"),
    ThemeFilter("date_to_xmlschema", _THEME + "filters:date_to_xmlschema"),
    ThemeFilter("shorten", _THEME + "filters:shorten"),
    ThemeFilter("css_text", _THEME + "filters:css_text"),
    ThemeFilter("accessible", _THEME + "accessible:accessible"),
    ThemeFilter("math_fonts", _THEME + "views.fonts:math_fonts"),
    ThemeFilter("text_fonts", _THEME + "views.fonts:text_fonts"),
    ThemeFilter("maths", _THEME + "views.texts:maths"),
    ThemeFilter("words", _THEME + "views.texts:words"),
    ThemeFilter("direction", _THEME + "direction:direction"),
    ThemeFilter("language_name", _THEME + "languages:name_language"),
)
