// What must hold whatever bytes come: fuzzers call these with anything, tests with what fuzzers found.

/// A reader of bytes from outside, with what is always true of it.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// A JSON document, read, edited and written out.
    case json
    /// An envelope, in one piece and in many.
    case envelope
    /// An event on its whole way through the pipeline.
    case event

    /// Gives the reader these bytes.
    ///
    /// - Returns: what is wrong with its answer; nil when nothing is. It traps only where the code under test does.
    public func complaint(about bytes: [UInt8]) -> String? {
        switch self {
        case .json: JSONTarget.complaint(about: bytes)
        case .envelope: EnvelopeTarget.complaint(about: bytes)
        case .event: EventTarget.complaint(about: bytes)
        }
    }
}
