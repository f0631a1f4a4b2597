// The door to the SDK: the one name that an app types.

public import FlycatcherWire

/// Reports an app's errors to Flycatcher, or to any server that speaks the Sentry protocol.
///
/// ```swift
/// import Flycatcher
///
/// Flycatcher.start { $0.dsn = "https://key@errors.example/1" }
/// do { try risky() } catch { Flycatcher.capture(error: error) }
/// ```
///
/// Every call returns at once, never throws and never stops the app. Before ``start(configure:)``, after
/// ``close(timeout:)`` and without a valid DSN each of them does nothing, at the price of reading one flag.
///
/// All types of the SDK live inside this one (`Flycatcher.Event`, `Flycatcher.User`), so that `import Flycatcher`
/// brings a single name into a file: it never collides with an app's own `Event`, `User`, `Level` or `Scope`, nor
/// with those of other modules. For the same reason they are declared here and not handed on from `FlycatcherWire`:
/// under `MemberImportVisibility` an app would have to import that module too before it could write `.warning`.
public enum Flycatcher {
    /// The identity of an event; `"\(id)"` is its 32 hex digits, by which people find it.
    public typealias EventID = FlycatcherWire.EventID

    /// A moment with the precision of microseconds.
    public typealias Timestamp = FlycatcherWire.Timestamp

    /// Starts reporting.
    ///
    /// What `configure` leaves unset comes from the environment: `SENTRY_DSN`, `SENTRY_RELEASE`,
    /// `SENTRY_ENVIRONMENT` and others that ``Options`` names. Without a DSN the SDK stays off. With a malformed one it
    /// says so on the standard error output and stays off. A second start replaces the first, which still sends what it
    /// has.
    public static func start(configure: (inout Options) -> Void = { _ in }) {
        var options = Options()
        configure(&options)
        let client = Settings.resolved(options).map { Client($0) }
        if client != nil { options.initialScope?(.global) }
        client?.beginSession()
        let earlier = client.flatMap(CrashWatch.restart)
        LastRun.note(hasCrashed: earlier?.hasCrashed)
        ActiveClient.replace(with: client)?.retire()
        if let client, !ProcessEnd.areForksWatched {
            client.settings.diagnostics.note("forks are not noticed")
        }
        client?.installIntegrations()
        if let earlier { client?.report(earlier) }
    }

    /// Whether events are being reported, as the caller is concerned.
    public static var isEnabled: Bool {
        ActiveClient.current != nil
    }

    /// Waits until everything captured so far has been sent or given up.
    ///
    /// Call it before a short-lived program ends. It blocks the calling thread.
    ///
    /// - Parameter timeout: how long to wait at most; ``Options/flushTimeout`` when left out.
    /// - Returns: false when the time was up first. The SDK goes on sending.
    @discardableResult
    public static func flush(timeout: Duration? = nil) -> Bool {
        guard let client = ActiveClient.current else { return true }
        return client.flush(timeout: timeout ?? client.settings.options.flushTimeout)
    }

    /// Flushes, then stops reporting; what could not be sent in time is given up.
    ///
    /// - Parameter timeout: how long to wait at most; ``Options/shutdownTimeout`` when left out.
    /// - Returns: false when something was given up.
    @discardableResult
    public static func close(timeout: Duration? = nil) -> Bool {
        guard let client = ActiveClient.replace(with: nil) else { return true }
        let isDrained = client.close(timeout: timeout ?? client.settings.options.shutdownTimeout)
        CrashWatch.end()
        return isDrained
    }
}
