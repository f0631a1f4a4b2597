// Tests that nothing of a person is left anywhere in the data folder.

import FlycatcherWire
import Foundation
import Model
import SQLiteStorage
import Testing

@testable import FlycatcherServer

@Suite struct ErasureTests {
    private let server: TestServer

    init() async throws {
        server = try await TestServer()
    }

    private var store: any Store { server.temporary.store }
    private var installation: Installation {
        get throws {
            let configuration = try Configuration(options: [.data: server.temporary.folder])
            return Installation(configuration, store: store)
        }
    }

    /// An e-mail address in every place in which an app may put it.
    private static let planted = [
        #"{"message":"no. 1","user":{"email":"jo@example.org"}}"#,
        #"{"message":"no. 2","user":{"id":"7","email":"Jo@Example.org","ip_address":"192.0.2.7"}}"#,
        #"{"message":"jo@example.org was not found"}"#,
        #"{"message":"no. 4","tags":{"customer":"jo@example.org"}}"#,
        #"{"message":"no. 5","extra":{"deep":[{"a":{"b":"mail to jo@example.org failed"}}]}}"#,
        #"{"message":"no. 6","breadcrumbs":[{"message":"sent to jo\u0040example.org"}]}"#,
        #"{"message":"no. 7","request":{"url":"https://shop.example/?to=jo%40example.org"}}"#,
        #"{"message":"no. 8","transaction":"/users/jo@example.org"}"#,
        #"{"message":"no. 9","extra":{"jo@example.org":1}}"#,
        #"{"exception":{"values":[{"type":"E","value":"jo@example.org","stacktrace":{"frames":[{"vars":{"x":"'jo@example.org'"}}]}}]}}"#,
    ]

    private static let others = [
        #"{"message":"other","user":{"email":"lee@example.org","id":"42"}}"#,
        #"{"message":"no. 1","user":{"email":"kim@example.org"},"tags":{"customer":"kim@example.org"}}"#,
    ]

    private func plant() async throws {
        for json in Self.planted + Self.others { try await server.capture(json) }
    }

    private func send(_ type: String, _ payload: String) async throws {
        let reply = try await server.post(
            "/api/\(server.project.id)/envelope/?sentry_key=\(server.key.publicKey)",
            "{\"event_id\":\"\(EventID())\"}\n{\"type\":\"\(type)\"}\n\(payload)")
        #expect(reply.status == 200, "\(reply)")
    }

    /// The names of files that hold the bytes.
    private func files(with text: String) throws -> [String] {
        let folder = server.temporary.folder
        return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return false }
            return String(decoding: data, as: UTF8.self).lowercased().contains(text)
        }
    }

    @Test func `an e-mail address is nowhere in the data folder afterwards`() async throws {
        try await plant()
        let trait = try #require(PersonalTrait(email: "jo@example.org"))
        #expect(try !files(with: "jo@example.org").isEmpty, "nothing was planted in the clear")

        let trial = try await installation.erase(trait, inProject: nil, isTrial: true)
        #expect(trial.events == Self.planted.count)
        #expect(try await store.totals().events == 12)
        let receipt = try await installation.erase(trait, inProject: nil, isTrial: false)

        #expect(receipt.events == Self.planted.count)
        #expect(receipt.traces > 3)
        #expect(try await store.totals().events == 2)
        try await store.close()
        try DatabaseFile(folder: server.temporary.folder).compact()
        let left = try files(with: "jo@example.org")
        #expect(left.isEmpty, "\(left)")
        #expect(try files(with: "jo%40example.org").isEmpty)
    }

    @Test func `feedback, transactions and logs of a person go too`() async throws {
        let own = [
            #"{"contexts":{"feedback":{"message":"call me","contact_email":"jo@example.org"}}}"#,
            #"{"contexts":{"feedback":{"message":"I am jo@example.org"}}}"#,
            #"{"contexts":{"feedback":{"message":"it broke"}},"user":{"email":"jo@example.org"}}"#,
        ]
        let others = [#"{"contexts":{"feedback":{"message":"fine","contact_email":"lee@example.org"}}}"#]
        for json in own + others { try await send("feedback", json) }
        let trace = #""trace_id":"771a43a4192642f0b136d5159a501700""#
        try await send(
            "transaction",
            #"""
            {"type":"transaction","transaction":"GET /","start_timestamp":1772359200,"timestamp":1772359201,\#
            "contexts":{"trace":{\#(trace),"span_id":"a0fa8803753e40fd"}},"user":{"email":"jo@example.org"}}
            """#)
        try await send(
            "log",
            #"""
            {"items":[{"timestamp":1772359200,\#(trace),"level":"info","body":"hello",\#
            "attributes":{"user.id":{"value":"7","type":"string"},"user.email":{"value":"jo@example.org","type":"string"}}}]}
            """#)
        let email = try #require(PersonalTrait(email: "jo@example.org"))

        let trial = try await installation.erase(email, inProject: nil, isTrial: true)
        let byID = try await installation.erase(
            try #require(PersonalTrait(userID: "7")), inProject: nil, isTrial: true)
        let receipt = try await installation.erase(email, inProject: nil, isTrial: false)

        #expect(trial.records == 5)
        #expect(byID.records == 1)
        #expect(receipt.records == 5)
        #expect(
            try await store.feedback(of: nil, before: .now, limit: 9).map(\.draft.email) == [
                "lee@example.org"
            ])
        try await store.close()
        try DatabaseFile(folder: server.temporary.folder).compact()
        #expect(try files(with: "jo@example.org").isEmpty)
    }

    @Test func `others stay as they were`() async throws {
        try await plant()
        let trait = try #require(PersonalTrait(email: "jo@example.org"))

        _ = try await installation.erase(trait, inProject: nil, isTrial: false)
        let again = try await installation.erase(trait, inProject: nil, isTrial: false)

        #expect(again == ErasureTally())
        let issues = try await store.issues(IssueQuery()).issues
        #expect(issues.contains { $0.facts.type == "other" && $0.userCount == 1 })
        let shared = try #require(issues.first { $0.facts.type.hasPrefix("no.") && $0.eventCount > 1 })
        let tags = try await store.tagFacets(of: shared.id, valueLimit: 10)
        #expect(tags.flatMap(\.values).contains { $0.value == "kim@example.org" })
    }

    @Test func `a user goes by id, and by address`() async throws {
        try await plant()

        let byID = try await installation.erase(
            try #require(PersonalTrait(userID: "42")), inProject: nil, isTrial: false)
        let byAddress = try await installation.erase(
            try #require(PersonalTrait(address: "192.0.2.7")), inProject: "shop-api", isTrial: false)

        #expect((byID.events, byAddress.events) == (1, 1))
        #expect(try await store.totals().events == 10)
    }

    @Test func `only the project that is named is looked through`() async throws {
        try await plant()
        let trait = try #require(PersonalTrait(email: "jo@example.org"))
        _ = try await store.createProject(ProjectDraft(name: "Other"), at: .now)

        #expect(
            try await installation.erase(trait, inProject: "other", isTrial: false) == ErasureTally())
        await #expect(throws: InstallationError.unknownProject("nowhere")) {
            try await installation.erase(trait, inProject: "nowhere", isTrial: false)
        }
    }
}
