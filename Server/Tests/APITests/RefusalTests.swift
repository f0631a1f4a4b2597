// Proves that what cannot be answered is refused with the right status and a reason.

import FlycatcherWire
import Model
import Testing

@testable import API

struct RefusalTests {
    private let store = MemoryStore(allProjects: [.stub()], allIssues: [.stub()], allEvents: [.stub()])
    private static let id = "0000000000000000000000000000000a"

    @Test(arguments: [
        "nothing", "organizations/flycatcher/nothing", "organizations/other/issues",
        "organizations/other/projects", "organizations/other/eventids/\(id)",
        "organizations/flycatcher/issues/8", "organizations/flycatcher/issues/SHOP-8",
        "organizations/flycatcher/issues/%00", "organizations/flycatcher/issues/8/events/latest",
        "organizations/flycatcher/issues/7/events/ffffffffffffffffffffffffffffffff",
        "organizations/flycatcher/issues/7/tags/none",
        "organizations/flycatcher/eventids/ffffffffffffffffffffffffffffffff",
        "projects/flycatcher/other/events/\(id)", "projects/other/shop/events/\(id)",
        "projects/flycatcher/shop/events/ffffffffffffffffffffffffffffffff/json",
    ])
    func `what is not there is a 404 with a detail`(path: String) async throws {
        let answer = try await store.get(path)

        #expect(answer.status == 404)
        #expect(answer.detail?.isEmpty == false)
    }

    @Test(arguments: [
        "sort=trends", "sort=inbox", "limit=0", "limit=x", "cursor=zzz", "cursor=1:2", "statsPeriod=14",
        "statsPeriod=d", "statsPeriod=-1d", "statsPeriod=9999999999999999999d", "statsPeriod=1y",
        "start=yesterday",
        "start=2026-03-01T00:00:00Z&end=2026-02-01T00:00:00Z", "query=level:error", "environment=production",
        "groupStatsPeriod=3d",
    ])
    func `a question that is not understood is a 400 with a detail`(query: String) async throws {
        let answer = try await store.get("organizations/flycatcher/issues/", query)

        #expect(answer.status == 400)
        #expect(answer.detail?.isEmpty == false)
    }

    @Test func `a list of a project that is not there is a 404`() async throws {
        #expect(try await store.get("organizations/flycatcher/issues/", "project=99").status == 404)
    }

    @Test(arguments: ["xyz", "0a", "latest"])
    func `an event id that is none is a 400`(id: String) async throws {
        #expect(try await store.get("organizations/flycatcher/eventids/\(id)/").status == 400)
        #expect(try await store.get("projects/flycatcher/shop/events/\(id)/").status == 400)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "BREW"])
    func `other methods are refused`(method: String) async throws {
        let answer = try await store.get("organizations/flycatcher/issues/", method: method)

        #expect(answer.status == 405)
        #expect(answer.header("Allow") == "GET, HEAD")
    }

    @Test func `a token without the scope is refused`() async throws {
        let issues = try await store.get("organizations/flycatcher/issues/", scopes: ["org:read"])
        let organizations = try await store.get("organizations/", scopes: ["org:read"])

        #expect(issues.status == 403)
        #expect(issues.detail == "the token lacks the scope event:read")
        #expect(organizations.status == 200)
    }

    @Test(arguments: WebAPI.routes.indices.dropFirst())
    func `every route but the root asks for a scope`(index: Int) {
        #expect(WebAPI.routes[index].scope != nil)
    }

    @Test func `a database that is away is a 503 that tells no secrets`() async throws {
        let broken = MemoryStore(failure: .unavailable("disk /data is full"))

        let answer = try await broken.get("organizations/flycatcher/issues/")

        #expect(answer.status == 503)
        #expect(answer.header("Retry-After") == "10")
        #expect(answer.detail == "the database is unavailable, try again later")
        #expect(answer.response.failure == "the database is unavailable: disk /data is full")
    }

    @Test func `a stored event that is no JSON is a 500 and not a crash`() async throws {
        let broken = MemoryStore(allProjects: [.stub()], allEvents: [.stub(json: "{")])

        let answer = try await broken.get("projects/flycatcher/shop/events/\(Self.id)/")

        #expect(answer.status == 500)
        #expect(answer.response.failure?.contains(Self.id) == true)
    }

    @Test func `what a caller sends comes back as text only`() async throws {
        let answer = try await store.get("organizations/%22%7D%0A%1F/issues/")

        #expect(answer.detail == "organization \"}\n\u{1F} not found")
    }
}
