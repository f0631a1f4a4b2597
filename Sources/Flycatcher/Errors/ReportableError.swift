// An error that knows how it wants to be reported.

extension Flycatcher {
    /// An error of the app's own that decides what its reports look like; implement what should differ.
    ///
    /// ```swift
    /// enum PaymentError: Flycatcher.ReportableError {
    ///     case declined(code: String)
    ///     case unreachable(underlying: any Error)
    ///
    ///     var reportLevel: Flycatcher.Level? {
    ///         if case .declined = self { .warning } else { nil }
    ///     }
    ///     var reportTags: [String: String] {
    ///         if case .declined(let code) = self { ["decline_code": code] } else { [:] }
    ///     }
    /// }
    /// ```
    ///
    /// It is asked on the SDK's worker thread, some moments after the capture. When such an error is the cause of
    /// another, its tags and extra are reported too; for everything that only one can decide, the outermost does.
    /// What the error asks for wins over what the scopes say.
    public protocol ReportableError: Error {
        /// The name of the exception instead of the type's; equal for all errors that are one kind.
        var reportType: String? { get }
        /// What the exception says instead of the case, the fields or the words for people.
        var reportValue: String? { get }
        /// How bad it is; the scope's level, else ``Level/error``, when nil.
        var reportLevel: Level? { get }
        /// Which events are one issue; empty leaves it to the scope and the server.
        var reportFingerprint: [String] { get }
        /// Searchable names and values, each up to 200 characters.
        var reportTags: [String: String] { get }
        /// Values of any shape.
        var reportExtra: [String: JSONValue] { get }
    }
}

extension Flycatcher.ReportableError {
    /// Nil: the type's own name.
    public var reportType: String? { nil }
    /// Nil: what the error says by itself.
    public var reportValue: String? { nil }
    /// Nil: the scope's level, else ``Flycatcher/Level/error``.
    public var reportLevel: Flycatcher.Level? { nil }
    /// Empty: the scope and the server decide.
    public var reportFingerprint: [String] { [] }
    /// None.
    public var reportTags: [String: String] { [:] }
    /// None.
    public var reportExtra: [String: Flycatcher.JSONValue] { [:] }
}
