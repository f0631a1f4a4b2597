"""A headless Chromium that notes what goes wrong on a page."""

import base64
import shutil
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ARTIFACTS = Path(__file__).resolve().parents[1] / "artifacts"
WAIT_SECONDS = 10


def found(*names: str) -> str:
    """The first of these programs that is installed."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(f"none of {', '.join(names)} is installed: run make test, or .ci/install test")


class Browser:
    """Opens pages at a given width and colour scheme and keeps pictures of them."""

    def __init__(self, address: str):
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        options.binary_location = found("chromium", "google-chrome", "chromium-browser")
        self.driver = webdriver.Chrome(options, webdriver.ChromeService(found("chromedriver")))
        self.driver.set_page_load_timeout(30)
        self.address = address
        self.resize(1280)

    def close(self) -> None:
        self.driver.quit()

    # Looking

    def open(self, target: str) -> None:
        self.driver.get(target if target.startswith("http") else self.address + target)

    def sign_in(self, link: str) -> None:
        """Opens a one-time link and, since mail scanners open links too, confirms it."""
        self.open(link)
        path = self.path
        self.one("main form button").click()
        self.wait_until_elsewhere(path)

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.address)

    @property
    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def source(self) -> str:
        return self.driver.page_source

    def all(self, selector: str) -> list:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str):
        found = self.all(selector)
        assert found, f"nothing on {self.path} is a {selector}"
        return found[0]

    def wait_for(self, text: str, seconds: float = WAIT_SECONDS) -> None:
        self._wait(lambda _: text in self.text, seconds, f"{text!r} is not there")

    def wait_until_elsewhere(self, path: str, seconds: float = WAIT_SECONDS) -> None:
        self._wait(lambda _: self.path != path, seconds, "nothing led elsewhere")

    def _wait(self, holds, seconds: float, complaint: str) -> None:
        """What was found a moment ago may be gone, since the page may be turning right now: the page is described
        only once the time is up."""
        try:
            WebDriverWait(self.driver, seconds, 0.1, [StaleElementReferenceException]).until(holds)
        except TimeoutException:
            raise AssertionError(f"{complaint} after {seconds:g} s, on {self.path}:\n{self.text[:1500]}") from None

    # Dressing

    def resize(self, width: int, height: int = 900) -> None:
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def prefer(self, scheme: str) -> None:
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def without_scripts(self, off: bool = True) -> None:
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": off})

    def screenshot(self, name: str) -> Path:
        ARTIFACTS.mkdir(exist_ok=True)
        picture = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
        file = ARTIFACTS / f"{name}.png"
        file.write_bytes(base64.b64decode(picture["data"]))
        return file

    # Judging

    def complaints(self) -> list[str]:
        """What the console said since the last time, worse than information."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def overflow(self) -> str:
        """The elements that reach beyond the right edge, or nothing when the page fits."""
        return self.driver.execute_script("""
            const width = window.innerWidth;
            if (document.documentElement.scrollWidth <= width) return '';
            const inScroller = e => { for (let p = e.parentElement; p; p = p.parentElement)
                if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)) return true; return false; };
            return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 0.5 && !inScroller(e))
                .slice(0, 8).map(e => e.outerHTML.slice(0, 120)).join('\\n') || 'something beyond ' + width;
        """)

    def background(self) -> tuple[int, int, int]:
        colour = self.driver.execute_script("""
            const canvas = document.createElement('canvas').getContext('2d');
            canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
        """)
        return tuple(colour[:3])
