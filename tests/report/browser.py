"""A Chromium without a window, for the tests of the report."""

import base64
import json
import pathlib
import shutil

from selenium import webdriver
from selenium.webdriver.chrome.service import Service


class Browser:
    """Opens pages from files, as from a USB stick, with the eyes and fingers of its user."""

    def __init__(self, width=1280, height=900):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         "--disable-background-networking", "--no-first-run"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
        self.size(width, height)

    def size(self, width, height, mobile=False):
        self.command("Emulation.setDeviceMetricsOverride",
                     width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def scheme(self, name):
        """Light or dark."""
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)

    def open(self, path, mark=""):
        # From nowhere, since going to another mark of the same page does not load it again.
        self.driver.get("about:blank")
        self.driver.get(pathlib.Path(path).resolve().as_uri() + mark)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def settle(self, script):
        """Waits until the script, a condition, is true; tells whether it became so."""
        return self.driver.execute_async_script("""
            const done = arguments[arguments.length - 1];
            const look = (left) => (%s) ? done(true) : left === 0 ? done(false) : setTimeout(look, 20, left - 1);
            look(250);""" % script)

    def press(self, key, times=1):
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowRight": 39}
        for _ in range(times):
            text = {"text": "\r"} if key == "Enter" else {}
            for kind in ("keyDown", "keyUp"):
                self.command("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                             windowsVirtualKeyCode=codes[key], **(text if kind == "keyDown" else {}))

    def point(self, x, y):
        self.command("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, pointerType="mouse")

    def complaints(self):
        """What the browser has written on its console since it was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] in ("SEVERE", "WARNING")]

    def paper(self, path):
        """Prints the page as it would be printed on paper."""
        printed = self.command("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        pathlib.Path(path).write_bytes(base64.b64decode(printed["data"]))

    def faults(self, axe):
        """What axe-core finds that is serious or worse, by rule."""
        self.run(pathlib.Path(axe).read_text())
        found = self.driver.execute_async_script("""
            const done = arguments[arguments.length - 1];
            axe.run({resultTypes: ['violations']}).then((all) => done(JSON.stringify(all.violations.map(
                (v) => [v.impact, v.id, v.nodes.slice(0, 2).map((node) => node.html)]))));""")
        return [fault for fault in json.loads(found) if fault[0] in ("serious", "critical")]

    def close(self):
        self.driver.quit()
