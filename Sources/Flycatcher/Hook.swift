// Functions of the app that the SDK asks: what they may do to it, and it to them.

/// Asks the app's hooks, processors and samplers, so that nothing they do comes back as a report.
enum Hook {
    /// Whether the caller, or the task that it belongs to, is one; what it captures would ask it again.
    @TaskLocal static var isRunning = false

    /// Asks a hook, known to the app by `name`, that may change a value or drop it; one that throws has dropped it.
    static func ask<Value>(
        _ name: String, _ diagnostics: Diagnostics, _ body: () throws -> Value?
    ) -> Value? {
        do {
            return try $isRunning.withValue(true, operation: body)
        } catch {
            diagnostics.note("\(name) threw, which drops what it was asked about: \(error)")
            return nil
        }
    }

    /// Asks a hook for a share of what is to be sent; nil when it leaves that open or throws.
    static func rate(
        _ name: String, _ diagnostics: Diagnostics, _ body: () throws -> Flycatcher.SampleRate?
    ) -> Flycatcher.SampleRate? {
        do {
            return try $isRunning.withValue(true, operation: body)
        } catch {
            diagnostics.note("\(name) threw, so the static rate decides: \(error)")
            return nil
        }
    }
}
