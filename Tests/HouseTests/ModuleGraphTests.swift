// Proves that modules depend on each other as the architecture says, and keep their borders.

import Foundation
import Testing

struct ModuleGraphTests {
    private let sdk: [PackageManifest.Target]
    private let server: [PackageManifest.Target]

    init() throws {
        sdk = try PackageManifest(path: "Package.swift").sources
        server = try PackageManifest(path: "Server/Package.swift").sources
    }

    @Test func `the graph in the architecture is the one in the manifests`() throws {
        let told = try toldGraph()
        let real = Dictionary((sdk + server).map { ($0.name, $0.dependencies) }) { first, _ in first }

        #expect(Set(told.keys) == Set(real.keys))
        for (name, dependencies) in real {
            #expect(told[name] == dependencies, "module \(name)")
        }
    }

    @Test func `what an app depends on depends on nothing else`() throws {
        let foundation: Set = [
            "TapeJSON", "FlycatcherWire", "CCurl", "CFlycatcher", "Symbols", "Flycatcher",
            "FlycatcherTesting",
        ]

        for target in sdk where foundation.contains(target.name) {
            #expect(target.products.isEmpty, "module \(target.name)")
            #expect(foundation.isSuperset(of: target.modules), "module \(target.name)")
        }
    }

    @Test func `a door to a library is resolved only with its trait`() throws {
        let traits = try House.text(of: "Package.swift").matches(of: /\.trait\(\s*name: "(\w+)"/).map {
            String($0.1)
        }

        #expect(sdk.contains { !$0.products.isEmpty })
        for target in sdk {
            for product in target.products {
                #expect(traits.contains(product.trait ?? ""), "\(target.name) uses \(product.name)")
                #expect(target.name == "Flycatcher\(product.trait ?? "")")
            }
        }
    }

    @Test func `a library from elsewhere is known to one module`() {
        let foreign = server.flatMap { target in
            target.products.filter { $0.package != "flycatcher" }.map {
                (package: $0.package, module: target.name)
            }
        }

        let users = Dictionary(grouping: foreign, by: \.package).mapValues { Set($0.map(\.module)) }

        #expect(users.count >= 6)
        for (package, modules) in users {
            #expect(modules.count == 1, "\(package) is known to \(modules)")
        }
    }

    @Test func `siblings never meet`() {
        let siblings: Set = ["Ingest", "SQLiteStorage", "Web", "API"]

        for target in server where siblings.contains(target.name) {
            #expect(siblings.isDisjoint(with: target.modules), "module \(target.name)")
        }
    }

    /// The rows of the table of modules: name, what it is, what it uses.
    private func toldGraph() throws -> [String: Set<String>] {
        let page = try MarkdownPage(path: "docs/ARCHITECTURE.md")
        let rows = page.tableRows.filter { $0.count == 3 && $0[0].hasPrefix("`") && $0[0].hasSuffix("`") }
        let pairs = rows.map { row in
            (row[0].filter { $0 != "`" }, Set(row[2].matches(of: /`([^`]+)`/).map { String($0.1) }))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
