// Who goes first, and who goes at all, when much waits.

import Testing

@testable import Flycatcher

@Suite struct BacklogTests {
    struct Ticket: Prioritized, Equatable {
        let priority: Parcel.Priority
        var name = 0

        init(_ priority: Parcel.Priority, _ name: Int = 0) {
            (self.priority, self.name) = (priority, name)
        }
    }

    @Test func `equals keep their order`() {
        var backlog = Backlog<Ticket>()
        for name in 0..<100 { #expect(backlog.append(Ticket(.event, name), capacity: 100) == nil) }

        #expect(drained(&backlog).map(\.name) == Array(0..<100))
    }

    @Test func `full lanes take turns by weight`() {
        var backlog = Backlog<Ticket>()
        for priority in Parcel.Priority.allCases {
            for name in 0..<100 { _ = backlog.append(Ticket(priority, name), capacity: 1000) }
        }

        let first = (0..<140).compactMap { _ in backlog.next()?.job.priority }

        #expect(Parcel.Priority.allCases.map { one in first.count { $0 == one } } == [20, 30, 40, 50])
        #expect(first.first == .event)
    }

    @Test func `a storm of one kind holds another up by a few turns at most`() {
        var backlog = Backlog<Ticket>()
        for name in 0..<900 { _ = backlog.append(Ticket(.event, name), capacity: 1000) }
        for _ in 0..<50 { _ = backlog.next() }
        _ = backlog.append(Ticket(.bulk), capacity: 1000)

        let turns = drained(&backlog).prefix { $0.priority != .bulk }.count

        #expect(turns <= 4)
    }

    @Test func `beyond its capacity the oldest of the lowest priority goes`() {
        var backlog = Backlog<Ticket>()
        for ticket in [Ticket(.bulk, 1), Ticket(.event, 2), Ticket(.bulk, 3)] {
            _ = backlog.append(ticket, capacity: 3)
        }

        #expect(backlog.append(Ticket(.trace, 4), capacity: 3) == Ticket(.bulk, 1))
        #expect(backlog.append(Ticket(.event, 5), capacity: 3) == Ticket(.bulk, 3))
        #expect(backlog.append(Ticket(.event, 6), capacity: 3) == Ticket(.trace, 4))
        #expect(backlog.append(Ticket(.event, 7), capacity: 3) == Ticket(.event, 2))
        #expect(backlog.append(Ticket(.health, 8), capacity: 3) == Ticket(.health, 8))
        #expect(drained(&backlog).map(\.name) == [5, 6, 7])
    }

    @Test func `it knows what waits longest`() {
        var backlog = Backlog<Ticket>()
        for priority in [Parcel.Priority.bulk, .event, .event] {
            _ = backlog.append(Ticket(priority), capacity: 10)
        }
        #expect(backlog.oldestNumber == 1)
        #expect(backlog.lastNumber == 3)

        _ = backlog.next()
        #expect(backlog.oldestNumber == 1)

        while backlog.next() != nil {}
        #expect(backlog.oldestNumber == nil)
        #expect(backlog.count == 0)
    }

    private func drained(_ backlog: inout Backlog<Ticket>) -> [Ticket] {
        var tickets: [Ticket] = []
        while let next = backlog.next() { tickets.append(next.job) }
        return tickets
    }
}
