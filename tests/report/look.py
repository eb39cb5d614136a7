#!/usr/bin/python3
"""Looks at reports as people do: look.py FOLDER AXE. Prints `ok` and `not ok` lines.

FOLDER holds pilot.html (its inputs made into traps), changed.html, contractor.html, household.html
and french.html; see look.sh.
"""

import pathlib
import re
import subprocess
import sys
import traceback

from browser import Browser

folder, axe = pathlib.Path(sys.argv[1]), sys.argv[2]
browser = Browser()
failed = False


def tell(sentence, look):
    """One test: `look` returns nothing when all is well, or raises with what is not."""
    global failed
    try:
        look()
        print("ok", sentence, flush=True)
    except Exception:  # whatever it is, the other tests go on
        failed = True
        print("not ok", sentence, flush=True)
        for line in traceback.format_exc(limit=-2).splitlines():
            print("   ", line)


def equal(seen, expected):
    assert seen == expected, f"{seen!r} instead of {expected!r}"


def shown(selector):
    """How many of these can be seen."""
    return browser.run("return [...document.querySelectorAll(arguments[0])].filter("
                       "(e) => e.getClientRects().length > 0).length", selector)


def choose(name, text):
    """Chooses in the filter the entry that has this text."""
    browser.run("""const choice = document.getElementById(arguments[0]);
        choice.value = [...choice.options].find((o) => o.text.includes(arguments[1])).value;
        choice.dispatchEvent(new Event('input', {bubbles: true}));""", name, text)


def search(text):
    browser.run("""const box = document.getElementById('search'); box.value = arguments[0];
        box.dispatchEvent(new Event('input', {bubbles: true}));""", text)


def visible_sheets(expected):
    browser.settle(f"[...document.querySelectorAll('.sheet')].filter((s) => !s.hidden).length === {expected}")
    equal(shown(".sheet"), expected)


def show_all():
    browser.run("document.querySelector('form').reset()")
    visible_sheets(4)


# ---- What a page is


def opens_quietly():
    for name in ("pilot", "changed", "contractor", "household", "french"):
        browser.open(folder / f"{name}.html")
        equal(browser.complaints(), [])
        equal(browser.run("return performance.getEntriesByType('resource').length"), 0)


def traps_are_text():
    browser.open(folder / "pilot.html")
    equal(browser.run("return [document.images.length, document.scripts.length, window.trapped]"), [0, 1, None])
    name = browser.run("return document.querySelector('.sheet summary b').textContent")
    equal(name, "A1 <img src=x onerror=trapped=1> \"Mary\" & 'Ash'</script>")
    assert "<b>Wren</b>\"Row" in browser.run("return document.querySelector('#building').textContent")


def policy_holds():
    browser.open(folder / "pilot.html")
    browser.run("""const script = document.createElement('script'); script.textContent = 'window.trapped = 1';
        document.body.append(script); const link = document.createElement('div');
        link.innerHTML = '<img src="https://example.org/x.png"><p style="color: red">'; document.body.append(link);""")
    equal(browser.run("return window.trapped"), None)
    assert len([c for c in browser.complaints() if "Content Security Policy" in c]) >= 3


def readable_without_script():
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(folder / "pilot.html")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert shown("#week .day li") > 0 and shown(".bars tbody tr") == 4 and shown(".sheet summary") == 4
    equal(shown(".filters"), 0)


# ---- What it shows


def this_week():
    browser.open(folder / "pilot.html")
    first = browser.run("""const entry = document.querySelector('#week .day li');
        return [entry.querySelector('.when b').textContent, entry.querySelector('.what b').textContent,
                entry.querySelector('a.phone').href, entry.querySelector('.place').textContent]""")
    equal(first, ["10:00", "Technical visit", "tel:01632960013", "3 Wren Row"])
    equal(browser.run("return document.querySelectorAll('main > section')[0].id"), "week")
    assert shown(".calls > li") > 0


def evenings_are_marked():
    browser.open(folder / "pilot.html")
    choose("weeks", "14 Sep")
    assert browser.settle("document.querySelector('#week .chosen li')")
    text = browser.run("return document.querySelector('#week .chosen').textContent")
    assert "Tuesday" in text and "18:00 evening" in text and "Priya Nair" in text, text
    equal(browser.run("return document.querySelector('#week h2').textContent"), "Week from 14 Sep")
    choose("member", "Kitchen Fitters")
    assert browser.settle("!document.querySelector('#week .chosen li')")
    show_all()
    equal(browser.run("return document.querySelector('#week h2').textContent"), "This week")
    browser.run("document.querySelector('[data-step=\"1\"]').click()")
    equal(browser.run("return document.querySelector('#week h2').textContent"), "Week from 7 Sep")
    equal(browser.run("return document.querySelectorAll('#grid .band').length"), 1)


def every_view_is_there():
    browser.open(folder / "changed.html")
    for view in ("week", "gantt", "balance", "homes", "load", "deliveries", "nights", "changes", "sheets"):
        assert browser.run("return document.getElementById(arguments[0])?.textContent.length > 40", view), view
    text = browser.run("return document.getElementById('changes').textContent")
    assert "moved from" in text and "confirmed dates that cannot be kept" in text.lower(), text


def speaks_french():
    browser.open(folder / "french.html")
    equal(browser.run("return document.documentElement.lang"), "fr")
    text = browser.run("return document.body.textContent")
    assert "Cette semaine" in text and re.search(r"Le mardi \d+ septembre 2026|le mardi \d+ septembre 2026", text)


# ---- What one can do with it


def filters_work():
    browser.open(folder / "pilot.html")
    visible_sheets(4)
    search("nair")
    visible_sheets(1)
    equal(shown(".bars tbody tr"), 1)
    equal(browser.run("return document.getElementById('count').value"), "1 / 4 of them shown")
    search("okoro wheelchair")
    visible_sheets(1)
    search("nobody has this name")
    visible_sheets(0)
    show_all()
    choose("building", "Lark")
    visible_sheets(1)
    show_all()
    choose("member", "Kitchen Fitters")
    visible_sheets(3)
    equal(shown("#load tr[data-r]"), 1)
    show_all()
    choose("household", "A2")
    visible_sheets(1)
    show_all()
    choose("weeks", "31 Aug")
    visible_sheets(1)
    show_all()


def rows_are_sorted():
    browser.open(folder / "pilot.html")
    rows = "[...document.querySelectorAll('.bars tbody tr')]"
    days = f"return {rows}.map((row) => Number(row.dataset.s))"
    buildings = f"""return {rows}.map((row) =>
        document.querySelector(`.sheet[data-h="${{row.dataset.h}}"]`).dataset.b)"""
    equal(browser.run(days), sorted(browser.run(days)))
    browser.run("document.querySelector('[data-sort=b]').click()")
    equal(browser.run(buildings), ['<b>Wren</b>"Row', "Lark Row", "Wren Row", "Wren Row"])
    browser.run("document.querySelector('[data-sort=s]').click()")
    equal(browser.run(days), sorted(browser.run(days)))


def details_on_hover():
    browser.open(folder / "pilot.html")
    x, y = browser.run("""const bar = document.querySelector('.bars tr[data-h="0"] .move');
        bar.scrollIntoView({block: 'center'}); const box = bar.getBoundingClientRect();
        return [box.left + 1, box.top + box.height / 2];""")
    browser.point(x, y)
    assert browser.settle("!document.getElementById('details').hidden")
    assert "Move out" in browser.run("return document.getElementById('details').textContent")
    browser.point(5, 5)
    assert browser.settle("document.getElementById('details').hidden")


def details_on_tap():
    browser.size(390, 844, mobile=True)
    browser.open(folder / "pilot.html")
    browser.run("""const bar = document.querySelectorAll('.load .part')[3]; bar.scrollIntoView({block: 'center'});
        bar.dispatchEvent(new PointerEvent('click', {bubbles: true, pointerType: 'touch'}));""")
    text = browser.run("return document.getElementById('details').innerText")
    browser.size(1280, 900)
    assert text.startswith("week of"), text


def keyboard_reaches_everything():
    browser.open(folder / "pilot.html")
    stops = browser.run("""window.reached = new Set();
        document.addEventListener('focusin', (event) => reached.add(event.target));
        window.wanted = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
            .filter((e) => e.checkVisibility());
        return wanted.length;""")
    browser.press("Tab", stops + 1)
    missed = browser.run("return wanted.filter((e) => !reached.has(e)).map((e) => e.outerHTML.slice(0, 90))")
    equal(missed, [])


def keyboard_opens_details_and_sheets():
    browser.open(folder / "pilot.html")
    browser.run("document.querySelector('#load td > svg').focus()")
    browser.press("ArrowRight")
    assert browser.run("return document.getElementById('details').innerText").startswith("week of")
    browser.press("Escape")
    assert browser.run("return document.getElementById('details').hidden")
    browser.run("document.querySelector('.bars th a').focus()")
    browser.press("Enter")
    assert browser.settle("document.querySelector('.sheet[open] summary') === document.activeElement")


def a_link_opens_the_sheet():
    browser.open(folder / "pilot.html", "#h2")
    assert browser.settle("document.getElementById('h2').parentElement.open")


# ---- Telephone, paper, everybody


def nothing_sticks_out_of_a_telephone():
    browser.size(390, 844, mobile=True)
    for name in ("pilot", "changed", "contractor", "household", "french"):
        browser.open(folder / f"{name}.html")
        browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        equal(browser.run("return document.documentElement.scrollWidth"), 390)
    browser.size(1280, 900)


def pages_of():
    """Width and height of each page in millimetres, and its text."""
    path = folder / "paper.pdf"
    browser.command("Emulation.clearDeviceMetricsOverride")
    browser.paper(path)
    browser.size(1280, 900)
    sizes = subprocess.run(["pdfinfo", "-l", "199", path], capture_output=True, text=True, check=True).stdout
    sizes = [(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4))
             for w, h in re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", sizes)]
    texts = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return list(zip(sizes, texts.split("\f")))


def paper_has_the_right_pages():
    browser.open(folder / "pilot.html")
    pages = pages_of()
    sheets = [text for size, text in pages if "Your contact" in text]
    equal(len(sheets), 4)
    for text, name in zip(sheets, ("Mary", "Samuel Okoro", "Joan and Peter Hill", "Priya Nair")):
        assert name in text and "wheelchair" not in text and "01632" not in text, text
    at_a_glance = [size for size, text in pages if "The operation at a glance" in text]
    equal(at_a_glance, [(420, 297)])
    equal({size for size, text in pages if "Your contact" in text or "This week" in text}, {(210, 297)})
    # The last step stands on the page of the first one.
    assert all("from" in text and ("Final check" in text or "Move back" in text) for text in sheets)


def sheets_of_twenty_steps_fit():
    browser.open(folder / "french.html")
    with_contact = ["Votre contact" in text for _, text in pages_of()]
    first = with_contact.index(True)
    equal([with_contact.count(True), len(with_contact) - first], [60, 60])


def one_sheet_alone_can_be_printed():
    browser.open(folder / "pilot.html", "#h1")
    browser.settle("document.querySelector('.sheet[open] .tools button')")
    browser.run("window.print = () => {}; document.querySelector('.sheet[open] .tools button').click()")
    pages = pages_of()
    equal([size for size, _ in pages], [(210, 297)])
    assert "Samuel Okoro" in pages[0][1]


def everybody_can_use_it():
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        for name in ("pilot", "changed", "contractor", "household"):
            browser.open(folder / f"{name}.html")
            browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
            equal(browser.faults(axe), [])
    browser.scheme("light")


try:
    tell("every page opens without a word on the console and loads nothing", opens_quietly)
    tell("markup and quotes in the inputs are shown as text", traps_are_text)
    tell("the policy stops scripts, styles and pictures that are not ours", policy_holds)
    tell("without the script the page can be read", readable_without_script)
    tell("this week comes first: time, address, telephone, and whom to call", this_week)
    tell("another week can be looked at, its evenings marked", evenings_are_marked)
    tell("every view is there, changes and broken promises too", every_view_is_there)
    tell("a French operation has a French page", speaks_french)
    tell("search and filters leave what was asked for", filters_work)
    tell("households are sorted by move out or by building", rows_are_sorted)
    tell("details are shown under the mouse", details_on_hover)
    tell("details are shown on a tap", details_on_tap)
    tell("the keyboard reaches everything", keyboard_reaches_everything)
    tell("the keyboard opens details and sheets", keyboard_opens_details_and_sheets)
    tell("a link to a household opens its sheet", a_link_opens_the_sheet)
    tell("nothing sticks out of a telephone's screen", nothing_sticks_out_of_a_telephone)
    tell("on paper each sheet is one A4 page, the overview A3, and no sheet tells what is private",
         paper_has_the_right_pages)
    tell("a sheet of twenty steps is one page", sheets_of_twenty_steps_fit)
    tell("one sheet alone can be printed", one_sheet_alone_can_be_printed)
    tell("axe finds nothing serious, in the light and in the dark", everybody_can_use_it)
finally:
    browser.close()
sys.exit(failed)
