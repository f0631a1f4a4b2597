// The column for events that are counted and not kept.

extension Schema {
    /// An event without contents has an empty body; how many an issue has of them would be slow to count.
    static let sampling = """
        ALTER TABLE issue ADD COLUMN unkept_count INTEGER NOT NULL DEFAULT 0;
        """
}
