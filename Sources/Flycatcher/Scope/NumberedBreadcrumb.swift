// The order in which breadcrumbs were dropped, across all scopes.

import Synchronization

/// A breadcrumb and its place among all of the process.
struct NumberedBreadcrumb: Sendable {
    private static let counter = Atomic<UInt64>(0)

    let number: UInt64
    let breadcrumb: Flycatcher.Breadcrumb

    init(_ breadcrumb: Flycatcher.Breadcrumb) {
        number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
        self.breadcrumb = breadcrumb
    }

    /// Gives it a place of one's own, among others that have one too.
    init(_ breadcrumb: Flycatcher.Breadcrumb, number: UInt64) {
        self.number = number
        self.breadcrumb = breadcrumb
    }
}

extension Sequence<ScopeData> {
    /// The newest breadcrumbs of all scopes, oldest first; one that several scopes share counts once.
    func breadcrumbs(limit: Int) -> [Flycatcher.Breadcrumb] {
        var numbers: Set<UInt64> = []
        return flatMap(\.breadcrumbs.elements)
            .filter { numbers.insert($0.number).inserted }
            .sorted { $0.number < $1.number }
            .suffix(limit)
            .map(\.breadcrumb)
    }
}
