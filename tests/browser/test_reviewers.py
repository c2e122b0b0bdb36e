"""Reviewers at work in a real browser: by keyboard alone, blinded, without script, through a crash."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from review.store import queries
from screening.records import Stage
from tests.browser.conftest import SCREENSHOTS, Served, press
from tests.review.running import PROTOCOL, ris, winnow
from tests.review.web.visiting import decided

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FIFTY = 50
HERE = "/screen/title_abstract"
PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200]>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""


@pytest.fixture(scope="module")
def long_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a review of more than fifty references for one reviewer."""
    folder = tmp_path_factory.mktemp("long") / "review"
    (folder / "exports").mkdir(parents=True)
    protocol = PROTOCOL.replace(
        'include = ["Infants"]',
        'include = ["Infants"]\nhighlight = { include = ["infant*"], exclude = ["adults"] }',
    )
    (folder / "review.toml").write_text(protocol, encoding="utf-8")
    kinds = ("infants", "adults", "parents")
    titles = [f"Report {n} on how {kinds[n % 3]} sleep" for n in range(FIFTY + 4)]
    records = ris(*titles).replace(
        "ER  - ", "AB  - Forty infants and their parents were seen at home.\nER  - "
    )
    (folder / "exports" / "medline.ris").write_text(records, encoding="utf-8")
    (folder / "exports" / "scopus.ris").write_text(ris("A last one"), encoding="utf-8")
    assert winnow("load", "--project", folder).status == 0
    return folder


def counted(served: Served, stage: Stage = Stage.TITLE_ABSTRACT) -> dict[str, tuple[str, str]]:
    with served.app.state.server.project.ledger.read() as conn:
        return {v.reference: (v.reviewer, str(v.verdict)) for v in queries.votes(conn, stage)}


def turned(page: Any, title: str) -> None:
    """Wait until another reference is shown, or none."""
    page.wait_for_function(
        "title => document.querySelector('h2.title')?.innerText !== title", arg=title
    )


def title_of(page: Any) -> str:
    text: str = page.locator("h2.title").inner_text()
    return text


def test_fifty_references_by_keyboard_alone(
    long_review: Path,
    tmp_path: Path,
    serve: Callable[[Path], Served],
    axe: Callable[[Any], list[str]],
    picture: Callable[[Any, str], None],
) -> None:
    import shutil  # noqa: PLC0415 - for this review alone

    served = serve(Path(shutil.copytree(long_review, tmp_path / "review")))
    page = served.visit("anna", HERE)
    assert axe(page) == []
    picture(page, "screen")
    keys = {"infants": "i", "adults": "e", "parents": "u"}
    verdicts = {"i": "include", "e": "exclude", "u": "unsure"}
    expected: dict[str, int] = dict.fromkeys(verdicts.values(), 0)
    for _ in range(FIFTY):
        title = title_of(page)
        key = next((letter for word, letter in keys.items() if word in title), "e")
        press(page, key)
        expected[verdicts[key]] += 1
        turned(page, title)
    found = [verdict for _, verdict in counted(served).values()]
    assert {word: found.count(word) for word in expected} == expected
    last = title_of(page)
    press(page, "z")
    turned(page, last)
    assert len(counted(served)) == FIFTY - 1
    press(page, "n")
    page.keyboard.type("ie, with a note")
    page.keyboard.press("Escape")
    again = title_of(page)
    press(page, "i")
    turned(page, again)
    assert len(counted(served)) == FIFTY
    press(page, "/")
    page.keyboard.type("last one")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=last+one**")
    press(page, "?")
    assert page.locator("details.keys").get_attribute("open") is not None


def test_two_disagree_and_a_third_adjudicates(
    served: Served, axe: Callable[[Any], list[str]], picture: Callable[[Any, str], None]
) -> None:
    anna = served.visit("anna", f"{HERE}/r2")
    anna.get_by_label("Note").fill("dyads, clearly")
    anna.get_by_role("button", name="Include").click()
    turned(anna, "A randomised trial of holding hands with toddlers")
    ben = served.visit("ben", f"{HERE}/r2")
    assert "dyads" not in ben.content()
    ben.get_by_role("button", name="Population").click()
    turned(ben, "A randomised trial of holding hands with toddlers")
    cleo = served.visit("cleo", "/conflicts")
    assert axe(cleo) == []
    cleo.get_by_role("link", name="holding hands").click()
    cleo.get_by_text("dyads, clearly").wait_for()
    assert axe(cleo) == []
    picture(cleo, "conflict")
    cleo.get_by_label("Note").fill("toddlers with their mothers")
    cleo.get_by_role("button", name="Include").click()
    cleo.get_by_text("is settled: include").wait_for()
    picture(cleo, "conflicts")
    with served.app.state.server.project.ledger.read() as conn:
        line = queries.reference(conn, "r2")
    assert line is not None
    assert line.standing.title_abstract == "include"


def test_everything_works_without_script(served: Served) -> None:
    page = served.visit("anna", HERE, java_script_enabled=False)
    for _ in range(4):
        page.get_by_label("Note").fill("without script")
        page.get_by_role("button", name="Include").click()
    page.get_by_text("Nothing waits for you at this stage").wait_for()
    assert len(counted(served)) == 4
    page.get_by_role("button", name="Take back my last verdict").click()
    page.get_by_text("Your last verdict is taken back").wait_for()
    assert len(counted(served)) == 3
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Bring back the 1 skipped").click()
    page.get_by_role("button", name="Exclude", exact=False).first.click()
    assert len(counted(served)) == 4


def test_letters_pressed_before_the_script_has_come_record_nothing(served: Served) -> None:
    page = served.visit("anna", "/log")
    page.route("**/winnow.js", lambda route: route.abort())
    page.goto(HERE)
    first = title_of(page)
    for letter in "ieu":
        page.keyboard.press(letter)
    assert title_of(page) == first
    page.get_by_role("button", name="Include").click()
    turned(page, first)
    assert [verdict for _, verdict in counted(served).values()] == ["include"]


# Letters as a person types them who does not see that the answer is under way, by a clock of their own.
_TYPED = """async () => {
  const real = window.fetch;
  let release;
  const held = new Promise((done) => { release = done; });
  window.fetch = async (...asked) => { await held; return real(...asked); };
  const shown = () => document.querySelector("form input[name=reference]").value;
  const before = shown();
  let at = performance.now() + 600_000;
  const press = (letter) => {
    const event = new KeyboardEvent("keydown", { key: letter, bubbles: true });
    at += 50;
    Object.defineProperty(event, "timeStamp", { value: at });
    document.body.dispatchEvent(event);
  };
  press("i");
  for (const letter of "nun") press(letter);
  release();
  while (shown() === before) await new Promise((done) => setTimeout(done, 5));
  for (const letter of "clear: exclude") press(letter);
  await new Promise((done) => setTimeout(done, 50));
  return [before, shown()];
}"""


# The same letter once more, as soon as the next reference is there.
_TWICE = """() => new Promise((done) => {
  const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "i", bubbles: true }));
  const shown = () => document.querySelector("form input[name=reference]").value;
  new MutationObserver((_, watching) => {
    watching.disconnect();
    const next = shown();
    setTimeout(() => { press(); done(next); });
  }).observe(document.querySelector("#main"), { childList: true });
  press();
})"""


def test_a_letter_pressed_again_as_the_next_reference_comes_decides_nothing(served: Served) -> None:
    page = served.visit("anna", HERE)
    page.wait_for_load_state()
    next_one = page.evaluate(_TWICE)
    title = title_of(page)
    assert page.locator("form input[name=reference]").first.input_value() == next_one
    assert len(counted(served)) == 1
    press(page, "i")
    turned(page, title)
    assert len(counted(served)) == 2


def test_letters_of_a_word_begun_while_an_answer_was_under_way_decide_nothing(
    served: Served,
) -> None:
    page = served.visit("anna", HERE)
    page.wait_for_load_state()
    before, after = page.evaluate(_TYPED)
    assert after != before
    assert counted(served) == {before: ("anna", "include")}


def test_the_second_click_of_a_double_click_is_no_decision(served: Served) -> None:
    page = served.visit("anna", HERE)
    page.wait_for_load_state()
    first = page.locator("form[data-swap] input[name=reference]").first.input_value()
    title = title_of(page)
    page.get_by_role("button", name="Include").dblclick()
    turned(page, title)
    title = title_of(page)
    page.get_by_role("button", name="Exclude", exact=False).first.click()
    turned(page, title)
    assert counted(served)[first] == ("anna", "include")
    assert len(counted(served)) == 2


def test_on_a_phone_the_verdict_is_at_hand_and_covers_no_focus(
    served: Served, axe: Callable[[Any], list[str]]
) -> None:
    page = served.visit("anna", HERE, viewport={"width": 390, "height": 844})
    page.wait_for_load_state()
    page.evaluate(
        "document.querySelector('.abstract, .reference > p:last-of-type').innerText = 'long '.repeat(2000)"
    )
    assert page.evaluate(_IN_SIGHT, "Include")
    assert axe(page) == []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "screen_at_hand.png")  # what the window shows, not the page
    hidden = page.evaluate(_COVERED)
    assert hidden == []
    page.set_viewport_size({"width": 320, "height": 256})  # as at 400 % zoom
    assert page.evaluate(_COVERED) == []


_IN_SIGHT = """words => {
  const button = [...document.querySelectorAll("button")].find((each) => each.innerText.startsWith(words));
  const { top, bottom } = button.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""
# Each thing that can have the focus is given it, and must then be in sight and beneath nothing.
_COVERED = """() => {
  const covered = [];
  const all = document.querySelectorAll("main a[href], main button, main input:not([type=hidden]), main textarea, main summary, main select");
  for (const each of all) {
    if (!each.checkVisibility() || each.closest("details:not([open]) > :not(summary)")) continue;
    each.focus();
    each.scrollIntoView({ block: "nearest" });
    const box = each.getBoundingClientRect();
    const found = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 12));
    if (!found || !(each.contains(found) || found.contains(each) || found.closest("label"))) covered.push(each.outerHTML.slice(0, 90));
  }
  return covered;
}"""


def test_a_crash_amid_a_decision_loses_nothing(served: Served) -> None:
    page = served.visit("anna", HERE)
    first = title_of(page)
    page.keyboard.press("i")
    turned(page, first)
    second = title_of(page)
    page.get_by_label("Note").fill("half a thou")
    page.goto("about:blank")
    again = page.context.new_page()
    page.close()
    again.goto(HERE)
    assert title_of(again) == second
    assert again.get_by_label("Note").input_value() == "half a thou"
    assert len(counted(served)) == 1


def test_a_report_is_attached_and_read_beside_its_form(
    served: Served,
    tmp_path: Path,
    axe: Callable[[Any], list[str]],
    picture: Callable[[Any, str], None],
) -> None:
    for person in ("anna", "ben"):
        decided(served.folder, person, "r1", "include")
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(PDF)
    page = served.visit("anna", "/retrieve")
    assert axe(page) == []
    page.get_by_role("link", name="Watching infants").click()
    assert axe(page) == []
    page.get_by_label("PDF, up to").set_input_files(pdf)
    page.get_by_role("button", name="Attach").click()
    page.get_by_role("link", name="Assess it").click()
    frame = page.locator("iframe.pdf")
    frame.wait_for()
    assert axe(page) == []
    picture(page, "full_text")
    press(page, "1")
    page.get_by_text("Nothing waits for you").wait_for()
    assert counted(served, Stage.FULL_TEXT) == {"r1": ("anna", "exclude")}


PAGES = {
    "home": "/",
    "protocol": "/protocol",
    "load": "/load",
    "add": "/load/record",
    "screen": HERE,
    "own_votes": f"{HERE}/mine",
    "several": f"{HERE}/several",
    "second": f"{HERE}/second",
    "pilot": f"{HERE}/pilot",
    "apart": "/apart",
    "edit": "/protocol/edit",
    "source": "/protocol/source",
    "text": "/report/text",
    "people": "/people",
    "person": "/people/person?name=ben",
    "shares": "/people/shares/title_abstract",
    "log": "/log",
    "conflicts": "/conflicts",
    "stopping": "/stopping",
    "missing": "/nowhere",
}


def test_axe_reports_nothing_on_any_page_and_none_runs_out_of_a_narrow_window(
    served: Served, axe: Callable[..., list[str]], picture: Callable[[Any, str], None]
) -> None:
    decided(served.folder, "anna", "r2", "include")
    page = served.visit("anna", "/", color_scheme="light")
    wide = page.viewport_size
    found = {}
    for name, path in PAGES.items():
        page.goto(path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[name, scheme] = axe(page, colours=scheme == "dark")
            picture(page, f"{name}_{scheme}")
        for window, width in (("phone", 375), ("zoomed", 640)):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
            if name in ("screen", "home"):
                picture(page, f"{name}_{window}")
        page.set_viewport_size(wide)
    assert found == {key: [] for key in found}
    assert len(found) == 2 * len(PAGES)
