// What a call is called, as people of its language say it.

import TapeJSON

/// Names calls.
enum FrameName {
    /// `save`, `Orders.save`, or words for code that has no name.
    static func name(of frame: JSONNode, in event: EventDocument) -> String {
        let name = event.firstText(of: ["function", "raw_function", "symbol", "instruction_addr"], in: frame)
        let own = event.string("platform", of: frame)
        switch own.isEmpty ? event.string("platform", of: event.root) : own {
        case "java": return method(name, ofType: event.string("module", of: frame))
        case "php": return name.isEmpty ? "{main}" : name
        // Clients for JavaScript send a question mark for a function without a name.
        case "javascript", "node": return name.isEmpty || name == "?" ? "(anonymous)" : name
        default: return name.isEmpty ? unknown : name
        }
    }

    /// A method alone says little where each belongs to a type.
    private static func method(_ name: String, ofType module: String) -> String {
        guard !name.isEmpty else { return unknown }
        guard let type = module.split(separator: ".").last else { return name }
        return "\(type).\(name)"
    }

    private static let unknown = "(unknown function)"
}
