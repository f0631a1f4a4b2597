// Who sends to the endpoints beside envelopes, and under which limits.

import FlycatcherWire
import Hummingbird
import Ingest
import Model

extension Intake {
    /// Whose a request is; it is refused unread when all that it can bring is refused.
    ///
    /// - Parameters:
    ///   - pathKey: the key in the path, where the route has one.
    ///   - category: the data category of what it brings.
    func sender(
        of request: Request, to project: ProjectID, pathKey: String? = nil, of category: String,
        _ visit: inout IntakeVisit
    ) async throws -> ProjectEntry {
        guard let sender = try IntakeKeys.sender(of: request, beside: pathKey) else {
            throw IntakeError.missingAuthentication
        }
        visit.clientName = sender.clientName
        let entry = try await admit(sender.key, to: project, &visit)
        try refuseUnread(entry, category: category, after: visit.wait)
        return entry
    }

    /// Counts something against all quotas that hold for it, or refuses it.
    func count(_ category: String, against entry: ProjectEntry) throws(IntakeError) {
        let limits = quotas.admit(category, from: entry)
        guard limits.isEmpty else { throw .rateLimited(limits) }
    }

    /// The circumstances of something that came without an envelope.
    func arrival(_ entry: ProjectEntry, from client: String?, _ visit: IntakeVisit) -> Arrival {
        let policy = projects.policy(of: entry.project.id)
        return Arrival(
            project: entry.project.id, key: entry.key.id, receivedAt: visit.receivedAt, endpoint: .envelope,
            clientAddress: client, clientName: visit.clientName, rules: policy.grouping,
            scrubbing: policy.scrubbing, filters: policy.filters)
    }
}
