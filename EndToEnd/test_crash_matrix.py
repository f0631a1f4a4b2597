"""Whatever a program dies of, and however it was built: it ends as without us, and all is told within seconds."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.capture import CaptureServer
from harness.crash_report import ARRIVAL_SECONDS, Way, judged
from harness.probe import BUILDS, Builds, run

NIL = "Unexpectedly found nil while unwrapping an Optional value"
ON_A_THREAD = "about to die on a thread"

WAYS = {way.name: way for way in (
    # Traps of the language. Optimised, some print nothing: what they would say stands in the debug information.
    Way("nil", "SIGILL", "unwrapNothing", NIL),
    Way("index", "SIGILL", "readBeyond", "Index out of range"),
    Way("overflow", "SIGILL", "addUp", "arithmetic overflow"),
    Way("precondition", "SIGILL", "require", "the books must balance", "precondition failure"),
    Way("fatal-error", "SIGILL", "giveUp", "the shop burned down 7 times"),
    Way("division", "SIGILL", "divide", "Division by zero"),
    Way("narrowing", "SIGILL", "narrow", "Not enough bits to represent the passed value"),
    Way("range", "SIGILL", "count", "Range requires lowerBound <= upperBound"),
    Way("cast", "SIGABRT", "cast", "Could not cast value of type 'Swift.Int'"),
    Way("try", "SIGILL", "insist", "'try!' expression unexpectedly raised an error: CrashProbe.StockError"),
    Way("duplicate-key", "SIGILL", "index", "Duplicate values for key: 'a'"),
    Way("unowned", "SIGABRT", "visitTheDead", "was already destroyed"),
    Way("exclusivity", "SIGABRT", "change", "Fatal access conflict detected"),
    Way("top-level", "SIGILL", "runOut", "Error raised at top level: CrashProbe.StockError(article: \"lamp\", left: 3)"),
    # Signals
    Way("abort", "SIGABRT", "abortAtOnce", "Abort"),
    Way("assert", "SIGABRT", "assertInC", "ledger.c:12: settle: Assertion `debit == credit' failed"),
    Way("raise-fpe", "SIGFPE", "raiseHere", "SIGFPE"),
    Way("raise-sys", "SIGSYS", "raiseHere", "SIGSYS"),
    Way("raise-trap", "SIGTRAP", "raiseHere", "SIGTRAP"),
    Way("kill-segv", "SIGSEGV", "sendToOneself", "SIGSEGV"),
    # Memory
    Way("null-write", "SIGSEGV", "writeToNull", "0x8"),
    Way("memcpy", "SIGSEGV", "copyToNowhere", "SIGSEGV"),
    Way("double-free", "SIGABRT", "release", "free(): double free detected"),
    Way("truncated-file", "SIGBUS", "readATruncatedFile", "SIGBUS"),
    Way("wild-jump", "SIGSEGV", "jumpToNowhere", "0x10"),
    Way("smashed-stack", "SIGSEGV", "writeToNull", "0x8", mark="null-write"),
    Way("stack-overflow", "SIGSEGV", "descend", "SIGSEGV", mark="overflows"),
    # Threads and tasks
    Way("other-thread", "SIGILL", "unwrapNothing", NIL, last_breadcrumb=ON_A_THREAD),
    Way("thread-overflow", "SIGSEGV", "descend", "SIGSEGV", mark="overflows", last_breadcrumb=ON_A_THREAD),
    Way("lost-stack", "SIGSEGV", None, "SIGSEGV", last_breadcrumb="about to lose the stack"),
    Way("two-at-once", "SIGILL", "unwrapNothing", NIL, mark="nil", last_breadcrumb="about to die together"),
    Way("async", "SIGILL", "reserve", NIL),
    Way("continuation", "SIGILL", "answerTwice", "tried to resume its continuation more than once"),
    Way("isolation", "SIGILL", "showOnTheMainActor", "SIGILL"),  # libdispatch keeps its reason to itself
)}

#: What is known to be missing, and why: (build, or * for all; way; aspect).
GAPS = {
    ("fully-static", way, "text"): "the C library tells its text to programs that it is linked to at run time alone"
    for way in ("assert", "double-free")}

CELLS = [(build, way) for build in BUILDS for way in WAYS]


def gap(build: str, way: str, aspect: str) -> str | None:
    return GAPS.get((build, way, aspect)) or GAPS.get(("*", way, aspect))


@pytest.fixture(scope="module")
def cells(request, builds, tmp_path_factory):
    """The verdicts on all cells that are asked for; the programs run while the first ones are read."""
    wanted = [item.callspec.params["cell"] for item in request.session.items if item.module is request.module]
    for build, _ in wanted:
        builds.begin(build)
    with CaptureServer() as server, ThreadPoolExecutor(4) as pool:
        folder = tmp_path_factory.mktemp("states")
        yield {cell: pool.submit(verdict, server, builds, folder, *cell) for cell in wanted}


def verdict(server: CaptureServer, builds: Builds, folder: Path, build: str, way: str) -> dict[str, str]:
    program = builds[build] / "CrashProbe"
    inbox, unwatched_inbox = server.inbox(), server.inbox()
    states = folder / f"{build}-{way}", folder / f"{build}-{way}-unwatched"
    for state in states:
        state.mkdir()
    unwatched = run(program, way, unwatched_inbox.dsn, states[1], FLYCATCHER_CRASH_HANDLER="off")
    death = run(program, way, inbox.dsn, states[0])
    inbox.wait(lambda: inbox.events, ARRIVAL_SECONDS)
    return judged(WAYS[way], BUILDS[build], death, unwatched, inbox)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: "-".join(cell))
def test_death_is_told(cells, cell):
    wrong = cells[cell].result()

    unexpected = {aspect: text for aspect, text in wrong.items() if not gap(*cell, aspect)}
    assert unexpected == {}
    closed = [key for key in GAPS if key[0] == cell[0] and key[1] == cell[1] and key[2] not in wrong]
    assert closed == [], "these gaps are closed: take them out of the list"
