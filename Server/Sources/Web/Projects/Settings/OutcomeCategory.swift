// The categories of what is sent, in words (protocol section 5.4).

/// What kind of thing an outcome counts.
struct OutcomeCategory {
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    /// Whether bytes are counted; these stand beside a category that counts the same things, and are never added to others.
    var isOfBytes: Bool { name == "attachment" || name.hasSuffix("_byte") }

    var title: String {
        switch name {
        case "error": "errors"
        case "default": "messages"
        case "attachment": "attachments, by size"
        case "attachment_item": "attachments"
        case "monitor": "check-ins"
        case "log_item": "log records"
        case "log_byte": "log records, by size"
        case "trace_metric": "metrics"
        case "trace_metric_byte": "metrics, by size"
        case "security": "security reports"
        case "session", "transaction", "span", "profile", "replay": name + "s"
        case "": "everything"
        default: name.replacing("_", with: " ")
        }
    }

    /// How much of it, as people read it.
    func amount(_ quantity: Int64) -> String {
        isOfBytes ? ByteCount(quantity).short : Count(quantity).exact
    }
}
