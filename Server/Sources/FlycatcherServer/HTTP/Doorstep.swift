// What every request passes before its route is looked for, and every answer on its way out.

import HTTPTypes
import Hummingbird
import Logging

/// Takes the path of the public address off, and gives the request an id that its answer and its log lines bear.
///
/// A proxy may hand paths on as they came, `/errors/issues/`, or without what leads to us, `/issues/`. Both are
/// understood, since no public address may begin like a path of ours.
struct Doorstep: HTTPResponder {
    typealias Context = FlycatcherRequestContext

    let router: RouterResponder<Context>
    /// Of the public address; mostly empty.
    let prefix: String

    func respond(to request: Request, context: Context) async throws -> Response {
        var context = context
        if let given = RequestName(request.headers[.xRequestID]) { context.call(given.text) }
        var response = try await answer(request, context)
        response.headers[.xRequestID] = context.name
        return response
    }

    private func answer(_ request: Request, _ context: Context) async throws -> Response {
        guard !prefix.isEmpty, let path = request.head.path, path.hasPrefix(prefix) else {
            return try await router.respond(to: request, context: context)
        }
        let rest = path.dropFirst(prefix.count)
        guard rest.first == "/" else {
            // `/errors` alone is the start page; `/errorsome` is not ours.
            guard rest.isEmpty || rest.first == "?" else {
                return try await router.respond(to: request, context: context)
            }
            return Response(status: .permanentRedirect, headers: [.location: "\(prefix)/\(rest)"])
        }
        var head = request.head
        head.path = String(rest)
        return try await router.respond(to: Request(head: head, body: request.body), context: context)
    }
}

/// An id that whoever sends a request has given it.
struct RequestName {
    let text: String

    /// Takes what may stand in a log and in a header as it is; nil for anything else.
    init?(_ header: String?) {
        guard let header, (8...128).contains(header.utf8.count),
            header.utf8.allSatisfy({ byte in
                byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
                    || "-_.:+/=".utf8.contains(byte)
            })
        else { return nil }
        text = header
    }
}

extension Composition {
    /// The whole table of routes behind its doorstep.
    func responder() -> Doorstep {
        Doorstep(router: router().buildResponder(), prefix: address.url.path)
    }
}

extension HTTPField.Name {
    /// `X-Request-ID`: what a request is called in logs.
    static let xRequestID = constant("X-Request-ID")
}
