// What an app logs through the SDK directly.

extension Flycatcher {
    /// Logs something.
    ///
    /// Records are sent when ``Options/enableLogs`` is on, a hundred at a time or after five seconds. They are no
    /// events: what should become an issue is captured.
    ///
    /// ```swift
    /// Flycatcher.log("order shipped", attributes: ["order.id": 17, "express": true])
    /// ```
    ///
    /// - Parameters:
    ///   - message: what happened.
    ///   - level: how loud it is.
    ///   - attributes: what it is searched by; those of the scopes are added.
    public static func log(
        _ message: @autoclosure () -> Message, level: LogLevel = .info,
        attributes: @autoclosure () -> [String: JSONValue] = [:]
    ) {
        guard let client = ActiveClient.current, client.logs != nil else { return }
        client.log(LogRecord(message(), level: level, attributes: attributes()))
    }

    /// Logs a record that was put together elsewhere, as logging libraries do.
    public static func log(_ record: LogRecord) {
        ActiveClient.current?.log(record)
    }

    /// Whether log records are sent at present.
    public static var isLogging: Bool {
        ActiveClient.current?.logs != nil
    }
}
