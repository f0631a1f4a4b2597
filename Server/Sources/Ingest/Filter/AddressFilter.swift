// Finds events that come from certain addresses: those of the connection, not of the user.

enum AddressFilter {
    static func finding(_ patterns: [String]) -> EventFilters.Finding? {
        guard let ranges = AddressRanges(patterns) else { return nil }
        return { draft in
            draft.arrival.clientAddress.flatMap { ranges.first(containing: $0) }.map { .pattern($0) }
        }
    }
}
