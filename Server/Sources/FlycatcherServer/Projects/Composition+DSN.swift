// The DSN of a project, as the running server is reached.

import FlycatcherWire
import Model

extension Composition {
    /// What a project's apps connect with; nil when all of its keys are disabled.
    func dsn(of project: Project) async throws -> DSN? {
        let key = try await store.projectKeys().first { $0.project == project.id && $0.isEnabled }
        return try key.map { try address.url.dsn(of: $0) }
    }
}
