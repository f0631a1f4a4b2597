// The table of what filters have kept out.

extension Schema {
    /// The last event that each filter has kept out; how many there were is among the outcomes.
    static let filterNotes = """
        CREATE TABLE filter_note (
            project INTEGER NOT NULL REFERENCES project (id),
            filter TEXT NOT NULL,
            title TEXT NOT NULL,
            noted_at INTEGER NOT NULL,
            PRIMARY KEY (project, filter)
        ) STRICT, WITHOUT ROWID;
        """
}
