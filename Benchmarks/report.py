"""The report that the programs here write their tables into."""

import sys
from pathlib import Path

REPORT = Path(__file__).resolve().parents[1] / "docs/performance.md"


def record(name: str, text: str) -> None:
    """Puts a table in the place of the one between the marks of that name."""
    begin, end = f"<!-- {name} figures: begin -->", f"<!-- {name} figures: end -->"
    report = REPORT.read_text()
    if report.count(begin) != 1 or report.count(end) != 1:
        sys.exit(f"{REPORT} must have the marks '{begin}' and '{end}' once each")
    head, _, rest = report.partition(begin)
    REPORT.write_text(f"{head}{begin}\n{text}\n{end}{rest.partition(end)[2]}")
