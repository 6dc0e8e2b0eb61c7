"""What the scripts of the default theme add: cards, TeX on the clipboard, the switch for light and dark. Nothing depends on them."""

from support.chromium import Browser

NOTES = "/demo/2026/10/10/writing-mathematics-with-mathblog/"
REFERENCE = "/demo/2026/11/20/a-reference-for-writing-mathematics/"
SETTLE = "await new Promise(done => setTimeout(done, {}));"


def after(browser: Browser, action: str, wanted: str, milliseconds: int = 600) -> object:
    """What is so a while after something was done in the page."""
    return browser.measure(f"(async () => {{ {action}; {SETTLE.format(milliseconds)} return {wanted} }})()")


def test_a_card_shows_what_a_note_says_and_escape_closes_it(browser: Browser, address: str) -> None:
    browser.visit(address + NOTES)
    focus = "document.querySelector('a.footnote').dispatchEvent(new FocusEvent('focusin', {bubbles: true}))"
    shown = (
        "document.querySelector('.card').matches(':popover-open') && document.querySelector('.card').textContent.trim()"
    )
    note = browser.measure("document.querySelector('.footnotes li p').textContent.replace('↩', '').trim()")
    card = after(browser, focus, shown)
    assert isinstance(card, str)
    assert card.startswith(str(note)[:20])
    assert browser.measure("document.querySelector('a.footnote').getAttribute('aria-describedby')") == "_card"
    assert browser.measure("document.querySelectorAll('.card [id], .card .reversefootnote').length") == 0
    escape = "dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))"
    assert after(browser, escape, "document.querySelector('.card').matches(':popover-open')", 50) is False


def test_a_card_stays_while_the_pointer_is_on_it(browser: Browser, address: str) -> None:
    browser.visit(address + NOTES)
    over = "{}.dispatchEvent(new PointerEvent('pointerover', {{pointerType: 'mouse', bubbles: true}}))"
    is_open = "document.querySelector('.card').matches(':popover-open')"
    assert after(browser, over.format("document.querySelector('a.footnote')"), is_open) is True
    assert after(browser, over.format("document.querySelector('.card')"), is_open) is True
    assert after(browser, over.format("document.querySelector('h1')"), is_open) is False
    touch = over.replace("mouse", "touch").format("document.querySelector('a.footnote')")
    assert after(browser, touch, is_open) is False


def test_a_pointer_that_comes_back_keeps_the_card(browser: Browser, address: str) -> None:
    browser.visit(address + NOTES)
    over = "document.querySelector('{}').dispatchEvent(new PointerEvent('pointerover', {{pointerType: 'mouse', bubbles: true}}))"
    is_open = "document.querySelector('.card').matches(':popover-open')"
    assert after(browser, over.format("a.footnote"), is_open) is True
    there_and_back = f"{over.format('h1')}; {over.format('a.footnote')}"
    assert after(browser, there_and_back, is_open) is True


def test_the_card_of_an_equation_has_its_number_and_no_button(browser: Browser, address: str) -> None:
    browser.visit(f"{address}/demo/2026/11/20/a-reference-for-writing-mathematics/")
    focus = "document.querySelector('a.eqref').dispatchEvent(new FocusEvent('focusin', {bubbles: true}))"
    card = after(browser, focus, "document.querySelector('.card').innerHTML")
    assert isinstance(card, str)
    assert 'class="eqno"' in card
    assert "<button" not in card


def test_the_bibtex_of_a_post_can_be_copied(browser: Browser, address: str) -> None:
    browser.visit(f"{address}/demo/2026/11/20/a-reference-for-writing-mathematics/")
    write = "navigator.clipboard.writeText = async text => { window.copied = text }"
    click = f"{write}; document.querySelector('.cite-post').open = true; document.querySelector('.cite-post .copy-code').click()"
    copied = after(browser, click, "window.copied", 50)
    assert isinstance(copied, str)
    assert copied.startswith("@misc{")
    assert copied == browser.measure("document.querySelector('.cite-post pre').textContent")


def test_copied_text_has_the_tex_of_its_formulas(browser: Browser, address: str) -> None:
    browser.visit(address + NOTES)
    copied = browser.measure(
        "(() => { const data = new DataTransfer(); const paragraph = [...document.querySelectorAll('.post-content p')]"
        ".find(p => p.querySelector('.katex')); getSelection().selectAllChildren(paragraph);"
        "document.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true}));"
        "return [data.getData('text/plain'), data.getData('text/html')] })()"
    )
    assert copied[0].startswith(r"Dollars $e^{i\pi} + 1 = 0$, two dollars $a^2 + b^2 = c^2$")
    assert "katex-html" not in copied[1]
    assert "<math" in copied[1]


def test_a_copied_equation_has_its_numbers(browser: Browser, address: str) -> None:
    browser.visit(address + REFERENCE)
    copied = browser.measure(
        "[...document.querySelectorAll('.math-display')].filter(box => box.querySelector('.eqno')).map(box => {"
        "const data = new DataTransfer(); getSelection().selectAllChildren(box);"
        "document.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true}));"
        "return [data.getData('text/plain').trim(), [...box.querySelectorAll('a.eqno')].map(it => it.textContent)] })"
    )
    assert copied
    for text, numbers in copied:
        assert text.startswith("$$")
        assert text.split("$$")[2].split() == numbers


def test_a_displayed_formula_offers_its_tex(browser: Browser, address: str) -> None:
    browser.visit(address + NOTES)
    opened = "document.querySelector('.formula-menu').click()"
    names = "[...document.querySelectorAll('.formula-choices button')].map(button => button.textContent)"
    assert after(browser, opened, names, 50)[:2] == ["TeX", "MathML"]  # type: ignore[index]
    assert browser.measure("document.querySelector('.formula-menu').ariaExpanded") == "true"
    write = "navigator.clipboard.writeText = async text => { window.copied = text }"
    copy = f"{write}; document.activeElement.click()"
    assert str(after(browser, copy, "window.copied", 50)).startswith("$$") is False
    assert browser.measure("document.activeElement.className") == "formula-menu"
    assert browser.measure(names) == []
    after(browser, opened, names, 50)
    escape = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))"
    assert after(browser, escape, names, 50) == []
    assert browser.measure("document.querySelector('.formula-menu').ariaExpanded") == "false"


def test_the_chosen_scheme_is_remembered_and_set_before_anything_is_shown(browser: Browser, address: str) -> None:
    browser.visit(f"{address}/demo/")
    assert (
        after(browser, "document.querySelector('.scheme').click()", "document.documentElement.dataset.theme", 20)
        == "dark"
    )
    browser.visit(f"{address}/demo/about/")
    assert browser.measure("document.documentElement.dataset.theme") == "dark"
    first = "document.head.querySelector('script:not([src])').compareDocumentPosition(document.head.querySelector('link[rel=stylesheet]'))"
    assert browser.measure(f"{first} & 4") == 4  # the script comes before the first style sheet
    assert after(browser, "document.querySelector('.scheme').click()", "localStorage.scheme", 20) == "light"
    browser.measure("localStorage.clear()")


def test_paper_shows_the_light_picture_of_two(browser: Browser, address: str) -> None:
    browser.visit(f"{address}/demo/2026/11/20/a-reference-for-writing-mathematics/")
    media = "document.querySelector('picture source').media"
    before, printed, later = browser.measure(
        f"[{media}, (dispatchEvent(new Event('beforeprint')), {media}), (dispatchEvent(new Event('afterprint')), {media})]"
    )
    assert before == later == "screen and (prefers-color-scheme: dark)"
    assert printed == "not all"


def test_without_scripts_there_is_no_dead_button(browser: Browser, address: str) -> None:
    browser.allow_scripts(allowed=False)
    browser.visit(address + NOTES)
    assert browser.measure("document.querySelector('.scheme').hidden") is True
    assert browser.measure("document.querySelectorAll('.formula-menu').length") == 0
    assert browser.measure("document.querySelector('a.footnote').hash").startswith("#fn:")


def test_the_contents_stand_in_the_margin_where_there_is_one(browser: Browser, address: str) -> None:
    for width, beside in ((1440, True), (390, False)):
        browser.resize(width)
        browser.visit(address + NOTES)
        found = browser.measure(
            "[document.querySelector('.toc').getBoundingClientRect().right, document.querySelector('.post-content').getBoundingClientRect().left]"
        )
        assert (found[0] < found[1]) is beside
    links = browser.measure(
        "[...document.querySelectorAll('.toc a')].every(a => document.getElementById(decodeURIComponent(a.hash.slice(1))))"
    )
    assert links is True
