// Signs of life of jobs that run on a schedule.

extension Flycatcher {
    /// Reports that a scheduled job has begun or ended; see ``withMonitor(slug:config:_:)`` for the usual case.
    ///
    /// ```swift
    /// let run = Flycatcher.captureCheckIn(slug: "nightly", status: .inProgress)
    /// let isDone = exportOrders()
    /// Flycatcher.captureCheckIn(slug: "nightly", status: isDone ? .ok : .error, id: run)
    /// ```
    ///
    /// - Parameters:
    ///   - slug: the monitor's name, of up to 50 letters, digits, `_` and `-`; others become `-`.
    ///   - status: how the run is.
    ///   - id: the run that was begun; a new one when left out.
    ///   - duration: how long the run took.
    ///   - config: makes the monitor, or changes it, where given.
    /// - Returns: the identity of the run; ``CheckInID/latest`` while the SDK is off.
    @discardableResult
    public static func captureCheckIn(
        slug: String, status: CheckInStatus, id: CheckInID? = nil, duration: Duration? = nil,
        config: MonitorConfig? = nil
    ) -> CheckInID {
        guard let client = ActiveClient.current else { return .latest }
        guard let slug = MonitorSlug(slug) else {
            client.settings.diagnostics.complain(
                "a monitor's slug needs a letter or digit, so nothing is reported")
            return .latest
        }
        let checkIn = CheckIn(
            id: id ?? CheckInID(), slug: slug, status: status, duration: duration, config: config,
            trace: client.tracer.position)
        client.send(checkIn.parcel(client.settings))
        return checkIn.id
    }

    /// Reports that a scheduled job begins, runs it, and reports how it ended and how long it took.
    ///
    /// ```swift
    /// try Flycatcher.withMonitor(slug: "nightly", config: .init(.crontab("0 3 * * *"))) {
    ///     try exportOrders()
    /// }
    /// ```
    ///
    /// An error is rethrown; capture it yourself if it shall be an event too.
    public static func withMonitor<Result, Failure: Error>(
        slug: String, config: MonitorConfig? = nil, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let run = MonitoredRun(slug: slug, config: config)
        do throws(Failure) {
            let result = try body()
            run.end(.ok)
            return result
        } catch {
            run.end(.error)
            throw error
        }
    }

    /// Reports about a job across its suspensions; see the form without `async`.
    public static func withMonitor<Result>(
        slug: String, config: MonitorConfig? = nil, isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        let run = MonitoredRun(slug: slug, config: config)
        do {
            let result = try await body()
            run.end(.ok)
            return result
        } catch {
            run.end(.error)
            throw error
        }
    }
}

/// A run that has begun.
private struct MonitoredRun {
    private let slug: String
    private let id: Flycatcher.CheckInID
    private let begin = ContinuousClock.now

    init(slug: String, config: Flycatcher.MonitorConfig?) {
        self.slug = slug
        id = Flycatcher.captureCheckIn(slug: slug, status: .inProgress, config: config)
    }

    func end(_ status: Flycatcher.CheckInStatus) {
        Flycatcher.captureCheckIn(slug: slug, status: status, id: id, duration: ContinuousClock.now - begin)
    }
}
