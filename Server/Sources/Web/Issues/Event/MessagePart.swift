// The message that the app logged, with its template and parameters.

import TapeJSON

/// What the app said.
struct MessagePart: View {
    /// The whole text.
    let formatted: String
    /// The text before its parameters were put in; empty when it has none.
    let template: String
    let parameters: PairList

    /// Nil when the event has no message.
    init?(_ event: EventDocument) {
        let entry = event.member("logentry", of: event.root) ?? event.member("message", of: event.root)
        guard let entry else { return nil }
        let limit = EventDocument.maximumMessageLength
        guard event.json.kind(entry) == .object else {
            self.init(formatted: event.text(entry, limit: limit).shown, template: "", parameters: PairList())
            return
        }
        let message = event.string("message", of: entry, limit: limit)
        let formatted = event.string("formatted", of: entry, limit: limit)
        self.init(
            formatted: formatted.isEmpty ? message : formatted, template: message,
            parameters: event.pairs("params", of: entry))
    }

    private init?(formatted: String, template: String, parameters: PairList) {
        guard !formatted.isEmpty else { return nil }
        self.formatted = formatted
        self.template = template == formatted ? "" : template
        self.parameters = parameters
    }

    func child(named name: String) -> Any? {
        switch name {
        case "formatted": formatted
        case "template": optional(template)
        case "parameters": parameters.isEmpty ? false : parameters
        default: false
        }
    }
}
