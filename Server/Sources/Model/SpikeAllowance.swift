// Whether a project is held to what was to be expected of it.

/// What someone has said about spikes: hours in which a project brings far more than in the week before.
///
/// It is written as the number of events an hour that are never a spike, as `on` for the usual number, or as `off`;
/// nothing leaves it to the installation.
public enum SpikeAllowance: Hashable, Sendable {
    case standard
    case unlimited
    case limited(minimum: Int64)

    /// Events an hour that are never a spike unless somebody says otherwise.
    public static let usualMinimum: Int64 = 1_000

    /// Reads what was written; nil when it makes no sense.
    public init?(text: String) {
        switch text {
        case "": self = .standard
        case "off": self = .unlimited
        case "on": self = .limited(minimum: Self.usualMinimum)
        default:
            guard let minimum = Int64(text), (1...KeyLimit.maximumCount).contains(minimum) else { return nil }
            self = .limited(minimum: minimum)
        }
    }

    /// What ``init(text:)`` reads.
    public var text: String {
        switch self {
        case .standard: ""
        case .unlimited: "off"
        case .limited(let minimum): "\(minimum)"
        }
    }

    /// How many events an hour are never a spike, where `standard` is the installation's; nil when nothing is.
    public func minimum(orElse standard: Int64?) -> Int64? {
        switch self {
        case .standard: standard
        case .unlimited: nil
        case .limited(let minimum): minimum
        }
    }
}
