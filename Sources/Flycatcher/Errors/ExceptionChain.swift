// An error and its causes, as exceptions.

/// Follows an error to everything that caused it (protocol section 22.1).
struct ExceptionChain {
    /// How far causes are followed, from error to error.
    static let maximumDepth = 10
    /// How many causes of one error are followed.
    static let maximumBreadth = 10
    /// How many errors are described in all.
    static let maximumCount = 50

    /// The root cause first, the error itself last.
    private(set) var values: [Flycatcher.ExceptionValue] = []
    /// The error itself first.
    private(set) var errors: [any Error] = []
    private var seen: Set<ObjectIdentifier> = []

    init(_ error: any Error, _ mechanism: Flycatcher.Mechanism) {
        add(Cause(error, source: nil), mechanism, depth: 1)
        if values.count == 1 { values[0].mechanism?.exceptionID = nil }
        values.reverse()
    }

    /// Adds an error, then its causes: numbers are given in the order of discovery.
    private mutating func add(_ cause: Cause, _ mechanism: Flycatcher.Mechanism, depth: Int) {
        guard depth <= Self.maximumDepth, values.count < Self.maximumCount, isNew(cause.error) else { return }
        let causes = Causes(of: cause.error)
        var mechanism = mechanism
        mechanism.exceptionID = values.count
        mechanism.source = cause.source
        if causes.areSeveral { mechanism.isExceptionGroup = true }
        values.append(Flycatcher.ExceptionValue(describing: cause.error, mechanism))
        errors.append(cause.error)

        var chained = Flycatcher.Mechanism(type: "chained", isHandled: mechanism.isHandled)
        chained.parentID = mechanism.exceptionID
        for cause in causes.list.prefix(Self.maximumBreadth) { add(cause, chained, depth: depth + 1) }
    }

    /// Whether an error was not met yet: an object can be its own cause.
    private mutating func isNew(_ error: any Error) -> Bool {
        guard type(of: error) is AnyClass else { return true }
        return seen.insert(ObjectIdentifier(error as AnyObject)).inserted
    }
}
