// Which kinds of data the server does not want for a while.

import FlycatcherWire

/// The limits that one server has set, by category (protocol section 5).
///
/// A value without a clock: every question says at which moment it is asked.
struct RateLimits: Sendable {
    typealias Instant = ContinuousClock.Instant

    private var expiries: [DataCategory: Instant] = [:]
    private var expiryOfAll: Instant?

    /// Heeds an answer; a limit that ends later than a new one stays.
    ///
    /// - Parameters:
    ///   - answer: what the server said, of any status.
    ///   - now: the moment of the answer.
    ///   - date: the same by the calendar, which `Retry-After` may be written in.
    mutating func heed(_ answer: Flycatcher.ServerAnswer, now: Instant, date: Timestamp) {
        if let limits = answer.rateLimits, limits.contains(where: { !$0.isWhitespace }) {
            for limit in limits.split(separator: ",") { note(limit.filter { !$0.isWhitespace }, now) }
        } else if answer.status == 429 {
            limitAll(until: now + Pause.length(retryAfter: answer.retryAfter, now: date))
        }
    }

    /// Whether things of a category are not to be sent.
    func isLimited(_ category: DataCategory, at now: Instant) -> Bool {
        ([expiryOfAll] + category.limitedWith.map { expiries[$0] }).contains { $0.map { $0 > now } ?? false }
    }

    /// The moment when the last limit ends; nil when there is none.
    func latestExpiry(after now: Instant) -> Instant? {
        (expiries.values + [expiryOfAll].compactMap { $0 }).filter { $0 > now }.max()
    }

    /// Reads `seconds:categories:scope:…` without blanks; what can't be read, and what names only unknown
    /// categories, limits nothing.
    private mutating func note(_ limit: String, _ now: Instant) {
        let fields = limit.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count >= 2, let seconds = Double(fields[0]), !seconds.isNaN else { return }
        let expiry = now + Pause.bounded(seconds)
        if fields[1].isEmpty { return limitAll(until: expiry) }
        for category in fields[1].split(separator: ";").compactMap({ DataCategory(rawValue: String($0)) }) {
            expiries[category] = max(expiries[category] ?? expiry, expiry)
        }
    }

    private mutating func limitAll(until expiry: Instant) {
        expiryOfAll = max(expiryOfAll ?? expiry, expiry)
    }
}

extension DataCategory {
    /// The categories whose limits concern this one: what is counted by number is counted by bytes too.
    fileprivate var limitedWith: [DataCategory] {
        switch self {
        case .attachment, .attachmentItem: [.attachment, .attachmentItem]
        case .logItem, .logByte: [.logItem, .logByte]
        case .traceMetric, .traceMetricByte: [.traceMetric, .traceMetricByte]
        // Only a limit on everything holds reports back.
        case .internal: []
        default: [self]
        }
    }
}
