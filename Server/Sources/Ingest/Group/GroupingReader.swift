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
        draft(of: json).map { rules.version.explanation($0) }
    }

    /// The hashes of an event; nil when its JSON cannot be read.
    public func hashes(of json: [UInt8]) -> [GroupingHash]? {
        draft(of: json).map { draft in
            var draft = draft
            GroupingVersion.apply(&draft)
            return draft.hashes
        }
    }

    /// A stored event as it would be recorded now, without its body; nil when its JSON cannot be read.
    public func event(_ summary: EventSummary, json: [UInt8]) -> GroupedEvent? {
        draft(of: json).map { draft in
            var draft = draft
            Titles.apply(&draft)
            GroupingVersion.apply(&draft)
            return GroupedEvent(
                id: summary.id, project: summary.project, key: 0, type: draft.type,
                timestamp: summary.timestamp, receivedAt: summary.receivedAt, level: draft.level,
                platform: draft.platform, facts: draft.facts, tags: draft.tags,
                user: draft.document["user"].flatMap { draft.digest(of: $0) }, hashes: draft.hashes,
                earlierHashes: draft.earlierHashes, body: [], bodySize: 0)
        }
    }

    /// Who was affected by an event; nil when nobody is named.
    public func user(of json: [UInt8]) -> UserDigest? {
        draft(of: json).flatMap { draft in draft.document["user"].flatMap { draft.digest(of: $0) } }
    }

    /// What an event looks like; nil when its JSON cannot be read.
    public func sketch(of json: [UInt8]) -> IssueSketch? {
        draft(of: json).map { Shingles($0).sketch }
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
    mutating func restore() {
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
