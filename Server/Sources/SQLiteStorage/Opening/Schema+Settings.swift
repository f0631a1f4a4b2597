// The tables of what projects say about how their events are taken in.

extension Schema {
    /// What a project says beside its grouping rules, as one document; what its keys let in, and until when.
    static let settings = """
        CREATE TABLE project_settings (
            project INTEGER PRIMARY KEY REFERENCES project (id),
            settings TEXT NOT NULL CHECK (json_valid(settings))
        ) STRICT;
        ALTER TABLE project_key ADD COLUMN ends_at INTEGER;
        ALTER TABLE project_key ADD COLUMN limit_count INTEGER CHECK (limit_count >= 0);
        ALTER TABLE project_key ADD COLUMN limit_seconds INTEGER CHECK (limit_seconds > 0);
        """
}
