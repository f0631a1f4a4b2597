// What all services of a trace must agree upon so that it is sent as a whole or not at all.

/// The sampling context of a trace: decided where the trace begins, passed on unchanged (protocol section 12.3).
///
/// It travels in `baggage` with the prefix `sentry-`, and in envelopes as the header `trace`.
public struct DynamicSamplingContext: Hashable, Sendable {
    /// The names that the protocol knows, the most important first: what is last goes first when there is no room.
    public enum Name: String, CaseIterable, Sendable {
        /// The trace.
        case traceID = "trace_id"
        /// The key of the project in which the trace began.
        case publicKey = "public_key"
        /// Whether the trace is sent.
        case isSampled = "sampled"
        /// The share of traces that are sent.
        case sampleRate = "sample_rate"
        /// The number that decided.
        case sampleDraw = "sample_rand"
        /// The organisation in which the trace began.
        case organizationID = "org_id"
        /// Where the app runs in which the trace began.
        case environment
        /// The version of that app.
        case release
        /// The recording of a user's screen in which the trace began.
        case replayID = "replay_id"
        /// The name of the operation with which the trace began.
        case transaction
    }

    /// Names, without prefix, and values, in the order in which they travel.
    public private(set) var members: [(name: String, value: String)]

    /// Knows nothing.
    public init() {
        members = []
    }

    /// Takes what a service before us has decided.
    ///
    /// - Returns: nil when the baggage has nothing of ours.
    public init?(_ baggage: Baggage) {
        self.init()
        for member in baggage.members where member.name.hasPrefix(Baggage.prefix) {
            let name = String(member.name.dropFirst(Baggage.prefix.count))
            if !name.isEmpty { self[name] = member.value }
        }
        if members.isEmpty { return nil }
    }

    /// What is said under one of the protocol's names.
    public subscript(_ name: Name) -> String? {
        get { self[name.rawValue] }
        set { self[name.rawValue] = newValue }
    }

    /// What is said under a name; nil takes it away.
    public subscript(_ name: String) -> String? {
        get { members.first { $0.name == name }?.value }
        set {
            guard let index = members.firstIndex(where: { $0.name == name }) else {
                if let newValue { members.append((name, newValue)) }
                return
            }
            if let newValue { members[index].value = newValue } else { members.remove(at: index) }
        }
    }

    /// Whether nothing is known.
    public var isEmpty: Bool { members.isEmpty }

    /// The members of the header `baggage`.
    public var baggage: Baggage {
        Baggage(members: members.map { Baggage.Member(name: Baggage.prefix + $0.name, value: $0.value) })
    }

    /// The envelope header `trace`.
    public var envelopeTrace: [String: String] {
        Dictionary(members.map { ($0.name, $0.value) }) { _, last in last }
    }

    /// The share by which the trace was decided upon, 0 to 1.
    public var sampleRate: Double? {
        self[.sampleRate].flatMap { Double($0) }.flatMap { (0...1).contains($0) ? $0 : nil }
    }

    /// The number that decided.
    public var sampleDraw: SampleDraw? {
        self[.sampleDraw].flatMap { SampleDraw($0) }
    }

    /// Whether both say the same, in the same order.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.members.elementsEqual(rhs.members) { $0 == $1 }
    }

    /// Feeds all names and values.
    public func hash(into hasher: inout Hasher) {
        for member in members {
            hasher.combine(member.name)
            hasher.combine(member.value)
        }
    }
}
