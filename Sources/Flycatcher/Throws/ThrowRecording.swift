// Has throws recorded while the SDK is on.

import CFlycatcher
import Synchronization

/// Has the runtime tell of every throw, so that a report can say where its error was thrown.
struct ThrowRecording: Flycatcher.Integration {
    /// How long ago an error may have been thrown that ``Flycatcher/capture(scope:)`` finds.
    static let memory = Duration.seconds(5)

    let name = "throws"
    let diagnostics: Diagnostics

    func install(_ options: Flycatcher.Options) {
        RuntimeParts.noteMissing(diagnostics)
        // `Any.Type` is one pointer, to what the runtime calls the type's metadata.
        let types = (options.unrecordedThrows + [Probe.self]).map { type in
            unsafeBitCast(type as Any.Type, to: UnsafeRawPointer?.self)
        }
        types.withUnsafeBufferPointer { types in
            var rules = flycatcher_throw_rules(
                passed_over: types.baseAddress, passed_over_count: types.count, burst: 0)
            // Where the runtime has no hook, that is noted above.
            _ = flycatcher_record_throws(&rules)
        }
    }

    func uninstall() {
        flycatcher_forget_throws()
    }

    /// Sees to it, once, that throws are still told of: who took the hook without passing calls on has it no longer first.
    ///
    /// Called where an error that must have been thrown was not found; it costs the reading of two pointers.
    static func ensureHeard() {
        guard flycatcher_throws_may_be_unheard() else { return }
        if Probe.isHeard { return flycatcher_trust_throw_hooks() }
        // A second time someone took it: they want it so.
        if !flycatcher_restore_throw_hooks() { flycatcher_trust_throw_hooks() }
    }
}

/// An error that is thrown to see whether throws are told of.
private struct Probe: Error {
    static var isHeard: Bool {
        let before = flycatcher_throws_heard()
        do { try throwUntyped() } catch {}
        do { try throwTyped() } catch {}
        return flycatcher_throws_heard() - before >= 2
    }

    @inline(never) private static func throwUntyped() throws { throw Probe() }

    @inline(never) private static func throwTyped() throws(Probe) { throw Probe() }
}
