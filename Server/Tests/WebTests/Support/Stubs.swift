// Valid values, of which a test changes what matters.

import FlycatcherWire
import Model
import Web

extension Timestamp {
    /// 2026-03-01T10:00:00Z, the present of every test.
    static let present = Timestamp(microseconds: 1_772_359_200_000_000)

    func minus(_ seconds: Int64) -> Timestamp {
        advanced(byMicroseconds: -seconds * 1_000_000)
    }
}

extension PageContext {
    static func stub(
        publicURL: String = "http://127.0.0.1:8000", projects: [Project] = [.stub()]
    ) -> PageContext {
        PageContext(
            user: User(id: UserID(1), email: "ana@shop.example", role: .owner, createdAt: .present),
            formToken: "form-token", publicURL: publicURL, projects: projects, now: .present)
    }
}

extension Project {
    static func stub(
        id: Int64 = 1, slug: String = "shop-api", name: String = "Shop API", platform: String = "python",
        firstEventAt: Timestamp? = .present
    ) -> Project {
        Project(
            id: ProjectID(id), slug: slug, name: name, platform: platform, shortPrefix: "SHOP",
            createdAt: Timestamp.present.minus(86_400 * 20), firstEventAt: firstEventAt)
    }
}

extension ProjectKey {
    static func stub(limit: Bool = false) -> ProjectKey {
        ProjectKey(
            id: limit ? 2 : 1, project: ProjectID(1), publicKey: "0123456789abcdef0123456789abcdef",
            label: limit ? "iOS app" : "Default", isEnabled: true, createdAt: .present.minus(86_400),
            limit: limit ? KeyLimit(count: 1000, windowSeconds: 60) : nil,
            endsAt: limit ? Timestamp.present.minus(-3600) : nil)
    }
}

extension EventFacts {
    static func stub(
        type: String = "OrderError", value: String = "saveFailed(id: 17): connection closed",
        culprit: String = "",
        location: String = "Sources/Shop/OrderController.swift:42 in save(_:)"
    ) -> EventFacts {
        EventFacts(type: type, value: value, culprit: culprit, location: location)
    }
}

extension Issue {
    static func stub(
        number: Int64 = 42, facts: EventFacts = .stub(), level: Level = .error, project: String = "shop-api",
        status: IssueStatus = .unresolved, firstSeen: Timestamp = Timestamp.present.minus(86_400 * 12),
        lastSeen: Timestamp = Timestamp.present.minus(120), events: Int64 = 840, users: Int64 = 61,
        isUnhandled: Bool = false
    ) -> Issue {
        Issue(
            id: IssueID(number), shortID: ShortID(prefix: "FLY", number: number), project: ProjectID(1),
            projectSlug: project, facts: facts, level: level, platform: "python", type: .error,
            status: status,
            firstSeen: firstSeen, lastSeen: lastSeen, eventCount: events, userCount: users,
            isUnhandled: isUnhandled)
    }
}

extension StoredEvent {
    static func stub(
        _ json: String, id: EventID = EventID(value: 7), at moment: Timestamp = Timestamp.present.minus(120),
        position: EventPosition = EventPosition(index: 1, count: 1, previous: nil, next: nil)
    ) -> StoredEvent {
        StoredEvent(
            summary: EventSummary(
                id: id, project: ProjectID(1), projectSlug: "shop-api", issue: IssueID(42), timestamp: moment,
                receivedAt: moment),
            json: Array(json.utf8), position: position)
    }
}

/// Makes the HTML of pages; the templates are parsed once for all tests.
enum Rendered {
    static let renderer = Result { try PageRenderer() }

    static func html(_ page: some Page) throws -> String {
        String(decoding: try renderer.get().html(page), as: UTF8.self)
    }

    /// The page of an issue with one event.
    static func issuePage(
        _ json: String, issue: Issue = .stub(), facets: [TagFacet] = [], context: PageContext = .stub()
    ) async throws -> String {
        let store = PageStore(found: [issue], stored: [.stub(json)], facets: facets)
        guard let page = try await IssueDetailPage(issue, event: .latest, store: store, context: context)
        else {
            return ""
        }
        return try html(page)
    }
}
