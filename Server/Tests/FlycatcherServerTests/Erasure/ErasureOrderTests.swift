// Tests that orders to forget a person reach their end whatever comes between, attachments included.

import FlycatcherWire
import Foundation
import Logging
import Model
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct ErasureOrderTests {
    private let server: TestServer
    private var store: any Store { server.temporary.store }
    private let person = ErasureSubject(.email, "jo@example.org")

    init() async throws {
        server = try await TestServer()
    }

    private func work(_ rest: @escaping @Sendable (Duration) async throws -> Void = { _ in }) -> ErasureWork {
        ErasureWork(
            store: store, files: server.parts.files, logger: server.parts.logger, now: { .now }, rest: rest)
    }

    private func order() async throws -> ErasureID {
        try await store.addErasure(of: person, in: nil, by: "kim@example.org", at: .now).id
    }

    /// An event with files, by their names.
    private func send(_ json: String, _ files: [(name: String, content: String)]) async throws -> EventID {
        let id = EventID()
        var envelope =
            "{\"event_id\":\"\(id)\"}\n{\"type\":\"event\",\"length\":\(json.utf8.count)}\n\(json)\n"
        for (name, content) in files {
            let length = content.utf8.count
            envelope +=
                "{\"type\":\"attachment\",\"filename\":\"\(name)\",\"length\":\(length)}\n\(content)\n"
        }
        let reply = try await server.post(
            "/api/\(server.project.id)/envelope/?sentry_key=\(server.key.publicKey)", envelope)
        #expect(reply.status == 200, "\(reply)")
        return id
    }

    private func names(of event: EventID) async throws -> [String] {
        try await store.attachments(of: event, in: server.project.id).map(\.file.name.description)
    }

    /// What the files hold that are there.
    private func contents() throws -> Set<String> {
        let folder = server.parts.files.path
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
        return Set(
            paths.compactMap { FileManager.default.contents(atPath: $0) }.map {
                String(decoding: $0, as: UTF8.self)
            }
        )
        .subtracting([""])
    }

    @Test func `attachments go with the events of a person, and those that name them from others`()
        async throws
    {
        let own = try await send(
            #"{"user":{"email":"jo@example.org"}}"#, [("own.txt", "own"), ("shared", "shared")])
        let other = try await send(
            #"{"message":"other"}"#,
            [
                ("log.txt", "sent to Jo@Example.org"), ("jo@example.org.txt", "x"), ("fine", "fine"),
                ("shared", "shared"),
            ])
        let third = try await send(#"{"message":"third"}"#, [("copy", "sent to Jo@Example.org")])
        let id = try await order()

        #expect(try await work().run() == 1)

        #expect(try await store.event(own, in: server.project.id) == nil)
        #expect(try await names(of: own).isEmpty)
        #expect(try await names(of: other) == ["fine", "shared"])
        #expect(try await store.event(third, in: server.project.id) != nil)
        #expect(try await names(of: third).isEmpty)
        #expect(try contents() == ["fine", "shared"])
        let ended = try #require(try await store.erasure(id))
        #expect((ended.tally.events, ended.tally.attachments, ended.end) == (1, 3, .complete))
        #expect(ended.place.round == 2 && ended.subject.text.isEmpty)
    }

    @Test func `a trial counts attachments and removes none`() async throws {
        _ = try await send(#"{"message":"other"}"#, [("log", "to jo@example.org"), ("jo@example.org", "x")])
        let trait = try #require(PersonalTrait(person))

        let tally = try await Erasure(
            store: store, files: server.parts.files, trait: trait, project: nil
        ).trial()

        #expect((tally.attachments, tally.sum) == (2, 2))
        #expect(try await store.usage().whole.files == 2)
    }

    @Test func `an erasure that was stopped anywhere goes on and counts everything once`() async throws {
        struct Stop: Error {}
        for number in 0..<250 {
            try await server.capture(
                number % 2 == 0 ? #"{"message":"to jo@example.org"}"# : #"{"message":"no. \#(number)"}"#)
        }
        _ = try await send(#"{"message":"other"}"#, [("log", "to jo@example.org")])
        let id = try await order()

        // Each third piece of work is the last of its run; a step that finds nothing has two.
        let pieces = Mutex(0)
        var runs = 0
        while try await store.erasure(id)?.end == nil {
            runs += 1
            try #require(runs < 100, "it does not come on")
            do {
                _ = try await work { _ in
                    let count = pieces.withLock { count in
                        count += 1
                        return count
                    }
                    if count % 3 == 0 { throw Stop() }
                }.run()
            } catch is Stop {}
        }

        let tally = try #require(try await store.erasure(id)).tally
        #expect((tally.events, tally.attachments) == (125, 1))
        #expect(runs > 2)
        #expect(try await store.totals().events == 126)
    }

    @Test func `orders are fulfilled one after the other`() async throws {
        try await server.capture(#"{"message":"to jo@example.org"}"#)
        let (first, second) = (try await order(), try await order())

        #expect(try await work().run() == 2)

        #expect(try await store.erasure(first)?.tally.events == 1)
        #expect(try await store.erasure(second)?.tally == ErasureTally())
    }
}
