// Rules about the settings of projects.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let settingsRules = [
        Rule("nothing is set until somebody sets it", unset),
        Rule("settings are kept as they were set", keptSettings),
        Rule("settings of one project are none of another's", separateSettings),
        Rule("changes of different settings at once are all kept", racingSettings),
        Rule("a change of settings bumps the version and moves the mark", settingsAreTold),
        Rule("a project that is not there has no settings", settingsOfNobody),
    ]

    private static func unset(_ store: any Store) async throws {
        _ = try await store.makeProject()

        #expect(try await store.projectSettings().isEmpty)
    }

    private static func keptSettings(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let settings = try await store.changeSettings(of: project.id) { settings in
            settings.scrubbing.isOn = false
            settings.scrubbing.additionalWords = ["badge", "é\"'"]
            settings.scrubbing.safeNames = ["token_count"]
            settings.scrubbing.removesAddresses = true
            settings.allowedOrigins = ["https://*.example.org", "localhost:8080"]
            settings.filters.set(.localhost, to: FilterSetting(isOn: true, action: .archive))
            settings.filters.set(.errorMessage, to: FilterSetting(isOn: true, patterns: ["*{a,b}\n*"]))
        }

        #expect(settings.scrubbing.additionalWords == ["badge", "é\"'"])
        #expect(try await store.projectSettings() == [project.id: settings])
    }

    private static func separateSettings(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject("Shop"), try await store.makeProject("Blog"))
        _ = try await store.changeSettings(of: shop.id) { $0.allowedOrigins = ["shop.example"] }
        _ = try await store.changeSettings(of: blog.id) { $0.allowedOrigins = ["blog.example"] }

        let settings = try await store.projectSettings()
        #expect(settings[shop.id]?.allowedOrigins == ["shop.example"])
        #expect(settings[blog.id]?.allowedOrigins == ["blog.example"])
    }

    private static func racingSettings(_ store: any Store) async throws {
        let project = try await store.makeProject()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for filter in FilterID.allCases {
                group.addTask {
                    _ = try await store.changeSettings(of: project.id) {
                        $0.filters.set(filter, to: FilterSetting(isOn: true, action: .archive))
                    }
                }
            }
            try await group.waitForAll()
        }

        let filters = try await store.projectSettings()[project.id]?.filters
        #expect(FilterID.allCases.allSatisfy { filters?.setting(of: $0, platform: "").action == .archive })
    }

    private static func settingsAreTold(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let (version, mark) = (try await store.projectsVersion(), store.projectsMark)
        _ = try await store.changeSettings(of: project.id) { $0.scrubbing.isOn = false }

        #expect(try await store.projectsVersion() > version)
        #expect(store.projectsMark != mark)
    }

    private static func settingsOfNobody(_ store: any Store) async throws {
        await expectStoreError({ $0 == .missing("project 99") }) {
            _ = try await store.changeSettings(of: ProjectID(99)) { $0.scrubbing.isOn = false }
        }
        #expect(try await store.projectSettings().isEmpty)
    }
}
