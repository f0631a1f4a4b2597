// The tables of what is neither an event nor a file.

extension Schema {
    /// Feedback, monitors with their check-ins, sessions, and parts of traces.
    ///
    /// - Feedback and transactions may have attachments like events, and take them along like these.
    /// - A session's row is what it counted as last, so that its next update moves it from there; it goes after five days.
    /// - `trace_item` is bounded in bytes; what is taken away first is what came first.
    static let items = """
        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            feedback_id BLOB NOT NULL CHECK (length(feedback_id) = 16),
            project INTEGER NOT NULL,
            event_id BLOB CHECK (length(event_id) = 16),
            message TEXT NOT NULL,
            name TEXT NOT NULL,
            email TEXT NOT NULL,
            url TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (feedback_id, project)
        ) STRICT;
        CREATE INDEX feedback_about_event ON feedback (event_id, project) WHERE event_id IS NOT NULL;
        CREATE INDEX feedback_by_time ON feedback (created_at);
        CREATE INDEX feedback_of_project ON feedback (project, created_at);
        CREATE TRIGGER feedback_takes_attachments_along AFTER DELETE ON feedback BEGIN
            DELETE FROM attachment WHERE event_id = OLD.feedback_id AND project = OLD.project;
        END;
        CREATE TABLE monitor (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project INTEGER NOT NULL,
            slug TEXT NOT NULL CHECK (slug <> ''),
            schedule TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            status TEXT NOT NULL,
            last_check_in_at INTEGER NOT NULL,
            UNIQUE (project, slug)
        ) STRICT;
        CREATE TABLE check_in (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            monitor INTEGER NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
            check_in_id BLOB NOT NULL CHECK (length(check_in_id) = 16),
            environment TEXT NOT NULL,
            status TEXT NOT NULL,
            duration INTEGER,
            release TEXT NOT NULL,
            trace_id BLOB CHECK (length(trace_id) = 16),
            started_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            UNIQUE (monitor, check_in_id)
        ) STRICT;
        CREATE INDEX check_in_of_monitor ON check_in (monitor, id);
        CREATE TABLE release_hour (
            project INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            release TEXT NOT NULL,
            environment TEXT NOT NULL,
            started INTEGER NOT NULL,
            exited INTEGER NOT NULL,
            errored INTEGER NOT NULL,
            abnormal INTEGER NOT NULL,
            crashed INTEGER NOT NULL,
            users BLOB NOT NULL,
            crashed_users BLOB NOT NULL,
            PRIMARY KEY (project, hour, release, environment)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE release_session (
            project INTEGER NOT NULL,
            sid BLOB NOT NULL CHECK (length(sid) = 16),
            hour INTEGER NOT NULL,
            release TEXT NOT NULL,
            environment TEXT NOT NULL,
            state TEXT NOT NULL,
            has_ended INTEGER NOT NULL CHECK (has_ended IN (0, 1)),
            sequence INTEGER NOT NULL,
            PRIMARY KEY (project, sid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX release_session_by_hour ON release_session (hour);
        CREATE TABLE trace_item (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            item_id BLOB NOT NULL CHECK (length(item_id) = 16),
            project INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('transaction', 'spans', 'logs')),
            trace_id BLOB NOT NULL CHECK (length(trace_id) = 16),
            span_id INTEGER,
            timestamp INTEGER NOT NULL,
            duration INTEGER NOT NULL,
            name TEXT NOT NULL,
            operation TEXT NOT NULL,
            status TEXT NOT NULL,
            level INTEGER CHECK (level BETWEEN 0 AND 4),
            count INTEGER NOT NULL,
            release TEXT NOT NULL,
            environment TEXT NOT NULL,
            body_size INTEGER NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (item_id, project)
        ) STRICT;
        CREATE INDEX trace_item_of_trace ON trace_item (trace_id, project);
        CREATE TRIGGER transaction_takes_attachments_along AFTER DELETE ON trace_item
        WHEN OLD.kind = 'transaction' BEGIN
            DELETE FROM attachment WHERE event_id = OLD.item_id AND project = OLD.project;
        END;
        CREATE TABLE kept_bytes (
            kind TEXT PRIMARY KEY NOT NULL,
            bytes INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO kept_bytes VALUES ('trace_item', 0);
        """

    /// What is old of a project's traces is found without a look at the others.
    static let traceAge = "CREATE INDEX trace_item_of_project ON trace_item (project, timestamp);"
}
