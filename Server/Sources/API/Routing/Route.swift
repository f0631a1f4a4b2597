// A path of the API: its pattern, the scope it asks for and the function that answers.

/// One path of the API.
struct Route: Sendable {
    /// Nil for GET and HEAD.
    let method: String?
    let scope: Scope?
    let answer: @Sendable (WebAPI, APICall) async throws -> APIResponse
    private let parts: [Part]

    /// Takes a pattern of parts between slashes; `{name}` stands for any text and gives it that name.
    init(
        _ pattern: String, method: String? = nil, scope: Scope?,
        answer: @escaping @Sendable (WebAPI, APICall) async throws -> APIResponse
    ) {
        self.method = method
        self.scope = scope
        self.answer = answer
        parts = pattern.split(separator: "/").map { part in
            part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// Whether it answers a method.
    func takes(_ method: String) -> Bool {
        self.method.map { $0 == method } ?? (method == "GET" || method == "HEAD")
    }

    /// What the parameters of the pattern stand for in a path; nil when the path has another form.
    func parameters(in path: [String]) -> [String: String]? {
        guard path.count == parts.count else { return nil }
        var found: [String: String] = [:]
        for (part, text) in zip(parts, path) {
            switch part {
            case .literal(let literal): guard literal == text else { return nil }
            case .parameter(let name): found[name] = text
            }
        }
        return found
    }

    private enum Part {
        case literal(String)
        case parameter(String)
    }
}

/// A request together with what its path names.
struct APICall: Sendable {
    let request: APIRequest
    let parameters: [String: String]

    /// The text that stands for a parameter of the route's pattern.
    subscript(name: String) -> String {
        parameters[name, default: ""]
    }
}
