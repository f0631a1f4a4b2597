"""What a crash report has to say, judged aspect by aspect."""

from dataclasses import dataclass

from harness.capture import Inbox
from harness.probe import Build, Death, marked_lines

ARRIVAL_SECONDS = 5
KEEPERS = {"keeper-1", "keeper-2", "keeper-3"}
RELEASE, ENVIRONMENT = "probe@1.2.3", "matrix"


@dataclass(frozen=True)
class Way:
    """A way to die, and what is to be told of it."""

    name: str
    ended_by: str
    #: The name of the newest function of the probe's own, and what marks its line.
    function: str | None
    text: str
    #: Said by optimised builds, whose traps print nothing, when it differs.
    optimized_text: str | None = None
    mark: str | None = None
    last_breadcrumb: str | None = None

    def text_in(self, build: Build) -> str:
        return self.optimized_text if build.is_optimized and self.optimized_text else self.text

    @property
    def places(self) -> list[tuple[str, int]]:
        return marked_lines("Tests/CrashProbe", "dies")[self.mark or self.name]

    @property
    def crumb(self) -> str:
        return self.last_breadcrumb or f"about to die of {self.name}"


def shown(frame: dict) -> str:
    return f"{frame.get('function')} {frame.get('filename') or frame.get('abs_path')}:{frame.get('lineno')}"


def entries(event: dict, name: str) -> list[dict]:
    held = event.get(name) or []
    return held["values"] if isinstance(held, dict) else held


class CrashReport:
    """An event of a crash, with accessors for what is judged."""

    def __init__(self, event: dict):
        self.event = event
        self.exceptions = entries(event, "exception")
        self.threads = entries(event, "threads")

    @property
    def crashed_thread(self) -> dict:
        return next((thread for thread in self.threads if thread.get("crashed")), {})

    @property
    def text(self) -> str:
        """Type and value of the exceptions, and a message if there is one."""
        words = [f"{error.get('type')}: {error.get('value')}" for error in self.exceptions]
        return " | ".join([*words, str((self.event.get("logentry") or {}).get("formatted", ""))])

    @property
    def stack(self) -> dict:
        for error in reversed(self.exceptions):
            if error.get("stacktrace"):
                return error["stacktrace"]
        return self.crashed_thread.get("stacktrace") or {}

    @property
    def frames(self) -> list[dict]:
        """The newest first."""
        return list(reversed(self.stack.get("frames", [])))

    @property
    def top_frame(self) -> dict:
        return next((frame for frame in self.frames if frame.get("in_app")), {})

    @property
    def registers(self) -> dict:
        return self.stack.get("registers") or (self.crashed_thread.get("stacktrace") or {}).get("registers") or {}

    def tags(self) -> dict:
        held = self.event.get("tags") or {}
        return dict(held) if isinstance(held, list) else held


def judged(way: Way, build: Build, death: Death, unwatched: Death, inbox: Inbox) -> dict[str, str]:
    """What is wrong, by aspect; nothing when all is well."""
    wrong = {}
    if (death.ended_by, unwatched.ended_by) != (way.ended_by, way.ended_by):
        wrong["status"] = f"{death.ended_by}; without the handler {unwatched.ended_by}"
    arrived_at = inbox.first_event_at()
    if arrived_at is None:
        return {**wrong, "report": f"none came: {death.errors[-300:]}"}
    if arrived_at - death.ended_at > ARRIVAL_SECONDS or death.seconds > ARRIVAL_SECONDS + unwatched.seconds:
        wrong["report"] = f"{arrived_at - death.ended_at:.1f} s after the end, which took {death.seconds:.1f} s"
    if len(inbox.events) != 1:
        wrong["report"] = f"{len(inbox.events)} events"
    report = CrashReport(inbox.events[0])
    return {**wrong, **wrong_text(way, build, report), **wrong_stack(way, report), **wrong_threads(report),
            **wrong_scope(way, report), **wrong_session(inbox)}


def wrong_text(way: Way, build: Build, report: CrashReport) -> dict[str, str]:
    wrong = {}
    if way.text_in(build).lower() not in report.text.lower():
        wrong["text"] = f"{way.text_in(build)!r} is not in {report.text!r}"
    mechanism = (report.exceptions or [{}])[-1].get("mechanism") or {}
    signal = (mechanism.get("meta") or {}).get("signal") or {}
    if report.event.get("level") != "fatal" or mechanism.get("handled") is not False:
        wrong["level"] = f"{report.event.get('level')}, {mechanism}"
    if signal.get("name") != way.ended_by:
        wrong["signal"] = f"{signal} for {way.ended_by}"
    return wrong


def wrong_stack(way: Way, report: CrashReport) -> dict[str, str]:
    wrong = {}
    top = report.top_frame
    if way.function:
        place = ((top.get("filename") or top.get("abs_path") or "").split("/")[-1], top.get("lineno"))
        if way.function not in str(top.get("function")) or place not in way.places:
            listed = " < ".join(shown(frame) for frame in report.frames[:8])
            wrong["frame"] = f"{shown(top)} in place of {way.function} {way.places}: {listed}"
    if not report.frames:
        wrong["frame"] = "there is no stack"
    if len(report.registers) < 16:
        wrong["registers"] = str(report.registers)
    images = (report.event.get("debug_meta") or {}).get("images", [])
    if not any("CrashProbe" in str(image.get("code_file")) and image.get("debug_id") for image in images):
        wrong["images"] = f"{len(images)} images without the program"
    return wrong


def wrong_threads(report: CrashReport) -> dict[str, str]:
    with_stack = {
        thread.get("name") for thread in report.threads if (thread.get("stacktrace") or {}).get("frames")}
    crashed = [thread for thread in report.threads if thread.get("crashed")]
    if KEEPERS <= with_stack and len(crashed) == 1:
        return {}
    names = [thread.get("name") for thread in report.threads]
    return {"threads": f"{names}, with stacks {sorted(map(str, with_stack))}, {len(crashed)} crashed"}


def wrong_scope(way: Way, report: CrashReport) -> dict[str, str]:
    event, wrong = report.event, {}
    found = (report.tags().get("tenant"), (event.get("user") or {}).get("id"), event.get("release"), event.get("environment"))
    if found != ("acme", "u-9", RELEASE, ENVIRONMENT):
        wrong["scope"] = str(found)
    crumbs = [crumb.get("message") for crumb in entries(event, "breadcrumbs")]
    if crumbs[-1:] != [way.crumb]:
        wrong["breadcrumb"] = f"{crumbs} do not end with {way.crumb!r}"
    return wrong


def wrong_session(inbox: Inbox) -> dict[str, str]:
    updates = [(session.get("status"), session.get("errors")) for session in inbox.sessions]
    is_crashed = any(status == "crashed" and errors for status, errors in updates)
    return {} if is_crashed else {"session": str(updates)}
