// The columns by which quotas find after a kill what they had let in.

extension Schema {
    /// Whose outcomes a count goes by, from which hour on, and how many there were; a project or key of 0 is none.
    static let quotaMarks = """
        ALTER TABLE quota_count ADD COLUMN project INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE quota_count ADD COLUMN key INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE quota_count ADD COLUMN since_hour INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE quota_count ADD COLUMN accepted INTEGER;
        """
}
