// The tables that limits are remembered by.

extension Schema {
    /// How much quotas have let in, and what projects say about their own.
    ///
    /// An allowance is text as people write it: `600/60`, `off`, or nothing for the installation's own.
    static let quotas = """
        CREATE TABLE quota_count (
            quota TEXT PRIMARY KEY CHECK (quota <> ''),
            window INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            used INTEGER NOT NULL CHECK (used >= 0)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE project_allowance (
            project INTEGER PRIMARY KEY REFERENCES project (id),
            burst TEXT NOT NULL,
            quota TEXT NOT NULL,
            keeps_all INTEGER NOT NULL CHECK (keeps_all IN (0, 1))
        ) STRICT;
        """
}
