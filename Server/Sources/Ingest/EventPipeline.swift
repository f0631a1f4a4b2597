// The path of an event from its bytes to something that can be recorded: the first file to read.

public import Model
import TapeJSON

/// Takes events in: normalises, names and groups them.
///
/// The pipeline is a list of named steps. Each takes the draft of an event and changes it, or drops the event for a
/// typed reason. It is pure: what it needs to know besides the payload comes with the ``Arrival``.
public struct EventPipeline: Sendable {
    /// One step of the path.
    struct Step: Sendable {
        let name: String
        let apply: @Sendable (inout EventDraft) throws(Drop) -> Void
    }

    static let steps: [Step] = [
        Step(name: "identify", apply: Identity.apply),
        Step(name: "alias", apply: Aliases.apply),
        Step(name: "shape", apply: Shapes.apply),
        Step(name: "client", apply: Clients.apply),
        Step(name: "remarks", apply: ClientRemarks.apply),
        Step(name: "time", apply: Times.apply),
        Step(name: "level", apply: Levels.apply),
        Step(name: "fingerprint", apply: Fingerprints.apply),
        Step(name: "message", apply: Messages.apply),
        Step(name: "contexts", apply: Contexts.apply),
        Step(name: "exception", apply: Exceptions.apply),
        Step(name: "stacktrace", apply: StackTraces.apply),
        Step(name: "images", apply: DebugImages.apply),
        Step(name: "request", apply: Requests.apply),
        Step(name: "agent", apply: UserAgents.apply),
        Step(name: "user", apply: Users.apply),
        Step(name: "filter", apply: Filters.apply),
        Step(name: "scrub", apply: Scrubbing.apply),
        Step(name: "truncate", apply: Truncation.apply),
        Step(name: "tags", apply: Tags.apply),
        Step(name: "rules", apply: Rules.apply),
        Step(name: "title", apply: Titles.apply),
        Step(name: "group", apply: GroupingVersion.apply),
        Step(name: "annotate", apply: Annotations.apply),
    ]

    /// The names of the steps, in order.
    public static let stepNames = ["parse"] + steps.map(\.name) + ["pack"]

    private let clock: @Sendable () -> UInt64
    private let pack: @Sendable ([UInt8]) -> [UInt8]

    /// - Parameters:
    ///   - clock: Nanoseconds of a clock that only goes forward, for timing the steps.
    ///   - pack: Compresses an event for keeping.
    public init(clock: @escaping @Sendable () -> UInt64, pack: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.clock = clock
        self.pack = pack
    }

    /// Takes one event in.
    public func process(_ payload: [UInt8], _ arrival: Arrival) -> Digest {
        var times: [UInt64] = []
        times.reserveCapacity(Self.steps.count + 3)
        times.append(clock())
        var archived: FilterHit?
        let result = Result { () throws(Drop) in
            var draft = try EventDraft(payload, arrival)
            times.append(clock())
            for step in Self.steps {
                try step.apply(&draft)
                times.append(clock())
            }
            archived = draft.archivedBy.map { FilterHit($0, draft) }
            let event = draft.grouped(pack)
            times.append(clock())
            return event
        }
        return Digest(
            result: result, archived: archived,
            stepNanoseconds: zip(times.dropFirst(), times).map { $0 &- $1 })
    }
}

/// What became of an event in the pipeline.
public struct Digest: Sendable {
    public let result: Result<GroupedEvent, Drop>
    /// What a filter says of it that has its issue archived; mostly nothing.
    public let archived: FilterHit?
    /// How long each step took, in the order of ``EventPipeline/stepNames``; shorter when the event was dropped.
    public let stepNanoseconds: [UInt64]
}
