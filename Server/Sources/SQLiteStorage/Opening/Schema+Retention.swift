// The tables of what outlives events, and of what these take.

extension Schema {
    /// Events by the day once their hours are old, and what the events of projects take.
    static let retention = """
        CREATE TABLE issue_day (
            issue INTEGER NOT NULL REFERENCES issue (id),
            day INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (issue, day)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE project_usage (
            project INTEGER PRIMARY KEY REFERENCES project (id),
            event_count INTEGER NOT NULL,
            byte_count INTEGER NOT NULL
        ) STRICT;
        INSERT INTO project_usage
            SELECT project, count(*), sum(length(body)) + count(*) * \(UsageTable.bytesAround)
            FROM event GROUP BY project;
        """
}
