// What a later capture of an error adds to the first.

/// Noted down on the caller's thread, as a capture of its own would be.
struct Supplement: Sendable {
    private let snapshots: [CopyOnWrite<ScopeData>]
    /// Whether nobody dealt with the error, after all.
    let isUnhandled: Bool

    init(_ scopes: [CopyOnWrite<ScopeData>], _ content: Capture.Content) {
        snapshots = scopes
        isUnhandled = content.isUnhandled
    }

    /// What the scopes said, the most specific first.
    var scopes: [ScopeData] { snapshots.map(\.value) }
}

extension Capture.Content {
    /// Whether the one who noticed it says that the app did not deal with it.
    fileprivate var isUnhandled: Bool {
        switch self {
        case .error(_, let mechanism): mechanism?.isHandled == false
        case .line(let line): line.mechanism.isHandled == false
        case .message, .event, .feedback, .end: false
        }
    }
}
