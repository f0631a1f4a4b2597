// Asks filters about stored events, to see what they would have kept out.

import FlycatcherWire
import Model
import TapeJSON

/// Reads normalised events as the store keeps them.
public struct FilterReader: Sendable {
    private let filters: EventFilters

    /// Takes the filters to ask.
    public init(_ filters: EventFilters) {
        self.filters = filters
    }

    /// By what an event would have been found; nil when it would not, or when its JSON cannot be read.
    ///
    /// The address of its connection is not kept; that of its user, which mostly is the same, stands for it.
    public func match(finding json: [UInt8]) -> FilterMatch? {
        let blank = Arrival(
            project: ProjectID(0), key: 0, receivedAt: Timestamp(microseconds: 0), endpoint: .envelope)
        guard let first = try? EventDraft(json, blank) else { return nil }
        let address = first.document["user"].flatMap { first.text("ip_address", of: $0) }
        let arrival = Arrival(
            project: ProjectID(0), key: 0, receivedAt: Timestamp(microseconds: 0), endpoint: .envelope,
            clientAddress: address)
        guard var draft = try? EventDraft(json, arrival) else { return nil }
        draft.restore()
        return filters.first(finding: draft)
    }
}
