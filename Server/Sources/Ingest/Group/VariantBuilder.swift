// Collects what counts of an event in one way to read it.

import Model
import TapeJSON

/// Hashes the parts that count and, if somebody asks why, remembers all of them in words.
struct VariantBuilder {
    private var hasher = GroupingHasher()
    private(set) var hasParts = false
    /// Nil when nobody asks.
    private(set) var parts: [GroupingExplanation.Part]?

    init(explains: Bool) {
        parts = explains ? [] : nil
    }

    var hash: GroupingHash { GroupingHash(hasher.value) }

    /// Adds a part that counts.
    mutating func add(_ kind: StaticString, _ text: Span<UInt8>) {
        hasher.combine(kind)
        hasher.combine(text)
        hasParts = true
        if parts != nil { note(kind, String(text), reason: nil) }
    }

    /// Adds a part that counts.
    mutating func add(_ kind: StaticString, _ text: String) {
        hasher.combine(kind)
        hasher.combine(text)
        hasParts = true
        note(kind, text, reason: nil)
    }

    /// Adds a part whose text has been hashed before.
    mutating func add(_ kind: StaticString, hash: UInt128, _ text: @autoclosure () -> String) {
        hasher.combine(hash)
        hasParts = true
        if parts != nil { note(kind, text(), reason: nil) }
    }

    /// Marks where a list of parts begins, so that parts of one do not pass for parts of the next.
    mutating func begin(_ kind: StaticString, _ text: @autoclosure () -> String = "") {
        hasher.combine(kind)
        if parts != nil { note(kind, text(), reason: nil) }
    }

    /// Remembers a part that does not count.
    mutating func ignore(
        _ kind: StaticString, _ text: @autoclosure () -> String, _ reason: @autoclosure () -> String
    ) {
        guard parts != nil else { return }
        note(kind, text(), reason: reason())
    }

    private mutating func note(_ kind: StaticString, _ text: String, reason: String?) {
        parts?.append(GroupingExplanation.Part(kind: kind.description, text: text, reason: reason))
    }
}

extension String {
    /// The text of a span of UTF-8.
    init(_ text: Span<UInt8>) {
        self = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
