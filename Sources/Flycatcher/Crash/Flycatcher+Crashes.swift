// How the last run ended, for the app itself.

import Synchronization

extension Flycatcher {
    /// When a crash is sent to the server.
    public enum CrashDelivery: Hashable, Sendable {
        /// When it happens, unless functions of the app decide about what is sent: ``Options/beforeSend``,
        /// ``Options/errorSampler``, event processors. Those can be asked at the next start only.
        case automatic
        /// When it happens, without asking the app's functions.
        case atCrash
        /// At the next start.
        case nextStart
    }

    /// Whether the run before this one crashed; nil while that is not known, as before ``start(configure:)``.
    ///
    /// A run that was killed, for want of memory for example, did not crash.
    public static var crashedLastRun: Bool? {
        LastRun.hasCrashed
    }
}

/// How the run before this one ended.
enum LastRun {
    private static let answer = Mutex<Bool?>(nil)

    /// Nil while that is not known.
    static var hasCrashed: Bool? {
        answer.withLock { $0 }
    }

    static func note(hasCrashed: Bool?) {
        answer.withLock { $0 = hasCrashed }
    }
}
