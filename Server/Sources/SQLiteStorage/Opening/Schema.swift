// The tables. The schema keeps the rules; the code trusts it.

/// The SQL of the migrations.
///
/// Moments are microseconds since 1970 in UTC. Identities that travel as hex are blobs of 16 bytes.
enum Schema {
    static let first = installation + project + issue + event + figures + account

    /// What projects say about grouping, and the hashes of which nobody wants to hear again.
    static let grouping = """
        CREATE TABLE project_grouping (
            project INTEGER PRIMARY KEY REFERENCES project (id),
            algorithm TEXT NOT NULL CHECK (algorithm <> ''),
            fingerprint_rules TEXT NOT NULL,
            stack_rules TEXT NOT NULL
        ) STRICT;
        INSERT INTO project_grouping SELECT id, 'v1', '', '' FROM project;
        CREATE TABLE discarded_hash (
            project INTEGER NOT NULL REFERENCES project (id),
            hash BLOB NOT NULL CHECK (length(hash) = 16),
            title TEXT NOT NULL,
            discarded_at INTEGER NOT NULL,
            PRIMARY KEY (project, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX issue_hash_of_issue ON issue_hash (issue);
        """

    /// Counters that would be slow to count.
    private static let installation = """
        CREATE TABLE installation (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            projects_version INTEGER NOT NULL,
            event_count INTEGER NOT NULL,
            issue_count INTEGER NOT NULL
        ) STRICT;
        INSERT INTO installation VALUES (1, 1, 0, 0);
        """

    /// Tags by batch that are not yet in `issue_tag`; see ``TagNote``.
    static let tagJournal = """
        CREATE TABLE tag_journal (
            id INTEGER PRIMARY KEY,
            note BLOB NOT NULL
        ) STRICT;
        """

    /// What is on its way from one issue to another, what issues look like, and the version that a project comes from.
    ///
    /// The issue of a band is no foreign key, which would need one more index; it goes with its sketch.
    static let regrouping = """
        CREATE TABLE departure (
            issue INTEGER PRIMARY KEY REFERENCES issue (id),
            target INTEGER REFERENCES issue (id)
        ) STRICT;
        CREATE INDEX departure_to ON departure (target);
        CREATE TABLE regrouping (
            issue INTEGER PRIMARY KEY REFERENCES issue (id),
            splits INTEGER NOT NULL CHECK (splits IN (0, 1)),
            step TEXT NOT NULL,
            after_moment INTEGER NOT NULL,
            after_row INTEGER NOT NULL,
            last_row INTEGER NOT NULL,
            target INTEGER
        ) STRICT;
        CREATE INDEX regrouping_in_line ON regrouping (splits, issue);
        CREATE TABLE issue_sketch (
            issue INTEGER PRIMARY KEY REFERENCES issue (id),
            stack BLOB NOT NULL,
            message BLOB NOT NULL
        ) STRICT;
        CREATE TABLE issue_band (
            project INTEGER NOT NULL,
            band INTEGER NOT NULL,
            issue INTEGER NOT NULL,
            PRIMARY KEY (project, band, issue)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE project_grouping ADD COLUMN earlier_algorithm TEXT;
        ALTER TABLE project_grouping ADD COLUMN earlier_until INTEGER;
        """

    private static let project = """
        CREATE TABLE project (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
            name TEXT NOT NULL,
            platform TEXT NOT NULL,
            short_prefix TEXT NOT NULL UNIQUE CHECK (short_prefix <> ''),
            created_at INTEGER NOT NULL,
            first_event_at INTEGER,
            issue_counter INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE project_key (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project INTEGER NOT NULL REFERENCES project (id),
            public_key TEXT NOT NULL UNIQUE CHECK (length(public_key) = 32),
            label TEXT NOT NULL,
            is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX project_key_of_project ON project_key (project);
        """

    /// An order of the stream is an index that starts with project and status: whoever wants several projects
    /// merges several ranges, and a recorded event moves its issue in three indexes only.
    private static let issue = """
        CREATE TABLE issue (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project INTEGER NOT NULL REFERENCES project (id),
            number INTEGER NOT NULL CHECK (number > 0),
            short_id TEXT NOT NULL UNIQUE,
            status TEXT NOT NULL DEFAULT 'unresolved' CHECK (status IN ('unresolved', 'resolved', 'ignored')),
            first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL,
            event_count INTEGER NOT NULL,
            user_count INTEGER NOT NULL,
            tag_key_count INTEGER NOT NULL,
            is_unhandled INTEGER NOT NULL CHECK (is_unhandled IN (0, 1)),
            event_type TEXT NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4),
            platform TEXT NOT NULL,
            is_handled INTEGER CHECK (is_handled IN (0, 1)),
            type TEXT NOT NULL,
            value TEXT NOT NULL,
            culprit TEXT NOT NULL,
            location TEXT NOT NULL,
            environment TEXT NOT NULL,
            release TEXT NOT NULL,
            "transaction" TEXT NOT NULL
        ) STRICT;
        CREATE INDEX issue_by_last_seen ON issue (project, status, last_seen);
        CREATE INDEX issue_by_first_seen ON issue (project, status, first_seen);
        CREATE INDEX issue_by_event_count ON issue (project, status, event_count);
        CREATE INDEX issue_by_user_count ON issue (project, status, user_count);
        CREATE TABLE issue_hash (
            project INTEGER NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 16),
            issue INTEGER NOT NULL REFERENCES issue (id),
            PRIMARY KEY (project, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE issue_hour (
            issue INTEGER NOT NULL REFERENCES issue (id),
            hour INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (issue, hour)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE issue_user (
            issue INTEGER NOT NULL REFERENCES issue (id),
            digest INTEGER NOT NULL,
            PRIMARY KEY (issue, digest)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE issue_tag_key (
            issue INTEGER NOT NULL REFERENCES issue (id),
            key TEXT NOT NULL,
            value_count INTEGER NOT NULL,
            other_count INTEGER NOT NULL,
            PRIMARY KEY (issue, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE issue_tag (
            issue INTEGER NOT NULL REFERENCES issue (id),
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL,
            PRIMARY KEY (issue, key, value)
        ) STRICT, WITHOUT ROWID;
        """

    /// The body comes last, so that lists read a row's head without its overflow pages.
    ///
    /// The project is that of the issue, repeated for the unique index and without a key of its own, which
    /// would need one more index.
    private static let event = """
        CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            event_id BLOB NOT NULL CHECK (length(event_id) = 16),
            project INTEGER NOT NULL,
            issue INTEGER NOT NULL REFERENCES issue (id),
            timestamp INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4),
            environment TEXT NOT NULL,
            release TEXT NOT NULL,
            body_size INTEGER NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (event_id, project)
        ) STRICT;
        CREATE INDEX event_of_issue ON event (issue, timestamp);
        """

    /// Outcomes are also counted for projects that do not exist: a wrong address is worth seeing.
    private static let figures = """
        CREATE TABLE outcome (
            project INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            key INTEGER NOT NULL,
            category TEXT NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT NOT NULL,
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            PRIMARY KEY (project, hour, key, category, outcome, reason)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            issue INTEGER NOT NULL REFERENCES issue (id),
            event_id BLOB NOT NULL CHECK (length(event_id) = 16),
            title TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX outbox_of_issue ON outbox (issue);
        """

    private static let account = """
        CREATE TABLE user (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (email <> ''),
            role TEXT NOT NULL CHECK (role IN ('member', 'manager', 'owner')),
            password TEXT,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE session (
            digest BLOB PRIMARY KEY NOT NULL,
            user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
            form_token TEXT NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_by_expiry ON session (expires_at);
        CREATE INDEX session_of_user ON session (user);
        CREATE TABLE sign_in_link (
            digest BLOB PRIMARY KEY NOT NULL,
            user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_in_link_by_expiry ON sign_in_link (expires_at);
        CREATE INDEX sign_in_link_of_user ON sign_in_link (user);
        CREATE TABLE api_token (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            digest BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            scopes TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        """
}
