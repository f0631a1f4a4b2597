// Valid events for tests, each of which changes only what matters to it.

import Compression
public import FlycatcherWire
public import Model

extension GroupedEvent {
    /// A valid event; a new one each time.
    public static func stub(
        id: EventID = EventID(), project: ProjectID = ProjectID(1), key: Int64 = 1, type: EventType = .error,
        timestamp: Timestamp = .stub(), receivedAt: Timestamp? = nil, level: Level = .error,
        facts: EventFacts = EventFacts(type: "ValueError", value: "bad value", culprit: "app.views in index"),
        tags: [Tag] = [], user: UserDigest? = nil, hashes: [UInt128] = [1],
        earlierHashes: [UInt128] = [],
        json: String = #"{"platform":"python"}"#, body: [UInt8]? = nil, startsArchived: Bool = false
    ) -> GroupedEvent {
        GroupedEvent(
            id: id, project: project, key: key, type: type, timestamp: timestamp,
            receivedAt: receivedAt ?? timestamp, level: level, platform: "python", facts: facts, tags: tags,
            user: user, hashes: hashes.map { GroupingHash($0) },
            earlierHashes: earlierHashes.map { GroupingHash($0) },
            body: body ?? Zstd.compress(Array(json.utf8)),
            bodySize: json.utf8.count, startsArchived: startsArchived)
    }
}

extension Timestamp {
    /// 2026-03-01T10:00:00Z and this many seconds.
    public static func stub(_ seconds: Int64 = 0) -> Timestamp {
        Timestamp(microseconds: (1_772_359_200 + seconds) * 1_000_000)
    }
}
