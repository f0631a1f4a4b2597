// The tables of attachments.

extension Schema {
    /// Attachments, and files that lost one.
    ///
    /// The project is that of the event, which may come later or never: until it is known to be there, `waits_since` says
    /// when its attachment came. `ordinal` tells apart what is alike in one envelope, so that a second delivery of it adds
    /// nothing. What removes an event need not know of attachments, and what removes these need not know of files.
    static let attachments = """
        CREATE TABLE attachment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project INTEGER NOT NULL,
            event_id BLOB NOT NULL CHECK (length(event_id) = 16),
            name TEXT NOT NULL CHECK (name <> ''),
            content_type TEXT NOT NULL,
            kind TEXT NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            ordinal INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            waits_since INTEGER,
            UNIQUE (event_id, project, digest, name, ordinal)
        ) STRICT;
        CREATE INDEX attachment_by_digest ON attachment (digest);
        CREATE INDEX attachment_that_waits ON attachment (waits_since) WHERE waits_since IS NOT NULL;
        CREATE TABLE freed_file (
            digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER event_takes_attachments_along AFTER DELETE ON event BEGIN
            DELETE FROM attachment WHERE event_id = OLD.event_id AND project = OLD.project;
        END;
        CREATE TRIGGER attachment_frees_file AFTER DELETE ON attachment BEGIN
            INSERT OR IGNORE INTO freed_file (digest) VALUES (OLD.digest);
        END;
        """
}
