// Watches over the run: puts the crash handler up, and keeps the file that tells what became of it.

import CFlycatcher
import FlycatcherWire
import Foundation
import Synchronization

/// The run of the process's client, from start to close.
enum CrashWatch {
    private struct State {
        var run: RunFile?
        /// The one before, to which a thread may still be writing.
        var retired: RunFile?
        /// Whether the app's functions decide about what is sent.
        var isAsking = true
    }

    private static let state = Mutex(State())

    /// Handlers run backwards, so that this one comes after that of ``ProcessEnd``, which still sends.
    private static let isExitWatched = atexit { CrashWatch.end() } == 0

    /// One start at a time.
    private static let starting = Mutex(())

    /// Ends the run that is going on, if one is, and begins that of a client, if its options want it.
    ///
    /// - Returns: the runs that ended before; nil where they are not known.
    static func restart(_ client: Client) -> EarlierRuns? {
        starting.withLock { _ in
            end()
            let settings = client.settings
            guard settings.handlesCrashes, isExitWatched else { return nil }
            let directory = settings.stateDirectory
            let earlier = directory.map { EarlierRuns($0) }
            begin(client, in: directory)
            return earlier
        }
    }

    private static func begin(_ client: Client, in directory: StateDirectory?) {
        let settings = client.settings
        guard let run = RunFile(in: directory, RunFacts(client)) else {
            settings.diagnostics.note("crashes are not reported: there is no memory or disk for a record")
            return
        }
        state.withLock { state in
            state.run = run
            state.isAsking = settings.options.crashDelivery == .automatic
        }
        run.watch()
        client.sessions.mirror { run.note(sequence: $0, errorCount: $1) }
        Scopes.mirrorLasting()
        RuntimeParts.noteMissing(settings.diagnostics)
        let delivers = settings.deliversAtCrash && flycatcher_prepare_delivery()
        var options = flycatcher_crash_options(scopes_key: Scopes.key, delivers: delivers)
        if !flycatcher_watch_crashes(&options) {
            settings.diagnostics.note("crashes are not reported on this platform")
        }
        if !run.isLasting {
            settings.diagnostics.note("no folder can be written to, so that only crashes are told, at once")
        }
    }

    /// Ends the run as it should end.
    static func end() {
        // The run is not that of the child of a fork, which has the lock as it was then, too.
        guard flycatcher_watched_run() != nil else { return }
        let (ended, retired) = state.withLock { state in
            defer { state = State(run: nil, retired: state.run ?? state.retired) }
            return (state.run, state.run == nil ? nil : state.retired)
        }
        guard let ended else { return }
        flycatcher_unwatch_crashes()
        flycatcher_watch_run(nil, -1)
        ended.end()
        retired?.discard()
    }

    /// Has crashes wait for the next start, where functions of the app can be asked, unless it wants them sent at once.
    static func holdDelivery() {
        let isAsking = state.withLock { $0.isAsking }
        if isAsking { flycatcher_hold_delivery() }
    }

    /// Leaves the run to the process that this one is a fork of.
    static func orphan() {
        flycatcher_watch_run(nil, -1)
    }
}

extension Settings {
    /// Where the files of runs are; nil where none can be.
    fileprivate var stateDirectory: StateDirectory? {
        dsn.flatMap { .first(of: statePlaces, project: $0.publicText) }
    }

    /// Whether crashes are to be noticed; without a server nobody would learn of them.
    var handlesCrashes: Bool {
        options.enableCrashHandler && dsn != nil && !isCrashHandlerOff
    }

    /// Whether a crash may be told by another process, which has none of the app's functions.
    fileprivate var deliversAtCrash: Bool {
        guard options.transport == nil, !isCrashDeliveryOff else { return false }
        return switch options.crashDelivery {
        case .atCrash: true
        case .nextStart: false
        case .automatic: !options.hasEventHooks
        }
    }
}

extension Flycatcher.Options {
    /// Whether functions of the app decide about what is sent.
    fileprivate var hasEventHooks: Bool {
        beforeSend != nil || errorSampler != nil || !eventProcessors.isEmpty
    }
}
