// All that a caught error tells: the exceptions it becomes, and what it asks of its event.

/// An error, read once on the worker's thread.
struct ErrorReport: Sendable {
    /// The root cause first, the error itself last.
    var exceptions: [Flycatcher.ExceptionValue]
    /// The errors that they describe, in the same order.
    let errors: [any Error]
    var level: Flycatcher.Level?
    var fingerprint: [String] = []
    var tags: [String: String] = [:]
    var extra: [String: Flycatcher.JSONValue] = [:]

    /// Reads an error and its causes; of what they ask for, the outermost wins.
    ///
    /// The mechanism tells who noticed the error, and whether the app dealt with it.
    init(_ error: any Error, _ mechanism: Flycatcher.Mechanism = Flycatcher.Mechanism(isHandled: true)) {
        let chain = ExceptionChain(error, mechanism)
        exceptions = chain.values
        errors = chain.errors.reversed()
        for error in chain.errors { fill(from: error) }
        let userInfo = UserInfo.byDomain(of: chain.errors)
        if !userInfo.isEmpty { extra["user_info"] = extra["user_info"] ?? .object(userInfo) }
    }

    private mutating func fill(from error: any Error) {
        guard let error = error as? any Flycatcher.ReportableError else { return }
        level = level ?? error.reportLevel
        if fingerprint.isEmpty { fingerprint = error.reportFingerprint }
        tags.merge(error.reportTags) { own, _ in own }
        extra.merge(error.reportExtra) { own, _ in own }
    }
}

extension Flycatcher.Event {
    /// Takes over what an error tells, with the place where it was thrown or captured.
    mutating func adopt(_ report: ErrorReport, stack: Flycatcher.StackTrace?) {
        exceptions = report.exceptions
        if let last = exceptions.indices.last { exceptions[last].stackTrace = stack }
        level = report.level
        fingerprint = report.fingerprint
        tags = report.tags
        extra = report.extra
    }
}
