// Which features were switched on when something happened.

/// The results of feature flags, in the order in which they were last asked; the hundred newest are kept.
struct FeatureFlags: Sendable {
    static let capacity = 100

    private(set) var results: [(flag: String, result: Bool)] = []

    /// Notes a result; that of an earlier question is forgotten.
    mutating func add(_ flag: String, _ result: Bool) {
        remove(flag)
        if results.count == Self.capacity { results.removeFirst() }
        results.append((flag, result))
    }

    mutating func remove(_ flag: String) {
        results.removeAll { $0.flag == flag }
    }

    /// Notes all results of another scope, as newer ones.
    mutating func add(_ newer: FeatureFlags) {
        for (flag, result) in newer.results { add(flag, result) }
    }

    /// The fields of the context `flags`; nil when no flag was asked.
    var context: [String: Flycatcher.JSONValue]? {
        guard !results.isEmpty else { return nil }
        let values = results.map { flag, result in
            Flycatcher.JSONValue.object(["flag": .string(flag), "result": .bool(result)])
        }
        return ["values": .array(values)]
    }
}
