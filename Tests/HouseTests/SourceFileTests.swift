// Proves what every source file owes its reader.

import Foundation
import Testing

struct SourceFileTests {
    private static let sources = ["Sources", "Tests", "Server/Sources", "Server/Tests", "Examples"].flatMap {
        House.files(withExtension: "swift", under: $0)
    }

    @Test func `the first line says what the file is for`() throws {
        #expect(Self.sources.count > 100)

        for path in Self.sources where !path.hasSuffix("Package.swift") {
            let first = try House.text(of: path).prefix { $0 != "\n" }
            #expect(first.hasPrefix("// ") && (first.hasSuffix(".") || first.hasSuffix(":")), "\(path)")
        }
    }

    @Test func `a file fits in the head`() throws {
        for path in Self.sources where path.contains("Sources/") {
            let count = try House.text(of: path).count { $0 == "\n" }
            #expect(count <= 400, "\(path) has \(count) lines")
        }
    }

    @Test func `modules of the server do not know each other's libraries`() throws {
        let homes = [
            "GRDB": "Server/Sources/SQLiteStorage/", "Hummingbird": "Server/Sources/FlycatcherServer/",
            "Mustache": "Server/Sources/Web/", "Crypto": "Server/Sources/FlycatcherServer/",
            "ArgumentParser": "Server/Sources/FlycatcherCLI/",
        ]
        let server = Self.sources.filter { $0.hasPrefix("Server/Sources/") }

        for path in server {
            let imports = try House.text(of: path).matches(of: /\nimport (\w+)/).map { String($0.1) }
            for library in imports {
                guard let home = homes[library] else { continue }
                #expect(path.hasPrefix(home), "\(path) imports \(library)")
            }
        }
    }
}
