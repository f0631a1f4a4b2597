// The DSN of a project, as the running server is reached.

import FlycatcherWire
import Model

extension Composition {
    /// What a project's apps connect with; nil when none of its keys lets events in.
    func dsn(of project: Project) async throws -> DSN? {
        let now = accounts.now()
        let key = try await store.projectKeys().first { $0.project == project.id && $0.isOpen(at: now) }
        return try key.map { try address.url.dsn(of: $0) }
    }
}
