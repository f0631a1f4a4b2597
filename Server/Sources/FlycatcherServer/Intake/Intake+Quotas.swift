// Where quotas are asked on the way in: before a body is read, and for each item.

import Ingest
import Model

extension Intake {
    /// Refuses a request unread when everything of its key is refused, or everything of the one category it can bring,
    /// and when there is more to do than can be done.
    ///
    /// - Parameter wait: nanoseconds for which the request stood in line.
    func refuseUnread(
        _ entry: ProjectEntry, category: String? = nil, after wait: UInt64
    ) throws(IntakeError) {
        guard disk.stage < .refusing else { throw .rateLimited([.diskFull]) }
        guard congestion.admits(entry.project.id, afterWaiting: wait) else {
            throw .rateLimited([.overload])
        }
        guard fairShare.hasRoom(for: entry.project.id) else { throw .rateLimited([.fairShare]) }
        let limits =
            category.map { quotas.limits(on: $0, from: entry) } ?? quotas.limitsOnEverything(from: entry)
        guard limits.isEmpty else { throw .rateLimited(limits) }
    }

    /// Whether an item may come in; it counts then, and is counted as refused otherwise.
    ///
    /// What clients say about their own losses is not limited, and attachments share the fate of their event.
    func mayTake(_ type: String, _ arrival: Arrival, _ visit: inout IntakeVisit) -> Bool {
        guard type != "client_report", let entry = visit.entry else { return true }
        let category = IntakeLimits.category(ofItem: type)
        let limits =
            visit.eventLimits(on: type) ?? diskLimits(on: type) ?? quotas.admit(category, from: entry)
        guard let first = limits.first else { return true }
        if type == "event" { visit.limitsOnEvent = limits }
        for limit in limits where !visit.limits.contains(limit) { visit.limits.append(limit) }
        count(Outcome(.rateLimited, category: category, reason: first.reason), arrival, &visit.reading)
        return false
    }

    /// The limits that the disk sets; nil while it has room.
    private func diskLimits(on type: String) -> [RateLimit]? {
        switch disk.stage {
        case .ample: nil
        case .withoutAttachments, .essentials: type == "attachment" ? [.noRoomForAttachments] : nil
        case .refusing: [.diskFull]
        }
    }
}

extension RateLimit {
    /// The disk is all but full: nothing is taken.
    static let diskFull = RateLimit(seconds: DiskGuard.backoff, scope: "organization", reason: "disk_full")

    /// The disk fills up: events are taken without what they bring along.
    static let noRoomForAttachments = RateLimit(
        seconds: DiskGuard.backoff, categories: ["attachment"], scope: "organization", reason: "disk_space")

    /// A project has more under way than its share of a busy server.
    static let fairShare = RateLimit(seconds: 5, scope: "project", reason: "fair_share")

    /// More comes than the server can work off.
    static let overload = RateLimit(seconds: 5, scope: "organization", reason: "overload")
}

extension IntakeVisit {
    /// The limits that an attachment meets because its event met them.
    fileprivate func eventLimits(on type: String) -> [RateLimit]? {
        type == "attachment" && !limitsOnEvent.isEmpty ? limitsOnEvent : nil
    }
}
