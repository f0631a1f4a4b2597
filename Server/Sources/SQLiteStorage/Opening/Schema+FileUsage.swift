// The columns of what attachments take, and what keeps them true.

extension Schema {
    /// A file is counted once in each project that has it, and once in the installation.
    ///
    /// Triggers count, so that nothing that adds or removes attachments, or the events that take them along, need know of
    /// it. Each looks for one other row in the index over files, which says the project too, and reads no table.
    static let fileUsage = """
        ALTER TABLE project_usage ADD COLUMN file_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE project_usage ADD COLUMN file_bytes INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE installation ADD COLUMN file_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE installation ADD COLUMN file_bytes INTEGER NOT NULL DEFAULT 0;
        DROP INDEX attachment_by_digest;
        CREATE INDEX attachment_of_file ON attachment (digest, project);
        CREATE INDEX attachment_by_age ON attachment (project, received_at);
        INSERT OR IGNORE INTO project_usage (project, event_count, byte_count)
            SELECT DISTINCT project, 0, 0 FROM attachment WHERE project IN (SELECT id FROM project);
        UPDATE project_usage SET (file_count, file_bytes) = (
            SELECT count(*), coalesce(sum(size), 0)
            FROM (SELECT DISTINCT digest, size FROM attachment WHERE project = project_usage.project));
        UPDATE installation SET (file_count, file_bytes) = (
            SELECT count(*), coalesce(sum(size), 0) FROM (SELECT DISTINCT digest, size FROM attachment));
        CREATE TRIGGER attachment_counts_file AFTER INSERT ON attachment
        WHEN NOT EXISTS (
            SELECT 1 FROM attachment WHERE digest = NEW.digest AND project = NEW.project AND id <> NEW.id)
        BEGIN
            INSERT OR IGNORE INTO project_usage (project, event_count, byte_count) VALUES (NEW.project, 0, 0);
            UPDATE project_usage SET file_count = file_count + 1, file_bytes = file_bytes + NEW.size
            WHERE project = NEW.project;
            UPDATE installation SET file_count = file_count + 1, file_bytes = file_bytes + NEW.size
            WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE digest = NEW.digest AND project <> NEW.project);
        END;
        CREATE TRIGGER attachment_counts_file_no_more AFTER DELETE ON attachment
        WHEN NOT EXISTS (SELECT 1 FROM attachment WHERE digest = OLD.digest AND project = OLD.project)
        BEGIN
            UPDATE project_usage SET file_count = file_count - 1, file_bytes = file_bytes - OLD.size
            WHERE project = OLD.project;
            UPDATE installation SET file_count = file_count - 1, file_bytes = file_bytes - OLD.size
            WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE digest = OLD.digest);
        END;
        """
}
