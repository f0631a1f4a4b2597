"""No secret that was planted in an event is found in anything that the server keeps or shows."""

import json
import sqlite3

import sentry_sdk

from harness.wire import compact, envelope, item, new_id, post

SECRET = "hunter77secret"
PLACES = {
    "extra": {"password": SECRET, "nested": [{"api_key": SECRET}], "text": f"login with token={SECRET}"},
    "contexts": {"app": {"auth_token": SECRET, "database": f"postgres://shop:{SECRET}@db/shop"}},
    "tags": {"secret": SECRET, "dsn": f"https://u:{SECRET}@h/1"},
    "user": {"id": "7", "password": SECRET, "data": {"bearer": SECRET}},
    "request": {
        "url": f"https://shop.example/?passwd={SECRET}", "cookies": f"sessionid={SECRET}",
        "headers": {"Authorization": f"Bearer {SECRET}", "Referer": f"https://h/?access_token={SECRET}"},
        "env": {"MYSQL_PWD": SECRET}, "data": json.dumps({"credentials": {"a": SECRET}})},
    "breadcrumbs": [{"message": f"Authorization: {SECRET}", "data": {"privatekey": SECRET}}],
    "exception": [{
        "type": "LoginError", "value": f"no login with password='{SECRET}'",
        "stacktrace": {"frames": [{"function": "login", "vars": {"secret": SECRET, "d": f"{{'token': '{SECRET}'}}"}}]}}],
    "transaction": f"GET https://u:{SECRET}@h/",
    "unknown": {"csrftoken": SECRET},
}


def everything_kept(folder) -> bytes:
    """Every value of every row, and every byte of every file."""
    database = sqlite3.connect(f"file:{folder / 'flycatcher.sqlite'}?mode=ro", uri=True)
    tables = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = [repr(list(database.execute(f'SELECT * FROM "{table}"'))).encode() for table in tables]
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return b"\n".join(rows + files)


def test_no_planted_secret_is_kept_or_shown(own_server):
    from harness.api import API

    project = own_server.create_project("safe")
    api = API(own_server.address, own_server.create_token())
    event_id = new_id()

    answer = post(own_server.address, project.dsn, envelope(item(compact(PLACES)), event_id=event_id))

    assert answer.status == 200
    stored = json.dumps(api.wire_event(project.slug, event_id))
    assert stored.count("[Filtered]") > 15 and "@password:filter" in stored
    # Bodies are packed in the file, so what the API unpacks is looked through beside it.
    shown = stored + json.dumps(api.event(project.slug, event_id)) + json.dumps(api.issues(project.slug))
    assert SECRET not in shown
    assert SECRET.encode() not in everything_kept(own_server.data)
    assert SECRET not in own_server.log.read_text()


def test_a_real_sdk_with_its_own_scrubber_off_keeps_no_secret(server, project, api):
    client = sentry_sdk.Client(dsn=str(project.dsn), event_scrubber=None, send_default_pii=True, default_integrations=False)
    password = SECRET
    try:
        raise ValueError(f"password={password}")
    except ValueError as error:
        event, hint = sentry_sdk.utils.event_from_exception(error, client_options=client.options)
        event_id = client.capture_event(event, hint)
    client.flush(10)

    stored = json.dumps(api.wire_event(project.slug, event_id))
    assert SECRET not in stored and "[Filtered]" in stored
    assert '"password": "[Filtered]"' in stored
