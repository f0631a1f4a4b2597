"""What every page is judged by: it fits at any width, it can be read in both schemes, its controls have names."""

from selenium.webdriver.common.by import By

from harness.browser import Browser

WIDTHS = (390, 1280, 1920)
SCHEMES = ("light", "dark")


def assert_sound(browser: Browser) -> None:
    assert browser.complaints() == []
    assert browser.overflow() == ""


def photograph(browser: Browser, path: str, name: str) -> None:
    """A page at every width in both schemes; it fits each time, and dark is dark."""
    for scheme in SCHEMES:
        browser.prefer(scheme)
        for width in WIDTHS:
            browser.resize(width)
            browser.open(path)
            browser.screenshot(f"{name}-{scheme}-{width}")
            assert browser.overflow() == "", f"{name} at {width}"
        assert (sum(browser.background()) < 200) == (scheme == "dark")
    assert browser.complaints() == []


def faint_text(browser: Browser) -> list[str]:
    """Pieces of text whose contrast is below 4.5 to 1, or 3 to 1 when they are large."""
    return browser.driver.execute_script(CONTRAST)


def nameless_controls(browser: Browser) -> list[str]:
    return [
        element.get_attribute("outerHTML")[:100] for element in browser.driver.find_elements(By.CSS_SELECTOR, "a, button, input, select, textarea")
        if element.is_displayed() and not element.accessible_name]


CONTRAST = """
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data]; };
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; }
        return rgba('Canvas'); };
    const faults = [];
    for (const e of document.querySelectorAll('body *')) {
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
        const style = getComputedStyle(e), a = light(rgba(style.color)), b = light(behind(e));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5) - 0.01) faults.push(ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 90));
    }
    return faults.slice(0, 10);
"""
