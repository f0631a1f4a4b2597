// What an event consists of, in pieces that events which are alike have in common.

import Model
import TapeJSON

/// The frames and words of an event, and the pairs of neighbours among each.
struct Shingles {
    private(set) var stack: Set<UInt64> = []
    private(set) var message: Set<UInt64> = []

    /// Longer stacks and messages say nothing more about what is alike.
    private static let maximumFrames = 100
    private static let maximumWords = 60

    init(_ draft: EventDraft) {
        addFrames(of: draft)
        for exception in draft.exceptions {
            if let type = draft.text("type", of: exception) { addType(type) }
            if let value = draft.text("value", of: exception) { addWords(of: value) }
        }
        if draft.exceptions.isEmpty, let text = draft.message() { addWords(of: text) }
    }

    var sketch: IssueSketch { IssueSketch(stack: stack, message: message) }

    /// The app's own frames where there are any, else all.
    private mutating func addFrames(of draft: EventDraft) {
        var reader = FrameReader(platform: draft.platform)
        let owners = draft.exceptions.isEmpty ? draft.values("threads") : draft.exceptions
        for owner in owners {
            let frames = StackReading(owner, in: draft, &reader).frames.filter { $0.gap == nil }
            let own = frames.filter(\.isInApp)
            let hashes = (own.isEmpty ? frames : own).suffix(Self.maximumFrames).map {
                UInt64(truncatingIfNeeded: $0.hash)
            }
            Self.add(hashes, to: &stack)
        }
    }

    /// A type says more than any word.
    private mutating func addType(_ type: String) {
        for salt in ["type", "kind", "name"] { message.insert(Self.hash([salt, type])) }
    }

    private mutating func addWords(of text: String) {
        let words = Parameterizer.parameterize(text).lowercased()
            .split { !$0.isLetter && !$0.isNumber && $0 != "<" && $0 != ">" }
            .prefix(Self.maximumWords)
        Self.add(words.map { Self.hash([String($0)]) }, to: &message)
    }

    private static func add(_ hashes: [UInt64], to shingles: inout Set<UInt64>) {
        shingles.formUnion(hashes)
        for (one, next) in zip(hashes, hashes.dropFirst()) { shingles.insert(one &* 31 ^ next) }
    }

    private static func hash(_ texts: [String]) -> UInt64 {
        var hasher = GroupingHasher()
        for text in texts { hasher.combine(text) }
        return UInt64(truncatingIfNeeded: hasher.value)
    }
}
