// Rules about the client keys of projects.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let keyRules = [
        Rule("a project may have several keys, each with a name and a text of its own", severalKeys),
        Rule("what is changed of a key is kept, what it is known by stays", changedKey),
        Rule("a limit can be taken off again", unlimitedKey),
        Rule("a deleted key is gone", deletedKey),
        Rule("keys of other projects, and keys that are gone, are not found", foreignKeys),
        Rule("every change of a key bumps the version and moves the mark", keyChangesAreTold),
        Rule("a project has no more keys than people can tell apart", boundedKeys),
    ]

    private static func severalKeys(_ store: any Store) async throws {
        let (project, first) = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        let second = try await store.createKey(label: "Website", of: project.id, at: .stub(7))

        #expect(second.label == "Website" && second.project == project.id && second.createdAt == .stub(7))
        #expect(second.isEnabled && second.limit == nil && second.endsAt == nil)
        #expect(second.publicKey.count == 32 && second.publicKey != first.publicKey)
        #expect(try await store.projectKeys() == [first, second])
    }

    private static func changedKey(_ store: any Store) async throws {
        let (project, key) = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())

        let changed = try await store.changeKey(key.id, of: project.id) { key in
            key.label = "Old"
            key.isEnabled = false
            key.endsAt = .stub(9)
            key.limit = KeyLimit(count: 5, windowSeconds: 60)
        }

        #expect(try await store.projectKeys() == [changed])
        #expect(
            changed.publicKey == key.publicKey && changed.id == key.id && changed.createdAt == key.createdAt)
        #expect(changed.label == "Old" && !changed.isEnabled && changed.endsAt == .stub(9))
        #expect(changed.limit?.count == 5 && changed.limit?.windowSeconds == 60)
    }

    private static func unlimitedKey(_ store: any Store) async throws {
        let (project, key) = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        _ = try await store.changeKey(key.id, of: project.id) {
            $0.limit = KeyLimit(count: 0, windowSeconds: 1)
        }
        _ = try await store.changeKey(key.id, of: project.id) { $0.limit = nil }

        #expect(try await store.projectKeys() == [key])
    }

    private static func deletedKey(_ store: any Store) async throws {
        let (project, first) = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        let second = try await store.createKey(label: "Website", of: project.id, at: .stub())
        try await store.deleteKey(first.id, of: project.id)

        #expect(try await store.projectKeys() == [second])
    }

    private static func foreignKeys(_ store: any Store) async throws {
        let (shop, key) = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        let blog = try await store.makeProject("Blog")

        await expectStoreError({ $0 == .missing("key \(key.id)") }) {
            _ = try await store.changeKey(key.id, of: blog.id) { $0.isEnabled = false }
        }
        await expectStoreError({ $0 == .missing("key \(key.id)") }) {
            try await store.deleteKey(key.id, of: blog.id)
        }
        await expectStoreError({ $0 == .missing("project 99") }) {
            _ = try await store.createKey(label: "a", of: ProjectID(99), at: .stub())
        }
        #expect(try await store.projectKeys().first { $0.project == shop.id } == key)
    }

    private static func keyChangesAreTold(_ store: any Store) async throws {
        let project = try await store.makeProject()
        var (version, mark) = (try await store.projectsVersion(), store.projectsMark)
        func expectNews() async throws {
            #expect(try await store.projectsVersion() > version)
            #expect(store.projectsMark != mark)
            (version, mark) = (try await store.projectsVersion(), store.projectsMark)
        }

        let key = try await store.createKey(label: "Website", of: project.id, at: .stub())
        try await expectNews()
        _ = try await store.changeKey(key.id, of: project.id) { $0.isEnabled = false }
        try await expectNews()
        try await store.deleteKey(key.id, of: project.id)
        try await expectNews()
    }

    private static func boundedKeys(_ store: any Store) async throws {
        let project = try await store.makeProject()
        for number in 2...ProjectKey.maximumCount {
            _ = try await store.createKey(label: "\(number)", of: project.id, at: .stub())
        }

        await expectStoreError({ if case .conflict = $0 { true } else { false } }) {
            _ = try await store.createKey(label: "one too many", of: project.id, at: .stub())
        }
    }
}
