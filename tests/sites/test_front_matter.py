"""What is wrong at the head of a post stands in the report with its place, and the site that was published stays."""

import datetime
import resource
import time

import pytest

from support.site import Site


def test_a_yaml_error_has_the_place_in_the_file_and_strictly_the_last_good_site_stays(site: Site) -> None:
    site.post("2018-10-06-vae", "좋은 글", "title: 변분 오토인코더").build().is_good()
    site.post("2018-10-06-vae", "고친 글", "layout: post\ntitle: 변분 오토인코더: 설명").build(strict=True).fails("""
        _posts/2018-10-06-vae.md:3:16: error: a second `: ` on one line: nothing of the front matter counts [front-matter]
            3 | title: 변분 오토인코더: 설명
              |                       ^
              = put the value in quotes: `title: 'Part 1: sets'`
    """)
    site.has("2018/10/06/vae.html", "좋은 글")
    site.post("2018-10-06-vae", "고친 글", "title: '변분 오토인코더: 설명'").build().is_good()
    site.has("2018/10/06/vae.html", "고친 글", "변분 오토인코더: 설명")


def test_front_matter_without_an_end_is_text(site: Site) -> None:
    site.write({"_posts/2018-10-06-vae.md": "---\ntitle: x\n\ntext\n"}).build().warns("""
        _posts/2018-10-06-vae.md:1:1: warning: front matter is never closed: it is shown as text [front-matter]
            1 | ---
              | ^^^
              = write a line `---` after the last key
    """)
    site.has("2018/10/06/vae.html", "title: x", "<p>text</p>")


@pytest.mark.parametrize("front", ["title: Part II: more", "just words", "- a\n- b"])
def test_a_post_whose_front_matter_says_nothing_is_one_of_the_day_of_the_build(site: Site, front: str) -> None:
    """As with Jekyll, which does not look at the name of the file either (`Document#read`)."""
    site.post("2018-10-06-vae", "본문", front).build()
    assert site.code == 0
    today = datetime.datetime.now(datetime.UTC)
    site.has(f"{today:%Y/%m/%d}/2018-10-06-vae.html", "본문")
    assert "2018/10/06/vae.html" not in site.files()


def test_a_page_whose_front_matter_yaml_refuses_is_bare(site: Site) -> None:
    site.write({"a.md": "---\ntitle: a: b\n---\n본문"}).build()
    assert site.code == 0
    site.has("a.html", "본문")


def test_wrong_types_are_coerced_with_a_warning(site: Site) -> None:
    site.post("2018-10-06-vae", "text", "tags: 5\nlayout: [post]").build().warns("""
        _posts/2018-10-06-vae.md:2:7: warning: `tags` has to be a list: `5` is taken as its only entry [front-matter]
            2 | tags: 5
              |       ^
              = write `tags: [5]`
        _posts/2018-10-06-vae.md:3:1: warning: `layout` is a list: `post` is taken [front-matter]
            3 | layout: [post]
              | ^^^^^^
              = write `layout: post`
    """)
    site.has("tags/5/index.html", "/2018/10/06/vae.html")


def test_published_false_in_quotes_keeps_the_post_back(site: Site) -> None:
    site.post("2018-10-06-vae", "text", 'published: "false"').build().warns("""
        _posts/2018-10-06-vae.md:2:12: warning: `published` is the text `false`, taken as the word [front-matter]
            2 | published: "false"
              |            ^^^^^^^
              = leave the quotes out
    """).lacks("2018/10/06/vae.html")


@pytest.mark.parametrize("date", ["5", "[1]", "yesterday", "2018-02-40"])
def test_a_date_that_is_none_leaves_the_date_of_the_name(site: Site, date: str) -> None:
    report = site.post("2018-10-06-vae", "text", f"date: {date}").build().report
    assert "is not a date [date]" in report
    assert "_posts/2018-10-06-vae.md:2:" in report
    assert site.code == 0
    site.has("2018/10/06/vae.html", "text")


def test_all_bad_dates_are_reported_at_once(site: Site) -> None:
    site.post("2018-02-40-name").post("2018-10-06-front", "", "date: 2018-02-40").post("2018-10-07-good")
    site.build().warns("""
        _posts/2018-02-40-name.md: warning: `2018-02-40` in the file's name is not a date: the post is left out [date]
              = rename the file to `YYYY-MM-DD-title` with a day that exists
        _posts/2018-10-06-front.md:2:7: warning: `2018-02-40` is not a date [date]
            2 | date: 2018-02-40
              |       ^^^^^^^^^^
              = write `date: 2018-10-06` or `date: 2018-10-06 20:00:00 +0900`
    """)


def test_tags_of_other_programs_mean_nothing_and_nothing_is_run(site: Site) -> None:
    marker = site.source.parent / "marker"
    site.post("2018-10-06-vae", "", f"title: !!python/object/apply:os.system ['touch {marker}']").build()
    assert (
        "unknown tag `!!python/object/apply:os.system`: nothing of the front matter counts [front-matter]"
        in site.report
    )
    assert site.code == 0
    assert not marker.exists()


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize("front", [BOMB, "a: " + "[" * 100_000, "a: " + "9" * 100_000, "a: &a\n  <<: *a"])
def test_yaml_bombs_are_found_in_little_time_and_memory(site: Site, front: str) -> None:
    site.post("2018-10-07-good").build()
    memory, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    site.post("2018-10-06-vae", "", front).build()
    assert time.process_time() - begun < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100_000
    assert "[front-matter]" in site.report
    assert site.code == 0


@pytest.mark.parametrize("text", ["", "\n\n", "---\n---\n", "---\n---", "---\ntitle: 제목\n---"])
def test_an_empty_post_is_a_page_with_a_layout(site: Site, text: str) -> None:
    site.write({"_posts/2018-10-06-vae.md": text.encode()}).build().is_good()
    site.has("2018/10/06/vae.html", "<!doctype html>", "<h1>")


def test_a_file_among_the_posts_without_a_date_is_warned_about(site: Site) -> None:
    site.write({"_posts/notes.md": "할 일"}).post("2018-10-06-vae").build().warns("""
        _posts/notes.md: warning: a post needs a date in its name: this file is left out [name]
              = name it `YYYY-MM-DD-notes.md`, or move it out of `_posts`
    """)


def test_a_name_that_is_nearly_a_date_is_told_the_right_one(site: Site) -> None:
    names = ("20240203_waves", "2024_02_03 waves", "2024-02-03", "2024-02-031-waves")
    site.write({f"_posts/{name}.md": "text" for name in names}).build()
    assert [problem.hint.split("`")[1] for problem in site.done.diagnostics] == [
        "2024-02-03-title.md",
        "YYYY-MM-DD-2024-02-031-waves.md",
        "2024-02-03-waves.md",
        "2024-02-03-waves.md",
    ]


def test_a_page_whose_front_matter_is_below_an_empty_line_is_copied_and_named(site: Site) -> None:
    """Jekyll copies it in silence (`Utils.has_yaml_header?`)."""
    about, notes = b"\n---\ntitle: About\n---\ntext\n", b"\n---\n\nwords\n\n---\n"
    site.write({"about.md": about, "notes.md": notes, "a.txt": about}).build().warns("""
        about.md:2:1: warning: front matter has to begin in the first line, with `---`: this file is no page, and copied as it is [front-matter]
            2 | ---
              | ^^^
              = delete what stands before it
    """)
    site.has("about.md", about.decode()).build()
    assert "about.md:2:1" in site.report
    site.write({"about.md": b"\xef\xbb\xbf" + about.replace(b"\n", b"\r\n")}).build()
    assert "about.md:2:1" in site.report
    assert "\\r" not in site.report


KOREAN = "---\ntitle: 변분 오토인코더\n---\n안녕하세요, 수학입니다.\n"


def test_a_post_that_is_not_utf8_is_left_out_with_its_byte_and_the_likely_encoding(site: Site) -> None:
    site.write({"_posts/2018-10-06-vae.md": KOREAN.encode("cp949")}).build()
    assert site.report.startswith(
        "_posts/2018-10-06-vae.md:2:8: warning: byte 11 (0xba) is not UTF-8: the post is left out [encoding]\n"
    )
    assert site.report.endswith("\n      = it looks like CP949 (EUC-KR): save it as UTF-8")
    assert site.code == 0
    assert "2018/10/06/vae.html" not in site.files()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("path", ["_posts/2018-10-06-vae.md", "about.md"])
def test_utf16_is_never_missing_in_silence(site: Site, path: str, encoding: str) -> None:
    site.write({path: KOREAN.encode(encoding)}).build()
    assert site.report.startswith(f"{path}:1:")
    assert site.report.endswith("\n      = it looks like UTF-16: save it as UTF-8")
    assert site.code == (1 if path == "about.md" else 0)  # Jekyll leaves out the post, and stops at the page


def test_one_damaged_byte_in_a_file_of_utf8_is_not_called_another_encoding(site: Site) -> None:
    site.write({"_posts/2018-10-06-vae.md": "---\n---\n안녕 ".encode() + b"\xff 2018\n"}).build().warns("""
        _posts/2018-10-06-vae.md:3:4: warning: byte 15 (0xff) is not UTF-8: the post is left out [encoding]
            3 | 안녕 � 2018
              |      ^
              = save the file as UTF-8
    """)
