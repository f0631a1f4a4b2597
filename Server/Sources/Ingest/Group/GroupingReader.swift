// Groups stored events once more: to say why, or to see what other rules would do.

import FlycatcherWire
public import Model
import TapeJSON

/// Reads normalised events as the store keeps them.
public struct GroupingReader: Sendable {
    private let rules: GroupingRules

    /// Takes the rules to group by.
    public init(_ rules: GroupingRules = .builtIn) {
        self.rules = rules
    }

    /// Why an event is grouped as it is; nil when its JSON cannot be read.
    public func explanation(of json: [UInt8]) -> GroupingExplanation? {
        draft(of: json).map { GroupingV1.explanation(of: $0) }
    }

    /// The hashes of an event; nil when its JSON cannot be read.
    public func hashes(of json: [UInt8]) -> [GroupingHash]? {
        draft(of: json).map { draft in
            var draft = draft
            GroupingV1.apply(&draft)
            return draft.hashes
        }
    }

    /// The event as it was when the pipeline came to group it.
    private func draft(of json: [UInt8]) -> EventDraft? {
        let arrival = Arrival(
            project: ProjectID(0), key: 0, receivedAt: Timestamp(microseconds: 0), endpoint: .envelope,
            rules: rules)
        // Whoever asks about an event that cannot be read gets no answer; its page says that it cannot be read.
        guard var draft = try? EventDraft(json, arrival) else { return nil }
        draft.restore()
        Rules.apply(&draft)
        return draft
    }
}

extension EventDraft {
    /// Finds out again what the steps before grouping found out, of a document that they have left as they want it.
    fileprivate mutating func restore() {
        exceptions = values("exception")
        type = text("type").flatMap { EventType(rawValue: $0) } ?? .error
        level = text("level").flatMap { Level(lenient: $0) } ?? .error
        platform = text("platform") ?? "other"
        guard let list = document["tags"] else { return }
        tags = document.children(of: list).compactMap { child in
            let pair = Array(document.children(of: child)).compactMap { document.string($0) }
            return pair.count == 2 ? Tag(pair[0], pair[1]) : nil
        }
    }
}
