// Proves what tools learn of caller, organisation, projects and a single issue.

import FlycatcherWire
import Model
import TapeJSON
import Testing

@testable import API

struct DirectoryTests {
    private let store = MemoryStore(
        allProjects: [.stub(), .stub(2, slug: "blog", firstEventAt: nil)], allIssues: [.stub()])

    @Test func `the root tells who asks and what they may do`() async throws {
        let user = User(id: UserID(4), email: "ada@example.com", role: .owner, createdAt: .noon)
        let api = WebAPI(store: store, publicURL: "https://errors.example.com")
        let request = APIRequest(method: "GET", path: "", user: user, scopes: ["org:read"], now: .noon)

        let answer = try Answer(await api.answer(request))

        #expect(answer.text("version") == "0")
        #expect(answer.json("auth") == #"{"scopes":["org:read"]}"#)
        #expect(answer.json("user") == #"{"id":"4","email":"ada@example.com"}"#)
        #expect(try await store.get("").kind("user") == .null)
    }

    @Test(arguments: [
        ("id", JSONKind.string), ("slug", .string), ("name", .string), ("dateCreated", .string),
        ("isEarlyAdopter", .bool), ("require2FA", .bool), ("requireEmailVerification", .bool),
        ("features", .array), ("status.id", .string), ("status.name", .string),
        ("avatar.avatarType", .string),
        ("links.organizationUrl", .string), ("links.regionUrl", .string),
    ])
    func `an organisation has what strict clients insist on`(member: String, kind: JSONKind) async throws {
        #expect(try await store.get("organizations/").kind("0.\(member)") == kind)
        #expect(try await store.get("organizations/1/").kind(member) == kind)
    }

    @Test(arguments: [
        ("id", JSONKind.string), ("slug", .string), ("name", .string), ("platform", .string),
        ("dateCreated", .string), ("hasAccess", .bool), ("isBookmarked", .bool), ("isMember", .bool),
        ("environments", .array), ("team.id", .string), ("team.name", .string), ("team.slug", .string),
        ("teams.0.id", .string), ("features", .array), ("firstEvent", .string), ("hasSessions", .bool),
        ("latestRelease", .null),
    ])
    func `a project has what strict clients insist on`(member: String, kind: JSONKind) async throws {
        #expect(try await store.get("organizations/flycatcher/projects/").kind("0.\(member)") == kind)
        #expect(try await store.get("projects/flycatcher/shop/").kind(member) == kind)
    }

    @Test func `all projects are listed`() async throws {
        let answer = try await store.get("organizations/flycatcher/projects/")

        #expect(answer.column("slug") == ["shop", "blog"])
        #expect(answer.kind("1.firstEvent") == .null)
    }

    @Test(arguments: [
        ("id", JSONKind.string), ("count", .string), ("activity", .array), ("seenBy", .array),
        ("participants", .array), ("userReportCount", .number), ("tags", .array), ("firstRelease", .null),
        ("lastRelease", .null), ("stats.30d", .array),
    ])
    func `an issue in full has the members of the list and more`(member: String, kind: JSONKind) async throws
    {
        for name in ["7", "SHOP-7", "shop-7"] {
            #expect(try await store.get("organizations/flycatcher/issues/\(name)/").kind(member) == kind)
        }
    }

    @Test func `an issue tells its tags and releases`() async throws {
        let early = TagCount(
            value: "shop@1.0", count: 2, firstSeen: .noon(minus: 9), lastSeen: .noon(minus: 8))
        let late = TagCount(value: "shop@1.1", count: 9, firstSeen: .noon(minus: 7), lastSeen: .noon)
        var store = store
        store.facets = [TagFacet(key: "release", total: 11, valueCount: 2, values: [late, early])]

        let issue = try await store.get("organizations/flycatcher/issues/7/")
        let tags = try await store.get("organizations/flycatcher/issues/7/tags/")
        let tag = try await store.get("organizations/flycatcher/issues/7/tags/release/")

        #expect(issue.text("firstRelease.version") == "shop@1.0")
        #expect(issue.text("lastRelease.shortVersion") == "1.1")
        #expect(issue.json("tags.0.totalValues") == "11")
        #expect(tags.json("0.uniqueValues") == "2")
        #expect(tag.text("topValues.0.value") == "shop@1.1")
        #expect(tag.json("topValues.0.count") == "9")
    }

    @Test func `releases are left open when not all were read`() async throws {
        let some = TagCount(value: "1.0", count: 2, firstSeen: .noon, lastSeen: .noon)
        var store = store
        store.facets = [TagFacet(key: "release", total: 500, valueCount: 300, values: [some])]

        #expect(try await store.get("organizations/flycatcher/issues/7/").kind("firstRelease") == .null)
    }

    @Test func `a short id leads to its issue`() async throws {
        let answer = try await store.get("organizations/flycatcher/shortids/shop-7/")

        #expect(answer.text("groupId") == "7")
        #expect(answer.text("shortId") == "SHOP-7")
        #expect(answer.text("group.id") == "7")
    }
}
