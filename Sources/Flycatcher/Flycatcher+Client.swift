// A client of one's own, beside that of the process.

import Dispatch

extension Flycatcher {
    /// Runs `body` with the SDK started for it alone: everything it captures, in child tasks too, goes by these options.
    ///
    /// For tests that run at once, and for parts of a process that report to a project of their own. `body` has
    /// scopes of its own, which begin as copies; integrations are not installed. Afterwards what is left is sent, for
    /// as long as ``Options/shutdownTimeout`` permits.
    ///
    /// ```swift
    /// let transport = Flycatcher.RecordingTransport()
    /// await Flycatcher.withClient { $0.transport = transport } _: { await checkOut() }
    /// #expect(transport.envelopes.count == 1)
    /// ```
    public static func withClient<Result>(
        isolation: isolated (any Actor)? = #isolation, configure: (inout Options) -> Void,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        var options = Options()
        configure(&options)
        let client = Settings.resolved(options).map { Client($0) }
        client?.beginSession()
        var scopes = Scopes.here.forkingIsolation()
        scopes.reporter = .own(client)
        if client != nil { options.initialScope?(scopes.isolation) }
        ActiveClient.note(opened: 1)
        defer { ActiveClient.note(opened: -1) }
        do {
            let result = try await scopes.bind(body)
            await client?.closed()
            return result
        } catch {
            await client?.closed()
            throw error
        }
    }
}

extension Client {
    /// Closes without blocking the task's thread.
    fileprivate func closed(isolation: isolated (any Actor)? = #isolation) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                _ = close(timeout: settings.options.shutdownTimeout)
                continuation.resume()
            }
        }
    }
}
