// Says on every page what the server keeps out at the moment, and why.

import Model
import Web

extension Composition {
    /// At most so many are shown: one loop is news, the hundredth is not.
    private static let maximumNotices = 5

    /// What whoever is signed in should know, the longest-standing first.
    var notices: [Notice] {
        let disk = disk.stage.words(disk.space).map { Notice($0.title, $0.detail, since: self.disk.since) }
        return Array(((disk.map { [$0] } ?? []) + quotas.refusals.map(notice)).prefix(Self.maximumNotices))
    }

    private func notice(_ refusal: QuotaBook.Refusal) -> Notice {
        let quota = refusal.quota
        let limit = "\(quota.limit ?? 0) in \(quota.windowSeconds) s"
        let end = "What is above it is refused and counted as \(quota.reason)."
        return switch quota.subject {
        case .installation:
            Notice(
                "All projects together send more than \(limit).",
                "\(end) FLYCATCHER_INSTALLATION_LIMIT sets this limit.", since: refusal.since)
        case .project(let id) where quota.reason == Quota.spikeReason:
            Notice(
                "\(projects.entry(for: id)?.name ?? "A project") sends far more events than in the week before.",
                "Beyond \(quota.limit ?? 0) in an hour they are refused and counted as \(quota.reason). Stop what is"
                    + " looping, or let spikes in on the project's page of limits.",
                since: refusal.since)
        case .project(let id):
            Notice(
                "\(projects.entry(for: id)?.name ?? "A project") sends more events than \(limit).",
                "\(end) Stop what is looping, or raise the limit on the project's page of limits.",
                since: refusal.since)
        case .key:
            Notice(
                "A client key brings more than its limit of \(limit).",
                "\(end) Raise the limit of the key, or disable it if it is not yours.", since: refusal.since)
        }
    }
}
