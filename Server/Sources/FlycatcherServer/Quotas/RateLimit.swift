// What a client is told of a quota that is exhausted (protocol section 5.1).

/// An exhausted quota: for how long it refuses what.
package struct RateLimit: Hashable, Sendable {
    let seconds: Int64
    /// None for all.
    let categories: [String]
    let scope: String
    /// The word under which the quota is known.
    let reason: String

    init(_ quota: Quota, at second: Int64) {
        seconds = quota.secondsLeft(at: second)
        categories = quota.categories
        scope =
            switch quota.subject {
            case .installation: "organization"
            case .project: "project"
            case .key: "key"
            }
        reason = quota.reason
    }

    init(seconds: Int64, categories: [String] = [], scope: String, reason: String) {
        self.seconds = seconds
        self.categories = categories
        self.scope = scope
        self.reason = reason
    }

    /// Its entry in `X-Sentry-Rate-Limits`.
    var entry: String {
        "\(seconds):\(categories.joined(separator: ";")):\(scope):\(reason)"
    }
}
