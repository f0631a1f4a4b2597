// The whole server but for its port: requests go straight into the router.

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Logging
import Model
import Synchronization
import Testing

@testable import FlycatcherServer

/// A server on a temporary store, with one project and, once asked for, someone who is signed in.
final class TestServer: Sendable {
    let temporary: TemporaryStore
    let parts: Composition
    let project: Project
    let key: ProjectKey
    private let responder: Doorstep

    /// - Parameter tellsItself: whether the project is told of the server's own errors.
    init(
        options: [Setting: String] = [:],
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, tellsItself: Bool = false,
        now: @escaping @Sendable () -> Timestamp = { .now }
    ) async throws {
        temporary = try TemporaryStore()
        let store = temporary.store
        let configuration = try Configuration(
            options: options.merging([.data: temporary.folder]) { given, _ in given })
        let accounts = Accounts(store: store, passwords: PasswordHasher(cost: .cheap), now: now)
        let installation = Installation(configuration, store: store, accounts: accounts)
        (project, key) = try await store.createProject(ProjectDraft(name: "Shop API"), at: now())
        parts = try Composition(
            installation, logger: logger, ownProject: tellsItself ? project.id : nil)
        try await parts.projects.reload()
        responder = parts.responder()
    }

    /// Makes a user with the password `correct horse`.
    func makeUser(_ email: String = "jo@example.org", role: Role = .owner) async throws -> User {
        let address = try #require(EmailAddress(email))
        return try await parts.accounts.createUser(
            email: address, role: role, password: Password("correct horse"))
    }

    func get(_ path: String, _ headers: HTTPFields = [:], peer: String? = "127.0.0.1") async throws -> Reply {
        try await send(.get, path, headers, "", peer: peer)
    }

    func post(
        _ path: String, _ body: String, _ headers: HTTPFields = [:], peer: String? = "127.0.0.1"
    ) async throws -> Reply {
        try await send(.post, path, headers, body, peer: peer)
    }

    /// Stores an event and gives its id.
    @discardableResult
    func capture(_ json: String) async throws -> EventID {
        let reply = try await post("/api/\(project.id)/store/?sentry_key=\(key.publicKey)", json)
        return try #require(EventID(reply.body.dropFirst(7).prefix(32)), "\(reply)")
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], _ body: String = "",
        peer: String? = "127.0.0.1"
    ) async throws -> Reply {
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "test", path: path, headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
        var logger = parts.logger
        logger[metadataKey: "hb.request.id"] = "test"
        let context = FlycatcherRequestContext(source: TestSource(logger: logger), peerAddress: peer)
        let response = try await responder.respond(to: request, context: context)
        let collected = CollectedBody()
        try await response.body.write(CollectingWriter(body: collected))
        return Reply(status: response.status.code, headers: response.headers, body: collected.text)
    }
}

/// What came back.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String

    var location: String? { headers[.location] }

    /// The token of the first form on a page.
    var formToken: String {
        get throws {
            let marker = try #require(
                body.firstRange(of: "name=\"form_token\" value=\""), "no form in \(body)")
            return String(body[marker.upperBound...].prefix(64))
        }
    }
}

extension ScryptCost {
    /// So little work that tests do not wait for it.
    static let cheap = ScryptCost(logRounds: 1, blockSize: 1, parallelism: 1)
}

private struct TestSource: RequestContextSource {
    let logger: Logger
}

private final class CollectedBody: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    func append(_ buffer: ByteBuffer) {
        bytes.withLock { $0 += buffer.readableBytesView }
    }
}

private struct CollectingWriter: ResponseBodyWriter {
    let body: CollectedBody

    func write(_ buffer: ByteBuffer) async throws {
        body.append(buffer)
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension TestServer {
    /// Whom the server takes for the client of a request.
    func clientAddress(peer: String, _ headers: HTTPFields) -> String? {
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "test", path: "/", headerFields: headers)
        let context = FlycatcherRequestContext(source: TestSource(logger: parts.logger), peerAddress: peer)
        return parts.clientAddress(of: Request(head: head, body: RequestBody(buffer: ByteBuffer())), context)
    }
}
