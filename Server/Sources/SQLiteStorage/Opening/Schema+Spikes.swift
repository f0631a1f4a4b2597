// The column of what projects say about spikes.

extension Schema {
    /// As people write it, like the other allowances of a project.
    static let spikes = """
        ALTER TABLE project_allowance ADD COLUMN spikes TEXT NOT NULL DEFAULT '';
        """
}
