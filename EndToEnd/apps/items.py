"""Sends one of every item that the real sentry-sdk can send, and prints what there is to be found.

    SENTRY_DSN=… items.py
"""

import json
import time

import sentry_sdk
from sentry_sdk.crons import capture_checkin
from sentry_sdk.crons.consts import MonitorStatus
from sentry_sdk.sessions import track_session


def main():
    sentry_sdk.init(
        release="shop@1.4.2", environment="staging", traces_sample_rate=1.0, enable_logs=True, auto_session_tracking=True)
    found = {}
    with sentry_sdk.new_scope() as scope:
        scope.add_attachment(bytes=b"sku,left\napple,3\n", filename="stock.csv", content_type="text/csv")
        scope.add_attachment(bytes=b"\x00\x01" * 50_000, filename="shelf.bin")
        found["event"] = sentry_sdk.capture_message("stock is low")
    found["check_in"] = capture_checkin(
        monitor_slug="nightly-export", status=MonitorStatus.IN_PROGRESS,
        monitor_config={"schedule": {"type": "crontab", "value": "0 3 * * *"}, "timezone": "UTC"})
    capture_checkin(monitor_slug="nightly-export", check_in_id=found["check_in"], status=MonitorStatus.OK, duration=1.5)
    for outcome in ("well", "badly"):
        with track_session(sentry_sdk.get_isolation_scope(), session_mode="request"):
            if outcome == "badly":
                try:
                    raise ValueError("a request failed")
                except ValueError:
                    sentry_sdk.capture_exception()
    with sentry_sdk.start_transaction(op="task", name="count the shelf") as transaction:
        found["trace"] = transaction.trace_id
        with sentry_sdk.start_span(op="db", name="SELECT count(*)"):
            time.sleep(0.01)
        sentry_sdk.logger.warning("the shelf is {state}", state="half empty")
    sentry_sdk.get_client().session_flusher.flush()
    sentry_sdk.flush(10)
    print(json.dumps(found))


main()
