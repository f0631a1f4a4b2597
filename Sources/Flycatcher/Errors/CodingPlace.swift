// Where in a document decoding or encoding went wrong, and why.

/// What the coding errors of the standard library know.
struct CodingPlace {
    private let problem: String
    private let path: String
    private let explanation: String

    /// Nil for any other error.
    init?(of error: any Error) {
        switch error {
        case DecodingError.typeMismatch(let type, let context): self.init("typeMismatch(\(type))", context)
        case DecodingError.valueNotFound(let type, let context): self.init("valueNotFound(\(type))", context)
        case DecodingError.keyNotFound(let key, let context):
            self.init("keyNotFound(\(key.stringValue))", context)
        case DecodingError.dataCorrupted(let context): self.init("dataCorrupted", context)
        case EncodingError.invalidValue(let value, let context):
            self.init("invalidValue(\(Swift.type(of: value)))", context.codingPath, context.debugDescription)
        default: return nil
        }
    }

    private init(_ problem: String, _ context: DecodingError.Context) {
        self.init(problem, context.codingPath, context.debugDescription)
    }

    private init(_ problem: String, _ path: [any CodingKey], _ explanation: String) {
        self.problem = problem
        self.path = Self.text(path)
        self.explanation = explanation
    }

    /// The case, the place and the explanation in one line.
    var text: String {
        let place = path.isEmpty ? "" : " at \(path)"
        return explanation.isEmpty ? problem + place : "\(problem)\(place): \(explanation)"
    }

    /// The place, for an exception's mechanism.
    var data: [String: Flycatcher.JSONValue] {
        ["coding_path": .string(path)]
    }

    private static func text(_ path: [any CodingKey]) -> String {
        let steps = path.prefix(WireLimits.entries).map {
            $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)"
        }
        let text = steps.joined()
        return text.hasPrefix(".") ? String(text.dropFirst()) : text
    }
}
