// A client key as commands print it.

import FlycatcherServer
import FlycatcherWire
import Model

/// One client key in JSON.
struct KeyLine: Encodable {
    struct Limit: Encodable {
        let count: Int64
        let windowSeconds: Int64
    }

    let key: String
    let name: String
    let project: String
    let dsn: String
    let isEnabled: Bool
    let isOpen: Bool
    let endsAt: String?
    let limit: Limit?

    init(_ listing: KeyListing) {
        key = listing.key.publicKey
        name = listing.key.label
        project = listing.project
        dsn = listing.dsn.publicText
        isEnabled = listing.key.isEnabled
        isOpen = listing.isOpen
        endsAt = listing.key.endsAt?.description
        limit = listing.key.limit.map { Limit(count: $0.count, windowSeconds: $0.windowSeconds) }
    }

    /// What a person reads in a list.
    var state: String {
        guard isEnabled else { return "disabled" }
        guard let endsAt else { return "enabled" }
        return isOpen ? "ends \(endsAt.prefix(16))Z" : "ended"
    }

    var limitText: String { limit.map { "\($0.count)/\($0.windowSeconds)s" } ?? "-" }

    /// Says what was done and how the key is used from now on.
    func print(_ news: String, asJSON isJSON: Bool) throws {
        if isJSON { return try Output.json(self) }
        Output.line(news)
        Output.line("  DSN    \(dsn)")
        Output.line("  state  \(state)")
    }
}
