"""Themes in layers, their settings, and `mathblog theme list`, `show`, `copy`."""

import pytest
from click.testing import CliRunner

from mathblog.cli.main import command
from support.site import Site

MINE = {
    "themes/mine/theme.yml": """
        name: mine
        base: paper
        settings:
          shade: {default: 1, type: [number, text]}
          frame: dashed
        labels: {en: {archive: Everything}}
        """,
    "themes/mine/includes/foot.html": "mine {{ theme.shade }} {{ theme.frame }} {{ theme.wide }} {{ labels.archive }} {{ labels.tags }}",
    "themes/paper/theme.yml": """
        name: paper
        about: plain paper
        settings:
          frame: {default: solid, choices: [solid, dashed], about: around pictures}
          wide: {default: true, also: wide_page}
          shade: {default: 0}
        labels: {en: {archive: All, tags: Words}}
        """,
    "themes/paper/layouts/default.html": '{{ content }}|{% include "includes/foot.html" %}|{% include "includes/head.html" %}',
    "themes/paper/includes/foot.html": "paper",
    "themes/paper/includes/head.html": "head of paper",
    "themes/paper/assets/a.css": "a {}",
    "themes/paper/assets/b.css": "b {}",
    "themes/mine/assets/a.css": "a { color: red }",
    "a.md": "---\nlayout: default\n---\ntext\n",
}


@pytest.fixture
def layered(site: Site) -> Site:
    return site.config("theme: mine\n").write(MINE)


def theme(site: Site, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, ["theme", *arguments, "--source", str(site.source)])
    return done.exit_code, done.output


def test_a_theme_has_the_files_and_words_of_its_base(layered: Site) -> None:
    layered.build().has("a.html", "mine 1 dashed True Everything Words|head of paper")
    layered.has("assets/a.css", "red").has("assets/b.css", "b {}")
    layered.write({"_theme/includes/head.html": "head of the site"}).build().has("a.html", "mine", "head of the site")


def test_an_edit_of_any_layer_is_seen(layered: Site) -> None:
    layered.build()
    layered.write({"themes/paper/includes/head.html": "another head"}).build().has("a.html", "another head")
    layered.write({"themes/paper/theme.yml": "labels: {en: {tags: Topics}}\n"}).build().has("a.html", "Topics")
    layered.write({"themes/mine/theme.yml": "base: default\n"}).build()
    layered.has("a.html", "Skip to content")


def test_the_base_of_a_theme_may_be_mathblogs_of_the_same_name(site: Site) -> None:
    site.write({"themes/default/theme.yml": "base: default\n", "themes/default/includes/footer.html": "my footer"})
    site.post("2018-10-06-a", "text").build().is_good().has("2018/10/06/a.html", "Skip to content", "my footer")


def test_a_long_chain_of_bases_ends(site: Site) -> None:
    chain = {f"themes/t{number}/theme.yml": f"base: t{number + 1}\n" for number in range(30)}
    site.write(chain).config("theme: t0\n").post("2020-01-01-a", "x").build()
    assert "themes/t19/theme.yml:1:7: warning: `base: t20` is more than 20 themes below [config]" in site.report


@pytest.mark.parametrize(
    ("base", "message"),
    [
        ("defalt", "there is no theme `defalt` to base this one on [config]\n      = did you mean `default`?"),
        ("mine", "`base: mine` leads back to this theme [config]\n      = a theme is not based on itself"),
        ("../paper", "there is no theme `../paper` to base this one on [config]"),
        ("[a]", "`base` has to be the name of a theme [config]\n      = write `base: default`"),
    ],
)
def test_a_base_that_is_none_is_a_warning_at_its_place(site: Site, base: str, message: str) -> None:
    layout = {"themes/mine/layouts/default.html": "{{ content }}"}
    site.config("theme: mine\n").write({**layout, "themes/mine/theme.yml": f"name: mine\nbase: {base}\n", "a.md": "x"})
    site.build(keep_going=True)
    column = 1 if base.startswith("[") else 7
    assert f"themes/mine/theme.yml:2:{column}: warning: {message}" in "\n".join(
        line for line in site.report.splitlines() if " | " not in line
    )


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (
            "theme_settings:\n  color_theme: drak\n",
            """
            _config.yml:4:16: warning: `theme_settings.color_theme` has to be one of `auto`, `light`, `dark`, not `drak`: the default counts [config]
                4 |   color_theme: drak
                  |                ^^^^
                  = did you mean `dark`?
            """,
        ),
        (
            "theme_settings:\n  # 설정\n  favicn: /a.svg\n",
            """
            _config.yml:5:3: warning: unknown setting `theme_settings.favicn` [config]
                5 |   favicn: /a.svg
                  |   ^^^^^^
                  = did you mean `favicon`?
            """,
        ),
        (
            'theme_settings: {excerpts: "false", footer_text: [a]}\n',
            """
            _config.yml:3:28: warning: `theme_settings.excerpts` has to be `true` or `false`, not the text `false`: the default counts [config]
                3 | theme_settings: {excerpts: "false", footer_text: [a]}
                  |                            ^^^^^^^
                  = leave the quotes out
            _config.yml:3:37: warning: `theme_settings.footer_text` has to be text, not a list: the default counts [config]
                3 | theme_settings: {excerpts: "false", footer_text: [a]}
                  |                                     ^^^^^^^^^^^
            """,
        ),
    ],
)
def test_a_wrong_setting_is_a_warning_at_its_place(site: Site, lines: str, problems: str) -> None:
    site.post("2018-10-06-a", "text").config(lines).build().warns(problems)


def test_a_warning_about_a_setting_moves_with_its_line_and_goes_with_its_cause(site: Site) -> None:
    site.post("2018-10-06-a", "text").config("theme_settings: {colour: red}\n").build()
    assert "_config.yml:3:18: warning: unknown setting" in site.report
    site.config("# more\ntheme_settings: {colour: red}\n").build()
    assert "_config.yml:4:18: warning: unknown setting" in site.report
    site.post("2018-10-06-a", "changed").build()
    assert "_config.yml:4:18: warning: unknown setting" in site.report
    site.write({"_theme/includes/custom-head.html": "{{ theme.colour }}"}).build().is_good()
    site.has("2018/10/06/a.html", "red")


def test_settings_of_other_layouts_are_theirs(site: Site) -> None:
    site.config("theme_settings: {avatar: a.png, color_theme: purple}\n")
    site.write({"_layouts/post.html": "{{ content }}{{ site.theme_settings.avatar }}"})
    site.post("2018-10-06-a", "text", "layout: post").build().is_good().has("2018/10/06/a.html", "a.png")


def test_a_key_of_the_configuration_may_be_a_setting(layered: Site) -> None:
    layered.config("theme: mine\nwide_page: false\n").build().has("a.html", "dashed False")
    layered.config("theme: mine\nwide_page: false\ntheme_settings: {wide: true}\n").build().has("a.html", "dashed True")
    layered.config("theme: mine\nwide_page: much\n").build().has("a.html", "dashed True")
    assert "_config.yml:4:12: warning: `wide_page` has to be `true` or `false`, not the text `much`" in layered.report


def test_a_declaration_that_means_nothing_is_a_warning(layered: Site) -> None:
    text = "base: paper\nsettings:\n  size: {default: 3, type: numbr}\n  side: {default: up, choices: [left, right]}\n"
    layered.write({"themes/mine/theme.yml": text}).build()
    assert "themes/mine/theme.yml:3:28: warning: there is no type `numbr` [config]" in layered.report
    assert (
        "themes/mine/theme.yml:4:19: warning: the default of `side` is none of its choices [config]" in layered.report
    )


def test_a_theme_lends_includes_to_texts(layered: Site) -> None:
    layered.write({"themes/paper/_includes/box.html": "<b>{{ include.word }}</b>"})
    layered.write({"a.md": "---\nlayout: default\n---\n{% include box.html word='lent' %}\n"}).build()
    layered.has("a.html", "<b>lent</b>")
    layered.write({"_includes/box.html": "<i>own</i>"}).build().has("a.html", "<i>own</i>")


def test_list_names_the_themes_and_the_one_in_use(layered: Site) -> None:
    code, text = theme(layered, "list")
    assert code == 0
    assert "* mine " in text
    assert "    paper    plain paper" in text
    assert "    default  Manuscript" in text


def test_show_has_settings_with_defaults_and_files_with_their_layers(layered: Site) -> None:
    layered.config("theme: mine\ntheme_settings: {frame: solid}\n").write({"_theme/includes/more.html": "x"})
    code, text = theme(layered, "show")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert code == 0
    assert "made of: _theme over themes/mine over themes/paper" in lines
    assert "frame solid (default dashed) around pictures (solid or dashed)" in lines
    assert "wide true boolean" in lines
    layered.config("theme: mine\ntheme_settings: {frame: dotted, wide: false}\n")
    lines = [" ".join(line.split()) for line in theme(layered, "show")[1].splitlines()]
    assert "frame dashed around pictures (solid or dashed)" in lines  # what cannot be used does not count
    assert "wide false (default true) boolean" in lines
    assert {"includes/foot.html themes/mine", "includes/head.html themes/paper", "includes/more.html _theme"} <= {
        *lines
    }
    code, text = theme(layered, "show", "papr")
    assert code == 2
    assert "did you mean `paper`?" in text


def test_copy_puts_one_file_into_the_site_and_never_over_another(layered: Site) -> None:
    code, text = theme(layered, "copy", "includes/head.html")
    assert (code, text) == (0, "wrote _theme/includes/head.html\n")
    assert (layered.source / "_theme/includes/head.html").read_text("utf-8") == "head of paper"
    layered.write({"_theme/includes/head.html": "mine"})
    code, text = theme(layered, "copy", "includes/head.html")
    assert code == 0
    assert "stays as it is" in text
    assert (layered.source / "_theme/includes/head.html").read_text("utf-8") == "mine"
    code, text = theme(layered, "copy", "head.html")
    assert code == 2
    assert "did you mean `includes/head.html`?" in text
    assert theme(layered, "copy", "../paper/theme.yml")[0] == 2
