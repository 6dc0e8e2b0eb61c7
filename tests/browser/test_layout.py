"""Pages on a telephone and on a desk, as a browser lays them out."""

import io
import itertools

import pytest

from browser.survey import Survey
from support.chromium import Browser

HARD = "/hard/2024/"
# the place of the first character of each line of an element
LINES = """
(code => {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT), range = document.createRange(), found = []
  let fresh = true
  for (let node; node = walker.nextNode();)
    for (let i = 0; i < node.data.length; i++) {
      const letter = node.data[i]
      if (fresh && letter.trim()) {
        range.setStart(node, i); range.setEnd(node, i + 1)
        const box = range.getBoundingClientRect()
        found.push([letter, Math.round(box.left), box.top])
        fresh = false
      }
      if (letter === '\\n') fresh = true
    }
  return found
})"""


def test_no_page_is_wider_than_a_telephone(browser: Browser, address: str, pages: list[str]) -> None:
    browser.resize(390)
    widths = {}
    for page in pages:
        browser.visit(f"{address}/{page}")
        widths[page] = browser.measure("document.documentElement.scrollWidth")
    assert {page: width for page, width in widths.items() if width != 390} == {}


def test_a_wide_formula_scrolls_in_its_box(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(f"{address}{HARD}08/02/numbered.html")
    box = "document.querySelectorAll('.katex-display > .katex:first-child')[1]"
    assert browser.measure(f"{box}.scrollWidth > {box}.clientWidth")
    assert browser.measure(f"{box}.scrollLeft = 1000, {box}.scrollLeft > 0 && scrollX === 0")
    number = f"{box}.parentElement.querySelector('.eqno').getBoundingClientRect()"
    assert browser.measure(f"{number}.left >= {box}.getBoundingClientRect().right")
    assert browser.measure(f"{number}.right <= 390")
    found = browser.measure(  # the numbers of rows stay in sight while the rows scroll, each at the right edge
        "(() => { const tag = document.querySelector('.katex-html > .katex-tag'), box = tag.closest('.katex-display');"
        "box.parentElement.style.width = '8rem';"
        "const rights = [...tag.querySelectorAll('.eqno')].map(it => Math.round(it.getBoundingClientRect().right));"
        "const inSight = [0, 1000].map(left => (box.scrollLeft = left, tag.getBoundingClientRect().right - box.getBoundingClientRect().right <= 1));"
        "return [box.scrollLeft > 0, new Set(rights).size === 1, ...inSight] })()"
    )
    assert found == [True] * 4


def test_a_piece_in_a_line_of_text_that_cannot_be_broken_scrolls_by_itself(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(f"{address}{HARD}08/05/unbroken.html")
    assert browser.measure("document.documentElement.scrollWidth") == 390
    wide = "[...document.querySelectorAll('.katex-wide')]"
    assert browser.measure(f"{wide}.map(box => (box.scrollLeft = 1000, box.scrollLeft > 0))") == [True] * 5
    browser.resize(1440)  # where it fits nothing is moved, nothing scrolls and nothing is cut
    place = "[...document.querySelectorAll('.katex-base, main p, main li')].map(it => it.getBoundingClientRect()).map(it => [it.left, it.top])"
    before = browser.measure(place)
    assert (
        browser.measure(f"{wide}.map(box => [box.scrollWidth - box.clientWidth, box.offsetHeight - box.clientHeight])")
        == [[0, 0]] * 5
    )
    assert browser.measure(f"({wide}.forEach(box => box.className = ''), {place})") == before


def test_no_shade_shows_beside_the_numbers_of_rows(browser: Browser, address: str) -> None:
    """The shade of a formula that scrolls stood out at the right edge, above and below its numbers."""
    image = pytest.importorskip("PIL.Image")
    browser.resize(390)
    browser.visit(f"{address}{HARD}08/02/numbered.html")
    box = browser.measure(
        "(() => { const box = document.querySelector('.katex-html > .katex-tag').closest('.katex-display');"
        "box.parentElement.style.width = '8rem'; box.scrollIntoView({block: 'center', behavior: 'instant'});"
        "const it = box.getBoundingClientRect(); return [it.left, it.top, it.right, it.bottom].map(Math.round) })()"
    )
    shown = image.open(io.BytesIO(browser.screenshot())).convert("RGB").crop(box)
    edge = shown.crop((shown.width - 5, 1, shown.width - 1, shown.height - 1))
    assert len(edge.getcolors()) == 1


def test_a_number_in_a_line_of_text_covers_no_words(browser: Browser, address: str) -> None:
    """The paper behind numbers of rows is for rows that scroll below it; in a line of text it hid the next word."""
    browser.visit(f"{address}{HARD}08/02/numbered.html")
    shade = browser.measure(
        '(() => { const line = document.createElement(\'p\'); line.innerHTML = \'<span class="katex"><span class="katex-html">'
        "<span class=\"katex-tag\">(1)</span></span></span> words'; document.querySelector('main').append(line);"
        "const style = getComputedStyle(line.querySelector('.katex-tag')); return [style.boxShadow, style.backgroundImage] })()"
    )
    assert shade == ["none", "none"]


def test_a_wide_formula_with_a_number_breaks_and_keeps_it_in_sight(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(f"{address}/hard/2024/08/02/numbered.html")
    found = browser.measure(
        "(() => { const box = document.getElementById('eq-3.2').querySelector('.katex-display');"
        "const pieces = [...box.querySelectorAll('.katex-base')].map(piece => piece.getBoundingClientRect());"
        "const number = box.querySelector('.katex-tag').getBoundingClientRect();"
        "const last = pieces.filter(piece => !(piece.top >= number.bottom || piece.bottom <= number.top));"
        "return [box.firstChild.scrollWidth <= box.firstChild.clientWidth, pieces.at(-1).top > pieces[0].bottom,"
        "last.includes(pieces.findLast(piece => piece.right < number.left)), number.right <= innerWidth] })()"
    )
    assert found == [True] * 4


def test_a_formula_that_fits_has_no_scroll_bar(surveys: dict[str, Survey]) -> None:
    sizes = [size for survey in surveys.values() for size in survey.excess]
    assert len(sizes) > 50
    too_wide = [width for width, _ in sizes if width]
    assert len(too_wide) < len(sizes) / 10
    # those are really wider than the page: a letter's slant is no reason to scroll
    assert [width for width in too_wide if width <= 10] == []
    assert {height for _, height in sizes} == {0}


def test_a_theme_that_adds_signs_to_spans_leaves_formulas_alone(browser: Browser, address: str) -> None:
    """Chirpy's crumbs have `#breadcrumb span:not(:last-child)::after { content: "›" }`, and a title may be a formula."""
    browser.resize(1000)
    browser.visit(f"{address}{HARD}08/02/numbered.html")
    add = "const it = document.createElement('style'); it.textContent = 'html body #_main span::after {content: \"x\"}'"
    browser.measure(f"(() => {{ {add}; document.head.append(it); return 1 }})()")
    signs = "getComputedStyle(document.querySelector('#_main {}'), '::after').content"
    assert browser.measure(signs.format(".katex-base span")) == "none"
    assert browser.measure(signs.format("span.katex-display")) == '"x"'


def test_marked_lines_stand_under_the_others(browser: Browser, address: str) -> None:
    browser.visit(f"{address}{HARD}08/03/code.html")
    tag = browser.measure(f"{LINES}(document.querySelector('.rouge-code pre, td.code pre'))")
    letters, lefts, tops = zip(*tag, strict=True)
    assert letters == ("d", "#", "w", "a", "r")
    assert lefts[1] == lefts[2] == lefts[4]
    height = tops[1] - tops[0]
    assert [(top - tops[0]) / height for top in tops] == pytest.approx([0, 1, 2, 3, 5])
    numbers = browser.measure(f"{LINES}(document.querySelector('.lineno'))")
    assert [numbers[line][2] for line in (0, 1, 2, 3, 5)] == pytest.approx(tops, abs=1)


def test_marked_lines_are_coloured_as_far_as_the_code_scrolls(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(f"{address}{HARD}08/03/code.html")
    fence = browser.measure(f"{LINES}(document.querySelector('.highlighter-rouge code'))")
    assert [letter for letter, _, _ in fence] == ["f", "t", "p", "l"]
    assert len({left for _, left, _ in fence}) == 1
    boxes = browser.measure(
        "[...document.querySelectorAll('.highlighter-rouge .hll')].map(line => [line.offsetWidth, line.offsetHeight])"
    )
    wide = browser.measure("document.querySelector('.highlighter-rouge code').scrollWidth")
    height = fence[2][2] - fence[1][2]
    assert len(boxes) == 2
    assert all(width >= wide and abs(tall - height) < 1 for width, tall in boxes)


def test_long_lines_of_code_break_on_paper(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(f"{address}{HARD}08/03/code.html")
    box = "document.querySelector('.highlighter-rouge pre')"
    wide = f"{box}.scrollWidth > {box}.clientWidth"
    assert browser.measure(wide)
    browser.show_print(shown=True)
    try:
        assert not browser.measure(wide)
    finally:
        browser.show_print(shown=False)


def test_code_in_a_line_leaves_no_gap_on_paper_where_its_box_is_not_printed(browser: Browser, address: str) -> None:
    browser.visit(f"{address}{HARD}08/04/table.html")
    padding = "getComputedStyle(document.querySelector('td code')).paddingLeft"
    assert browser.measure(padding) != "0px"
    browser.show_print(shown=True)
    try:
        assert browser.measure(padding) == "0px"
    finally:
        browser.show_print(shown=False)


def test_titles_of_the_archive_stand_under_each_other(browser: Browser, address: str) -> None:
    for blog in ("demo", "hard"):
        browser.visit(f"{address}/{blog}/archive/")
        lefts = browser.measure(
            "[...document.querySelectorAll('.post-titles a')].map(a => a.getBoundingClientRect().left)"
        )
        assert len(lefts) >= 7
        assert len(set(lefts)) == 1


def test_formulas_in_cells_do_not_break(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(f"{address}{HARD}08/04/table.html")
    formulas = browser.measure(
        "[...document.querySelectorAll('td .katex')].map(formula => "
        "[...formula.querySelectorAll('.katex-base')].map(piece => piece.getBoundingClientRect()).map(box => [box.top, box.bottom]))"
    )
    assert [len(pieces) for pieces in formulas] == [4, 2]
    assert all(top < pieces[0][1] for pieces in formulas for top, _ in pieces)


def test_code_in_cells_does_not_break(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(f"{address}{HARD}08/04/table.html")
    assert browser.measure("[...document.querySelectorAll('td code')].map(code => code.getClientRects().length)") == [1]


@pytest.mark.parametrize(("blog", "width"), [("hard", 390), ("hard", 600), ("demo", 500)])
def test_the_buttons_of_the_header_stand_beside_the_title(
    browser: Browser, address: str, blog: str, width: int
) -> None:
    browser.resize(width)
    browser.visit(f"{address}/{blog}/")
    title, *buttons = (
        browser.measure(
            f"(box => [box.top, box.bottom, box.right])(document.querySelector('{name}').getBoundingClientRect())"
        )
        for name in (".site-title", ".search-open", ".scheme")
    )
    assert all(title[0] <= button[0] and button[1] <= title[1] and button[2] > title[2] for button in buttons)


def test_a_number_stands_at_the_edge_of_a_page_from_right_to_left(browser: Browser, address: str) -> None:
    browser.resize(768)
    for page, edge in ((f"{HARD}07/02/hebrew.html", "left"), (f"{HARD}08/02/numbered.html", "right")):
        browser.visit(f"{address}{page}")
        boxes = browser.measure(
            "['.katex-display > .katex-tag', '.post-content'].map(name => document.querySelector(name).getBoundingClientRect())"
            f".map(box => Math.round(box.{edge}))"
        )
        number = browser.measure(
            "(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('.katex-display > .katex-tag'));"
            f"return Math.round(range.getBoundingClientRect().{edge}) }})()"
        )
        assert boxes[0] == boxes[1]
        assert abs(number - boxes[1]) <= 4, page  # what can be pressed is larger than the number


def test_blocks_keep_their_distance(browser: Browser, address: str) -> None:
    browser.visit(f"{address}{HARD}08/01/spaced.html")
    details, paragraph = (
        f"document.querySelector('{name}').getBoundingClientRect()" for name in ("details", "#after-details")
    )
    assert browser.measure(f"{paragraph}.top - {details}.bottom") >= 12
    items = browser.measure(
        "[...document.querySelectorAll('ol > li')].map(li => [li.getBoundingClientRect().top, "
        "Math.max(...[...li.querySelectorAll('p, .katex')].map(e => e.getBoundingClientRect().bottom))])"
    )
    gaps = [following[0] - item[1] for item, following in itertools.pairwise(items)]
    assert len(gaps) == 2
    assert all(gap >= 8 for gap in gaps)


def test_dates_leave_room_for_long_titles(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(f"{address}/hard/archive/")
    times = browser.measure(
        "[...document.querySelectorAll('.post-titles li')].map(li => li.scrollWidth - li.clientWidth)"
    )
    assert set(times) == {0}
