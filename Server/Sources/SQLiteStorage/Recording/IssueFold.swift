// Everything that a batch adds to one issue, summed in memory.

import FlycatcherWire
import Model

/// The sums of one issue over one batch.
struct IssueFold {
    let issue: IssueHead
    private(set) var eventCount: Int64 = 0
    /// Of these, those that are counted and not kept whole.
    private(set) var unkeptCount: Int64 = 0
    /// Microseconds.
    private(set) var firstSeen = Int64.max
    /// Microseconds.
    private(set) var lastSeen = Int64.min
    private(set) var isUnhandled = false
    /// The event whose facts the issue is to show; nil when it shows a newer one already.
    private(set) var newest: GroupedEvent?
    private(set) var users: Set<UserDigest> = []
    private(set) var hours: [Int64: Int64] = [:]
    private(set) var tags = TagTally()
    /// The newest moment that is known, in the table or in the batch.
    private var newestMoment: Int64

    init(_ issue: IssueHead) {
        self.issue = issue
        newestMoment = issue.lastSeen
    }

    mutating func add(_ event: GroupedEvent, isKept: Bool = true) {
        eventCount += 1
        if !isKept { unkeptCount += 1 }
        hours[event.timestamp.hour, default: 0] += 1
        addMoved(event)
    }

    /// Adds an event that counts already, together with its hour.
    mutating func addMoved(_ event: GroupedEvent) {
        firstSeen = min(firstSeen, event.timestamp.microseconds)
        lastSeen = max(lastSeen, event.timestamp.microseconds)
        addDetails(of: event)
    }

    /// Adds all but the event itself and its moment.
    mutating func addDetails(of event: GroupedEvent) {
        let moment = event.timestamp.microseconds
        isUnhandled = isUnhandled || event.facts.isHandled == false
        if let user = event.user { users.insert(user) }
        tags.add(event.tags, at: moment)
        // Of events with one moment the one recorded last is the newest.
        if moment >= newestMoment { (newest, newestMoment) = (event, moment) }
    }
}
