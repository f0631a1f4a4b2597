// Tests that what cannot be done is refused before its body is read.

import HTTPTypes
import Hummingbird
import Model
import Testing

@testable import FlycatcherServer

@Suite struct OverloadTests {
    @Test func `while a project's line is full, its requests are refused unread`() async throws {
        let server = try await TestServer()
        let (other, key) = try await server.parts.store.createProject(ProjectDraft(name: "Calm"), at: .now)
        try await server.parts.projects.reload()
        let share = server.parts.fairShare
        for _ in 0..<FairShare.places { _ = await share.enter(server.project.id, byteCount: 1) }
        let line = (0..<FairShare.maximumWaitingOfOne).map { _ in
            Task { [project = server.project.id] in await share.enter(project, byteCount: 1) }
        }
        while share.figures.waiting < FairShare.maximumWaitingOfOne { await Task.yield() }

        // What is no envelope at all is only found out by who reads it.
        let refused = try await server.post(
            "/api/\(server.project.id)/envelope/?sentry_key=\(server.key.publicKey)", "no envelope")
        let taken = try await server.post("/api/\(other.id)/envelope/?sentry_key=\(key.publicKey)", "{}\n")

        #expect(refused.status == 429)
        #expect(refused.headers[.retryAfter] == "5")
        let limits = try #require(HTTPField.Name("X-Sentry-Rate-Limits"))
        #expect(refused.headers[limits] == "5::project:fair_share")
        #expect(taken.status == 200)
        for _ in 0..<(FairShare.places + FairShare.maximumWaitingOfOne) {
            while share.figures.underWay == 0 { await Task.yield() }
            share.leave(server.project.id, byteCount: 1)
        }
        for task in line { #expect(await task.value) }
    }

    @Test func `bodies under way share one room, in which small ones find a place longest`() throws {
        var large = BodyHold()
        try large.grow(to: BodyRoom.bytes)
        var small = BodyHold()
        try small.grow(to: BodyRoom.smallBytes)

        #expect(throws: IntakeError.self) { try small.grow(to: BodyRoom.smallBytes + 1) }
        #expect(BodyRoom.takenBytes >= BodyRoom.bytes)
    }
}
