// The seam between the SDK and the parts of an app that it watches.

extension Flycatcher {
    /// Connects the SDK to something else in the process: a logger, an HTTP client, the end of the process.
    ///
    /// It reports through the facade like any other code.
    public protocol Integration: Sendable {
        /// The name under which events mention it.
        var name: String { get }

        /// Sets it up, when the SDK starts.
        ///
        /// - Parameter options: what the app has chosen.
        /// - Throws: when that fails, which is noted; the SDK works without it then.
        func install(_ options: Options) throws

        /// Takes it away again, when the SDK is closed or started anew.
        func uninstall()
    }
}

extension Flycatcher.Integration {
    /// Does nothing.
    public func uninstall() {}
}
