// Valid values that a test changes where it matters, and ways to ask and to read answers.

import FlycatcherWire
import Model
import TapeJSON

@testable import API

/// The domain's issue, which the testing library's would hide.
typealias Issue = Model.Issue

extension Timestamp {
    /// 2026-03-01T12:00:00Z, the moment of every test.
    static let noon = Timestamp(microseconds: 1_772_366_400_000_000)

    static func noon(minus days: Int64) -> Timestamp {
        noon.advanced(byMicroseconds: -days * 86_400_000_000)
    }
}

extension Project {
    static func stub(_ id: Int64 = 1, slug: String = "shop", firstEventAt: Timestamp? = .noon) -> Project {
        Project(
            id: ProjectID(id), slug: slug, name: slug, platform: "python", shortPrefix: slug.uppercased(),
            createdAt: .noon(minus: 30), firstEventAt: firstEventAt)
    }
}

extension Issue {
    static func stub(
        _ id: Int64 = 7, project: Project = .stub(), title: String = "ValueError",
        status: IssueStatus = .unresolved,
        firstSeen: Timestamp = .noon(minus: 10), lastSeen: Timestamp = .noon, events: Int64 = 12,
        location: String = "shop/cart.py:12 in add"
    ) -> Issue {
        Issue(
            id: IssueID(id), shortID: ShortID(prefix: project.shortPrefix, number: id), project: project.id,
            projectSlug: project.slug,
            facts: EventFacts(type: title, value: "bad", culprit: "cart in add", location: location),
            level: .error, platform: "python", type: .error, status: status, firstSeen: firstSeen,
            lastSeen: lastSeen, eventCount: events, userCount: 3, isUnhandled: true)
    }
}

extension StoredEvent {
    static func stub(
        _ id: UInt128 = 0xA, issue: Issue = .stub(), at timestamp: Timestamp = .noon, json: String = "{}",
        next: EventID? = nil
    ) -> StoredEvent {
        let summary = EventSummary(
            id: EventID(value: id), project: issue.project, projectSlug: issue.projectSlug, issue: issue.id,
            timestamp: timestamp, receivedAt: timestamp)
        let position = EventPosition(index: 1, count: 2, previous: nil, next: next)
        return StoredEvent(summary: summary, json: Array(json.utf8), position: position)
    }
}

extension MemoryStore {
    /// Asks the API under `https://errors.example.com/sub`.
    func get(
        _ path: String, _ query: String = "", method: String = "GET", scopes: Set<String>? = nil
    ) async throws -> Answer {
        let api = WebAPI(store: self, publicURL: "https://errors.example.com/sub/")
        let request = APIRequest(method: method, path: path, query: query, scopes: scopes, now: .noon)
        return try Answer(await api.answer(request))
    }
}

/// An answer whose body has been read as JSON.
struct Answer {
    let response: APIResponse
    let document: JSONDocument

    init(_ response: APIResponse) throws {
        self.response = response
        document = try JSONDocument(parsing: response.body)
    }

    var status: Int { response.status }

    func header(_ name: String) -> String? {
        response.headers.first { $0.name == name }?.value
    }

    var detail: String? { text("detail") }

    /// The value at a path such as `entries.0.type`; nil when there is none.
    func node(_ path: String) -> JSONNode? {
        path.split(separator: ".").reduce(document.root) { (node: JSONNode?, part) in
            guard let node else { return nil }
            if document.kind(node) == .object { return document.member(named: String(part), of: node) }
            guard let index = Int(part) else { return nil }
            return Array(document.children(of: node)).dropFirst(index).first
        }
    }

    func text(_ path: String) -> String? {
        node(path).flatMap { document.string($0) }
    }

    /// The JSON text at a path; nil when there is none.
    func json(_ path: String) -> String? {
        node(path).map { String(decoding: document.serialized($0), as: UTF8.self) }
    }

    /// The kind of the value at a path; nil when there is none.
    func kind(_ path: String) -> JSONKind? {
        node(path).map { document.kind($0) }
    }

    /// A member of each element of a list.
    func column(_ key: String) -> [String] {
        document.children(of: document.root).compactMap { element in
            document.member(named: key, of: element).flatMap { document.string($0) }
        }
    }
}
