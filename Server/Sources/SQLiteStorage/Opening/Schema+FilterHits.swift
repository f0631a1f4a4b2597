// The tables of what filters have found, pattern by pattern.

extension Schema {
    /// What each pattern of a filter has found by the hour, with the last event; the pattern of a fixed rule is empty.
    static let filterHits = """
        CREATE TABLE filter_hit (
            id INTEGER PRIMARY KEY,
            project INTEGER NOT NULL REFERENCES project (id),
            filter TEXT NOT NULL,
            pattern TEXT NOT NULL,
            title TEXT NOT NULL,
            noted_at INTEGER NOT NULL,
            UNIQUE (project, filter, pattern)
        ) STRICT;
        CREATE TABLE filter_hit_hour (
            hit INTEGER NOT NULL REFERENCES filter_hit (id) ON DELETE CASCADE,
            hour INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (hit, hour)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO filter_hit (project, filter, pattern, title, noted_at)
            SELECT project, filter, '', title, noted_at FROM filter_note;
        INSERT INTO filter_hit_hour
            SELECT filter_hit.id, hour, sum(quantity)
            FROM filter_hit JOIN outcome ON outcome.project = filter_hit.project AND reason = filter
            WHERE outcome = 'filtered' AND hour > noted_at / 3600000000 - 168
            GROUP BY filter_hit.id, hour;
        DROP TABLE filter_note;
        """
}
