// A package's manifest, read as text: its targets and what they depend on.

import Foundation

/// The targets that a `Package.swift` declares.
struct PackageManifest {
    /// A product of another package, and the trait without which it is not used.
    struct Product {
        let name: String
        let package: String
        let trait: String?
    }

    struct Target {
        let kind: String
        let name: String
        /// Modules of this package.
        let modules: [String]
        /// Products of other packages.
        let products: [Product]
    }

    let targets: [Target]

    init(path: String) throws {
        let text = try House.text(of: path)
        targets = text.matches(of: /\.(target|executableTarget|systemLibrary|testTarget|macro|plugin)\(/)
            .compactMap {
                Self.target(kind: String($0.1), arguments: Self.balanced(text[$0.range.upperBound...]))
            }
    }

    /// The targets that are neither tests nor there for tests.
    var sources: [Target] {
        targets.filter { $0.kind != "testTarget" }
    }

    private static func target(kind: String, arguments: Substring) -> Target? {
        guard let name = arguments.firstMatch(of: /name:\s*"([^"]+)"/)?.1 else { return nil }
        let dependencies = list(after: "dependencies:", in: arguments)
        let product =
            /\.product\(\s*name:\s*"([^"]+)",\s*package:\s*"([^"]+)"(?:,\s*condition:\s*\.when\(traits:\s*\["(\w+)"\]\))?\s*\)/
        let products = dependencies.matches(of: product).map {
            Product(name: String($0.1), package: String($0.2), trait: $0.3.map { String($0) })
        }
        let bare = dependencies.replacing(product, with: "")
        let modules = bare.matches(of: /"([^"]+)"/).map { String($0.1) }
        let isForTests = arguments.contains("path: \"Tests/")
        return Target(
            kind: isForTests ? "testTarget" : kind, name: String(name), modules: modules, products: products)
    }

    /// The text of a list argument; empty when there is no such argument.
    private static func list(after label: String, in arguments: Substring) -> Substring {
        guard let start = arguments.range(of: label)?.upperBound,
            let open = arguments[start...].firstIndex(of: "[")
        else { return "" }
        return balanced(arguments[open...].dropFirst())
    }

    /// The text up to the parenthesis or bracket that closes the one before it.
    private static func balanced(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if "([".contains(text[index]) { depth += 1 }
            if ")]".contains(text[index]) { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }
}

extension PackageManifest.Target {
    /// Everything the target depends on, by name.
    var dependencies: Set<String> {
        Set(modules + products.map(\.name))
    }
}
