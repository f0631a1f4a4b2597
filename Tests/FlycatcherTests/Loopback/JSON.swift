// Looking things up in JSON.

import Foundation

/// A JSON value that answers every path, with nothing where it does not lead anywhere.
struct JSON: @unchecked Sendable, CustomStringConvertible {
    // Unchecked: what JSONSerialization returns without its mutable options is never changed.
    private let value: Any?

    private init(value: Any?) {
        self.value = value
    }

    init(_ bytes: [UInt8]) throws {
        value = try JSONSerialization.jsonObject(with: Data(bytes))
    }

    subscript(_ key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }

    subscript(_ index: Int) -> JSON {
        let list = value as? [Any] ?? []
        return JSON(value: list.indices.contains(index) ? list[index] : nil)
    }

    var text: String? { value as? String }
    var number: Double? { (value as? NSNumber)?.doubleValue }
    var bool: Bool? { value as? Bool }
    var isAbsent: Bool { value == nil }
    var list: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }
    var keys: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
    var description: String { value.map { "\($0)" } ?? "nothing" }
}
