// The name under which the SDK introduces itself.

/// Who sends, in events, envelopes and requests.
enum SDKIdentity {
    static let name = "flycatcher.swift"
    static let version = "0.1.0"
    static let userAgent = "\(name)/\(version)"
}
