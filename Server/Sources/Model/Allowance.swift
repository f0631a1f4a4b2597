// How much may come in: as the installation says, as much as there is, or so much.

/// What someone has said about a limit.
///
/// It is written as `600/60`, 600 in each 60 seconds, as `600`, which is by the minute, or as `off`; nothing leaves it
/// to the installation.
public enum Allowance: Hashable, Sendable {
    case standard
    case unlimited
    case limited(KeyLimit)

    /// Reads what was written; nil when it makes no sense.
    public init?(text: String) {
        switch text {
        case "": self = .standard
        case "off": self = .unlimited
        default:
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let count = Int64(parts[0]), let seconds = parts.count > 1 ? Int64(parts[1]) : 60,
                let limit = KeyLimit(count: count, windowSeconds: seconds)
            else { return nil }
            self = .limited(limit)
        }
    }

    /// What ``init(text:)`` reads.
    public var text: String {
        switch self {
        case .standard: ""
        case .unlimited: "off"
        case .limited(let limit): "\(limit.count)/\(limit.windowSeconds)"
        }
    }

    /// The limit that holds, where `standard` is the installation's.
    public func limit(orElse standard: KeyLimit?) -> KeyLimit? {
        switch self {
        case .standard: standard
        case .unlimited: nil
        case .limited(let limit): limit
        }
    }
}

/// What a project may bring, where that differs from the installation.
public struct ProjectAllowance: Hashable, Sendable {
    /// Events in a short time; what is not used is saved up for a while.
    public var burst: Allowance
    /// Events in a span of time that begins anew each time.
    public var quota: Allowance
    /// Events in an hour, as far as they are more than was to be expected.
    public var spikes: SpikeAllowance
    /// Whether every event is kept whole, however many an issue has.
    public var keepsAll: Bool

    /// A project of which nobody has said anything.
    public init(
        burst: Allowance = .standard, quota: Allowance = .standard, spikes: SpikeAllowance = .standard,
        keepsAll: Bool = false
    ) {
        self.burst = burst
        self.quota = quota
        self.spikes = spikes
        self.keepsAll = keepsAll
    }
}
