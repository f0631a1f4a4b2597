// Reads sessions, one by one and added up (protocol section 13).

import FlycatcherWire
public import Model
import TapeJSON

/// Makes session updates and sums of what clients send.
public enum SessionReader {
    /// Entries of one `sessions` item.
    public static let maximumSums = 100
    /// Microseconds for which a session may change.
    private static let lifetime: Int64 = 5 * 86_400 * 1_000_000
    /// More in one minute than any server has, so that sums cannot overflow.
    private static let maximumCount: Int64 = 1_000_000_000

    /// Reads the payload of a `session` item.
    public static func read(_ payload: [UInt8], _ arrival: Arrival) throws(ItemFault) -> SessionUpdate {
        let item = try ItemDocument(payload, arrival, scrubs: false)
        let place = try place(in: item)
        guard let id = item.text("sid", limit: 36).flatMap({ EventID($0) }) else { throw .missing("sid") }
        let startedAt = try start(item.moment("started"), item, arrival)
        let status = item.text("status", limit: 20)?.lowercased() ?? "ok"
        let isFirst = item.member("init").flatMap { item.json.bool($0) } ?? false
        let moment = item.moment("timestamp") ?? arrival.receivedAt
        return SessionUpdate(
            id: id, place: place, startedAt: startedAt,
            state: state(status, errors: item.count("errors") ?? 0),
            hasEnded: ["exited", "crashed", "abnormal", "unhandled"].contains(status),
            sequence: isFirst ? 0 : item.count("seq") ?? moment.microseconds / 1000,
            user: user(in: item, item.root, arrival))
    }

    private static func state(_ status: String, errors: Int64) -> SessionUpdate.State {
        switch status {
        case "crashed": .crashed
        case "abnormal": .abnormal
        case "errored", "unhandled": .errored
        case "exited": errors > 0 ? .errored : .exited
        default: errors > 0 ? .errored : .running
        }
    }

    /// Reads the payload of a `sessions` item; entries beyond ``maximumSums`` are left out.
    ///
    /// - Returns: the sums, and how many entries were left out because they are none or too many.
    public static func readSums(
        _ payload: [UInt8], _ arrival: Arrival
    ) throws(ItemFault) -> (sums: [SessionSum], invalidCount: Int64) {
        let item = try ItemDocument(payload, arrival, scrubs: false)
        let place = try place(in: item)
        guard let entries = item.member("aggregates"), item.json.kind(entries) == .array else {
            throw .missing("aggregates")
        }
        var sums: [SessionSum] = []
        for entry in item.json.children(of: entries).prefix(maximumSums) {
            // One that cannot be read is counted below.
            guard let startedAt = try? start(item.moment("started", of: entry), item, arrival) else {
                continue
            }
            func count(_ key: JSONKey) -> Int64 { min(item.count(key, of: entry) ?? 0, maximumCount) }
            let counts = SessionCounts(
                exited: count("exited"), errored: count("errored"), abnormal: count("abnormal"),
                crashed: count("crashed"))
            sums.append(
                SessionSum(
                    place: place, startedAt: startedAt, counts: counts, user: user(in: item, entry, arrival)))
        }
        return (sums, Int64(item.json.count(entries) - sums.count))
    }

    private static func place(in item: ItemDocument) throws(ItemFault) -> ReleasePlace {
        guard let attributes = item.member("attrs"),
            let release = item.text("release", of: attributes, limit: Limit.release)
        else { throw .missing("release") }
        return ReleasePlace(
            release: release,
            environment: item.text("environment", of: attributes, limit: Limit.environment) ?? "production")
    }

    /// When it began; a moment that is still to come is now.
    private static func start(
        _ moment: Timestamp?, _ item: ItemDocument, _ arrival: Arrival
    ) throws(ItemFault) -> Timestamp {
        guard let moment = item.corrected(moment) else { throw .missing("started") }
        guard moment > arrival.receivedAt.advanced(byMicroseconds: -lifetime) else { throw .tooOld }
        return min(moment, arrival.receivedAt)
    }

    private static func user(in item: ItemDocument, _ object: JSONNode, _ arrival: Arrival) -> UserDigest? {
        guard let name = item.text("did", of: object, limit: 200) else { return nil }
        var hasher = GroupingHasher()
        hasher.combine("did")
        hasher.combine(arrival.project.description)
        hasher.combine(name)
        return UserDigest(UInt64(truncatingIfNeeded: hasher.value ^ hasher.value >> 64))
    }
}
