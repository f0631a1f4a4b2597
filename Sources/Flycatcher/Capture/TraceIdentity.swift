// The trace that events without one of their own belong to.

/// A trace and a span that are made up once, so that a process's events can be seen together.
struct TraceIdentity: Sendable {
    let traceID: String
    let spanID: String

    init() {
        traceID = Self.hex(UInt64.random(in: 1 ... .max)) + Self.hex(UInt64.random(in: 0 ... .max))
        spanID = Self.hex(UInt64.random(in: 1 ... .max))
    }

    /// The fields of the context `trace`.
    var context: [String: Flycatcher.JSONValue] {
        ["trace_id": .string(traceID), "span_id": .string(spanID)]
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
