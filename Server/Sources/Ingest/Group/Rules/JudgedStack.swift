// What stack-trace rules make of one stack trace.

/// The frames of an exception or thread as rules have left them, and what was said of them.
struct JudgedStack {
    /// The members of each frame.
    var fields: [FrameFields] = []
    /// By the place of the frame; empty when no rule says anything.
    var verdicts: [FrameVerdict] = []
    var bounds = StackBounds()
}

/// What rules say of how many frames may count.
struct StackBounds {
    var maximum: Int?
    var minimum: Int?

    var saysAnything: Bool { maximum != nil || minimum != nil }
}

/// What rules say of a frame.
struct FrameVerdict {
    /// Whether it counts; nil when no rule says.
    var groups: Bool?
    /// The rule that said so, as it is written.
    var groupRule = ""
    /// The rule that made it the app's or a library's; empty when none did.
    var appRule = ""
}

/// Whose code a frame is.
enum FrameOwner: UInt8 {
    case unknown
    case app
    case library

    init(isInApp: Bool?) {
        self = isInApp.map { $0 ? .app : .library } ?? .unknown
    }

    /// Nil when nobody says.
    var isInApp: Bool? { self == .unknown ? nil : self == .app }
}
