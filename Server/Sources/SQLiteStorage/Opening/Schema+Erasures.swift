// The table of orders to forget persons.

extension Schema {
    /// Orders with what became of them; `subject` is empty once the person is forgotten.
    static let erasures = """
        CREATE TABLE erasure (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('id', 'email', 'ip')),
            subject TEXT NOT NULL,
            project INTEGER REFERENCES project (id),
            ordered_by TEXT NOT NULL,
            ordered_at INTEGER NOT NULL,
            round INTEGER NOT NULL DEFAULT 1,
            step TEXT NOT NULL DEFAULT 'events',
            row INTEGER NOT NULL DEFAULT 0,
            last_row INTEGER NOT NULL DEFAULT 0,
            found INTEGER NOT NULL DEFAULT 0,
            events INTEGER NOT NULL DEFAULT 0,
            records INTEGER NOT NULL DEFAULT 0,
            attachments INTEGER NOT NULL DEFAULT 0,
            traces INTEGER NOT NULL DEFAULT 0,
            outcome TEXT,
            ended_at INTEGER,
            CHECK (subject <> '' OR outcome IS NOT NULL)
        ) STRICT;
        CREATE INDEX erasure_that_waits ON erasure (id) WHERE outcome IS NULL;
        """
}
