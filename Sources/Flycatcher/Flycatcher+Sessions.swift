// Release health: requests and jobs as sessions.

extension Flycatcher {
    /// Runs `body` as one session, of which the health of the app's release is told.
    ///
    /// It counts as errored when an error was captured in it, as crashed when that was unhandled or when `body`
    /// throws, and as exited otherwise. Integrations for web frameworks do it for each request. Nothing is counted
    /// without a release, or unless ``Options/autoSessionTracking`` and ``Options/sessionMode`` want it.
    public static func withSession<Result, Failure: Error>(
        _ body: (Session) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let counted = ActiveClient.current?.requestSession() else { return try body(Session(nil)) }
        let session = Session(counted)
        return try Scopes.here.with(counted).bind { () throws(Failure) in
            do throws(Failure) {
                let result = try body(session)
                session.end(.exited)
                return result
            } catch {
                session.end(SessionOutcome(escaped: error))
                throw error
            }
        }
    }

    /// Runs `body` as one session, across its suspensions; see the form without `async`.
    public static func withSession<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (Session) async throws -> Result
    ) async rethrows -> Result {
        guard let counted = ActiveClient.current?.requestSession() else {
            return try await body(Session(nil))
        }
        let session = Session(counted)
        return try await Scopes.here.with(counted).bind {
            do {
                let result = try await body(session)
                session.end(.exited)
                return result
            } catch {
                session.end(SessionOutcome(escaped: error))
                throw error
            }
        }
    }
}

extension Flycatcher.SessionOutcome {
    /// What an error says that nobody caught; whoever cancels a task has no complaint.
    fileprivate init(escaped error: any Error) {
        self = error is CancellationError ? .exited : .crashed
    }
}

extension Client {
    /// A session for a request; nil when requests are not counted.
    fileprivate func requestSession() -> RequestSession? {
        sessions.aggregates.map { RequestSession($0) }
    }
}
