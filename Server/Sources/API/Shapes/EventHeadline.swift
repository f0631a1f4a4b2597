// What names an event: title, culprit and place, read from the event itself.

import TapeJSON

/// The short facts of one event, by the rules that also name its issue (protocol section 9, end).
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
        let frame = Self.newestFrame(of: event)
        let function = event.text("function", of: frame) ?? ""
        let names = exception.map { Self.names(of: $0, in: event, function: function) }
        self.function = function
        filename = event.text("filename", of: frame) ?? ""
        self.exception = names
        type = event.text("type") ?? (exception == nil ? "default" : "error")
        title = Self.title(names, of: event)
        culprit = Self.firstLine(
            event.text("culprit") ?? event.text("transaction") ?? Self.place(frame, in: event))
    }

    /// The text of an event's message; empty when it has none.
    static func message(of event: WireEvent) -> String {
        let entry = event.member("logentry")
        return event.text("formatted", of: entry) ?? event.text("message", of: entry) ?? event.text("message")
            ?? ""
    }

    var metadata: JSONValue {
        guard let exception else { return ["title": .string(title)] }
        return [
            "title": .string(title), "type": .string(exception.type), "value": .string(exception.value),
            "filename": .string(filename), "function": .string(function),
        ]
    }

    /// The newest frame of the app itself, else the newest; of the newest exception, else of a thread.
    private static func newestFrame(of event: WireEvent) -> JSONNode? {
        let threads = event.values("threads")
        let current = threads.filter {
            event.bool("crashed", of: $0) ?? event.bool("current", of: $0) ?? false
        }
        let owners = event.values("exception").reversed() + current + threads
        let stacks = owners.lazy.map {
            event.elements(of: event.member("frames", of: event.member("stacktrace", of: $0)))
        }
        guard let frames = stacks.first(where: { !$0.isEmpty }) else { return nil }
        return frames.last { event.bool("in_app", of: $0) == true } ?? frames.last
    }

    /// A synthetic exception carries no information of its own and is named by where it happened.
    private static func names(
        of exception: JSONNode, in event: WireEvent, function: String
    ) -> (type: String, value: String) {
        let isSynthetic = event.bool("synthetic", of: event.member("mechanism", of: exception)) == true
        if isSynthetic, !function.isEmpty { return (type: function, value: "") }
        let value = firstLine(event.text("value", of: exception) ?? "", limit: 100)
        return (type: firstLine(event.text("type", of: exception) ?? ""), value: value)
    }

    private static func title(_ exception: (type: String, value: String)?, of event: WireEvent) -> String {
        let parts = exception.map { [$0.type, $0.value] } ?? [firstLine(message(of: event))]
        let title = parts.filter { !$0.isEmpty }.joined(separator: ": ")
        if !title.isEmpty { return title }
        let name = event.text("type") == "transaction" ? event.text("transaction") : nil
        return name ?? "<unlabeled event>"
    }

    private static func place(_ frame: JSONNode?, in event: WireEvent) -> String {
        let module = event.text("module", of: frame) ?? event.text("filename", of: frame)
        return [module, event.text("function", of: frame)].compactMap(\.self).joined(separator: " in ")
    }

    /// The first line that is not blank, cut to so many characters.
    private static func firstLine(_ text: String, limit: Int = 200) -> String {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let line = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return "" }
        return line.count > limit ? line.prefix(limit - 1) + "…" : String(line)
    }
}
