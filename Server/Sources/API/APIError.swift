// Why the web API refuses: each reason knows its status and what it tells the caller.

import Model

/// A request that gets no answer, named by what is wrong with it.
enum APIError: Error, Hashable {
    /// No route has this path.
    case unknownPath
    /// The path is right but only read from.
    case methodNotAllowed([String])
    /// Only a token may change something.
    case tokenNeeded
    case missingScope(Scope)
    /// Something named in the path or in a parameter is not there.
    case notFound(String)
    /// A parameter cannot be understood, or asks for what is not offered yet.
    case badRequest(String)
    /// The store cannot be asked just now; the text says why, for the log.
    case unavailable(String)
    /// Something inside the server is wrong; the text says what, for the log.
    case failed(String)

    /// The refusal that follows from any error met while answering.
    init(_ error: any Error) {
        switch error {
        case let error as APIError: self = error
        case StoreError.missing(let what): self = .notFound(what)
        case StoreError.damaged(let what): self = .failed(what)
        case let error as StoreError: self = .unavailable("\(error)")
        default: self = .failed("\(error)")
        }
    }

    var status: Int {
        switch self {
        case .badRequest: 400
        case .missingScope, .tokenNeeded: 403
        case .unknownPath, .notFound: 404
        case .methodNotAllowed: 405
        case .failed: 500
        case .unavailable: 503
        }
    }

    var detail: String {
        switch self {
        case .unknownPath: "this server has no such endpoint"
        case .methodNotAllowed(["GET, HEAD"]): "this endpoint only answers GET"
        case .methodNotAllowed(let methods): "this endpoint only answers \(methods.joined(separator: ", "))"
        case .tokenNeeded: "changes need a token"
        case .missingScope(let scope): "the token lacks the scope \(scope)"
        case .notFound(let what): "\(what) not found"
        case .badRequest(let detail): detail
        case .unavailable: "the database is unavailable, try again later"
        case .failed: "the server failed, its log says why"
        }
    }

    var response: APIResponse {
        let body: JSONValue = ["detail": .string(detail)]
        return APIResponse(status: status, headers: headers, body: body.bytes, failure: failure)
    }

    private var failure: String? {
        switch self {
        case .unavailable(let reason), .failed(let reason): reason
        default: nil
        }
    }

    private var headers: [(name: String, value: String)] {
        switch self {
        case .methodNotAllowed(let methods): [(name: "Allow", value: methods.joined(separator: ", "))]
        case .unavailable: [(name: "Retry-After", value: "10")]
        default: []
        }
    }
}
