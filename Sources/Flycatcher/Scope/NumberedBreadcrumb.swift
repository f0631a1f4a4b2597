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
}

extension Sequence<ScopeData> {
    /// The newest breadcrumbs of all scopes, oldest first.
    func breadcrumbs(limit: Int) -> [Flycatcher.Breadcrumb] {
        flatMap(\.breadcrumbs.elements)
            .sorted { $0.number < $1.number }
            .suffix(limit)
            .map(\.breadcrumb)
    }
}
