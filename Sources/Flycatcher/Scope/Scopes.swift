// The scopes around a piece of work, and how tasks hand them on.

import CFlycatcher
import FlycatcherWire

extension Flycatcher {
    /// Which of the three scopes around a piece of work is meant.
    ///
    /// Where they disagree the more specific wins: current, then isolation, then global.
    public enum ScopeKind: Hashable, Sendable, CaseIterable {
        /// What the whole process shares.
        case global
        /// What belongs to one request or job.
        case isolation
        /// What belongs to the innermost ``Flycatcher/withScope(_:)``.
        case current
    }
}

/// The innermost scope of each kind, and who reports what is captured under them.
///
/// They are bound to the task, so child tasks see them. Outside any task's binding there is a pair for the process.
struct Scopes: Sendable {
    /// Whose client it is that reports.
    enum Reporter: Sendable {
        /// The one that `start` made.
        case process
        /// One that is bound to the task; none when its options keep it off.
        case own(Client?)
    }

    @TaskLocal private static var bound: Scopes?
    private static let ofProcess = Scopes(
        isolation: Flycatcher.Scope(as: ScopeNumber.ofProcess.isolation),
        current: Flycatcher.Scope(as: ScopeNumber.ofProcess.current), reported: [ReportedErrors()])
    /// How many isolation scopes around an error's learn that it was captured.
    private static let reportingDepth = 5

    // These three stand first and in this order, where the crash handler looks for them.
    let isolation: Flycatcher.Scope
    let current: Flycatcher.Scope
    private var mark = TraceMark(nil)
    /// The errors that were captured in the isolation scope, and then in those around it.
    let reported: [ReportedErrors]
    var reporter = Reporter.process
    /// Where in a trace the work is; nil where nobody said.
    private(set) var trace: TracePosition?
    /// The request or job whose health is told.
    private(set) var session: RequestSession?

    private init(
        isolation: Flycatcher.Scope, current: Flycatcher.Scope, reported: [ReportedErrors],
        reporter: Reporter = .process, trace: TracePosition? = nil, session: RequestSession? = nil
    ) {
        self.isolation = isolation
        self.current = current
        self.reported = reported
        self.reporter = reporter
        self.trace = trace
        self.session = session
        mark = TraceMark(trace)
    }

    /// Those around the caller.
    static var here: Scopes {
        bound ?? ofProcess
    }

    func scope(_ kind: Flycatcher.ScopeKind) -> Flycatcher.Scope {
        switch kind {
        case .global: .global
        case .isolation: isolation
        case .current: current
        }
    }

    /// What they say now, the most specific first; `configure` changes a copy of the current scope for that.
    func snapshot(_ configure: ((Flycatcher.Scope) -> Void)?) -> [CopyOnWrite<ScopeData>] {
        var innermost = current
        if let configure {
            innermost = current.forked()
            configure(innermost)
        }
        return [innermost.copy, isolation.copy, Flycatcher.Scope.global.copy]
    }

    /// With a current scope of their own.
    func forkingCurrent() -> Scopes {
        Scopes(
            isolation: isolation, current: current.forked(), reported: reported, reporter: reporter,
            trace: trace,
            session: session)
    }

    /// With an isolation scope of their own, and for that reason a current one too; and with a trace of their own,
    /// unless the work around has one.
    func forkingIsolation() -> Scopes {
        Scopes(
            isolation: isolation.forked(), current: current.forked(),
            reported: [ReportedErrors()] + reported.prefix(Self.reportingDepth - 1), reporter: reporter,
            trace: trace ?? ActiveClient.current.map { .propagated($0.tracer.traceForWork) }, session: session
        )
    }

    /// At another place in a trace.
    func at(_ trace: TracePosition) -> Scopes {
        var scopes = self
        scopes.trace = trace
        scopes.mark = TraceMark(trace)
        return scopes
    }

    /// Within a session.
    func with(_ session: RequestSession) -> Scopes {
        var scopes = self
        scopes.session = session
        return scopes
    }

    /// Runs `body` under them.
    func bind<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        flycatcher_cover_thread()
        // `withValue` knows only untyped errors, so the outcome leaves it as a value.
        let outcome = Self.$bound.withValue(self) { () -> Swift.Result<Result, Failure> in
            do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    /// Runs `body` under them, across its suspensions.
    func bind<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        try await Self.$bound.withValue(self, operation: body, isolation: isolation)
    }
}

extension Scopes {
    /// The key under which a task keeps them, for the crash handler.
    static var key: UnsafeRawPointer {
        UnsafeRawPointer(Unmanaged.passUnretained($bound).toOpaque())
    }

    /// Writes what the scopes of the process say into the run's file, which has just been begun.
    static func mirrorLasting() {
        for scope in [Flycatcher.Scope.global, ofProcess.isolation, ofProcess.current] { scope.mirror() }
    }
}

/// A place in a trace as plain numbers; zeros where there is none.
private struct TraceMark {
    private let high: UInt64
    private let low: UInt64
    private let span: UInt64

    init(_ position: TracePosition?) {
        let place = position?.place
        high = UInt64(truncatingIfNeeded: (place?.traceID.value ?? 0) >> 64)
        low = UInt64(truncatingIfNeeded: place?.traceID.value ?? 0)
        span = place?.spanID.value ?? 0
    }
}
