// Rules about projects and their keys.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let projectRules = [
        Rule("a new project has a slug, a prefix and an enabled key", newProject),
        Rule("projects and keys are listed oldest first", listing),
        Rule("slugs and prefixes are made unique by a number", uniqueNames),
        Rule("a prefix is made of the slug's letters, or is PRJ", prefixes),
        Rule("making a project bumps the version", versionGrows),
        Rule("concurrent projects of one name get names of their own", racingProjects),
    ]

    private static func newProject(_ store: any Store) async throws {
        let draft = ProjectDraft(name: "My Web Shop", platform: "python")
        let (project, key) = try await store.createProject(draft, at: .stub(5))

        #expect(project.slug == "my-web-shop")
        #expect(project.name == "My Web Shop")
        #expect(project.platform == "python")
        #expect(project.shortPrefix == "FLY")
        #expect(project.createdAt == .stub(5))
        #expect(project.firstEventAt == nil)
        #expect(key.project == project.id)
        #expect(key.isEnabled)
        #expect(key.publicKey.count == 32)
        #expect(key.publicKey.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }

    private static func listing(_ store: any Store) async throws {
        let (shop, shopKey) = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        let (blog, blogKey) = try await store.createProject(ProjectDraft(name: "Blog"), at: .stub())

        #expect(try await store.projects() == [shop, blog])
        #expect(try await store.projectKeys() == [shopKey, blogKey])
        #expect(shopKey.publicKey != blogKey.publicKey)
    }

    private static func uniqueNames(_ store: any Store) async throws {
        for name in ["First", "Shop", "shop", "SHOP!", "Shopping"] { _ = try await store.makeProject(name) }

        let projects = try await store.projects()
        #expect(projects.map(\.slug) == ["first", "shop", "shop-2", "shop-3", "shopping"])
        #expect(projects.map(\.shortPrefix) == ["FLY", "SHOP", "SHOP2", "SHOP3", "SHOP4"])
    }

    private static func prefixes(_ store: any Store) async throws {
        for name in ["First", "go", "api", "my-app", "2048", "fly", "日本"] {
            _ = try await store.makeProject(name)
        }

        let prefixes = try await store.projects().map(\.shortPrefix)
        #expect(prefixes == ["FLY", "PRJ", "API", "MYAP", "PRJ2", "FLY2", "PROJ"])
    }

    private static func versionGrows(_ store: any Store) async throws {
        let before = try await store.projectsVersion()
        _ = try await store.makeProject()

        #expect(try await store.projectsVersion() > before)
    }

    private static func racingProjects(_ store: any Store) async throws {
        let slugs = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await store.makeProject().slug } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }

        #expect(slugs.count == 20)
        #expect(try await Set(store.projects().map(\.shortPrefix)).count == 20)
    }
}
