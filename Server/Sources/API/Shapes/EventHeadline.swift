// What names an event: title, culprit and place, read from the event itself.

import TapeJSON

/// The short facts of one event.
struct EventHeadline {
    let type: String
    let title: String
    let culprit: String
    /// The exception's parts; nil for other events.
    let exception: (type: String, value: String)?
    /// Of the newest in-app frame, or the newest of all; empty without frames.
    let filename: String
    let function: String

    init(_ event: WireEvent) {
        let exception = event.values("exception").last
        let frame = Self.frame(of: exception, in: event)
        let function = event.text("function", of: frame) ?? ""
        let names = exception.map { Self.names(of: $0, in: event, function: function) }
        self.function = function
        filename = event.text("filename", of: frame) ?? ""
        self.exception = names
        type = event.text("type") ?? (exception == nil ? "default" : "error")
        title = event.text("title") ?? Self.title(names, message: Self.message(of: event))
        culprit = event.text("culprit") ?? event.text("transaction") ?? Self.culprit(frame, in: event)
    }

    /// The text of an event's message; empty when it has none.
    static func message(of event: WireEvent) -> String {
        let entry = event.member("logentry")
        return event.text("formatted", of: entry) ?? event.text("message", of: entry) ?? event.text("message") ?? ""
    }

    var metadata: JSONValue {
        guard let exception else { return ["title": .string(title)] }
        return [
            "title": .string(title), "type": .string(exception.type), "value": .string(exception.value),
            "filename": .string(filename), "function": .string(function),
        ]
    }

    private static func frame(of exception: JSONNode?, in event: WireEvent) -> JSONNode? {
        let frames = event.elements(of: event.member("frames", of: event.member("stacktrace", of: exception)))
        return frames.last { event.bool("in_app", of: $0) == true } ?? frames.last
    }

    /// A synthetic exception carries no information of its own and is named by where it happened.
    private static func names(
        of exception: JSONNode, in event: WireEvent, function: String
    ) -> (type: String, value: String) {
        let isSynthetic = event.bool("synthetic", of: event.member("mechanism", of: exception)) == true
        let type = event.text("type", of: exception) ?? ""
        let value = event.text("value", of: exception) ?? ""
        return isSynthetic && !function.isEmpty ? (type: function, value: "") : (type: type, value: value)
    }

    private static func title(_ exception: (type: String, value: String)?, message: String) -> String {
        let parts = exception.map { [$0.type, firstLine($0.value)] } ?? [firstLine(message)]
        let title = parts.filter { !$0.isEmpty }.joined(separator: ": ")
        return title.isEmpty ? "<unlabeled event>" : title
    }

    private static func culprit(_ frame: JSONNode?, in event: WireEvent) -> String {
        guard let place = event.text("module", of: frame) ?? event.text("filename", of: frame) else { return "" }
        return event.text("function", of: frame).map { "\(place) in \($0)" } ?? place
    }

    private static func firstLine(_ text: String) -> String {
        String(text.split(maxSplits: 1, whereSeparator: \.isNewline).first?.prefix(100) ?? "")
    }
}
