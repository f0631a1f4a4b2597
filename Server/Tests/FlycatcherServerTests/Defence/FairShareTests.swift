// Tests that projects come in turn.

import Model
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct FairShareTests {
    private let share = FairShare { 0 }
    private let loud = ProjectID(1)
    private let calm = ProjectID(2)

    @Test func `one project alone may have all places`() async {
        for _ in 0..<FairShare.places { #expect(await share.enter(loud, byteCount: 1)) }

        #expect(share.figures.underWay == FairShare.places)
    }

    @Test func `with others, each has its share, and a calm one enters at once`() async {
        #expect(await share.enter(calm, byteCount: 1))
        share.leave(calm, byteCount: 1)
        let waiting = Task { [share, loud] in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<100 { group.addTask { _ = await share.enter(loud, byteCount: 1) } }
            }
        }
        await untilWaiting(100 - FairShare.placesOfOne)

        #expect(share.figures.underWay == FairShare.placesOfOne)
        #expect(share.figures.waiting == 100 - FairShare.placesOfOne)
        // Others wait, and still there is a place for it: within one turn.
        async let entered = share.enter(calm, byteCount: 1)
        #expect(await entered)
        share.leave(calm, byteCount: 1)
        for _ in 0..<100 { await leaveWhenThere(loud) }
        await waiting.value
        #expect(share.figures == (0, 0))
    }

    @Test func `places go around`() async {
        let projects = (1...3).map { ProjectID($0) }
        // All places are taken, by a project of which nobody waits.
        let other = ProjectID(9)
        for _ in 0..<FairShare.places { _ = await share.enter(other, byteCount: 1) }
        let order = Order()
        await withTaskGroup(of: Void.self) { group in
            var expected = 0
            for project in projects {
                for _ in 0..<3 {
                    group.addTask { [share] in
                        _ = await share.enter(project, byteCount: 1)
                        order.add(project)
                        share.leave(project, byteCount: 1)
                    }
                    expected += 1
                    await untilWaiting(expected)
                }
            }
            share.leave(other, byteCount: 1)
            await group.waitForAll()
        }

        #expect(order.all == projects + projects + projects)
    }

    @Test func `whoever waits too much is refused, and that is no place of anybody`() async {
        for _ in 0..<FairShare.places { _ = await share.enter(loud, byteCount: 1) }
        let tasks = (0..<FairShare.maximumWaitingOfOne).map { _ in
            Task { [share, loud] in await share.enter(loud, byteCount: 1) }
        }
        await untilWaiting(FairShare.maximumWaitingOfOne)

        #expect(await !share.enter(loud, byteCount: 1))
        #expect(await !share.enter(calm, byteCount: FairShare.maximumBytes))
        for _ in 0..<(FairShare.places + FairShare.maximumWaitingOfOne) { await leaveWhenThere(loud) }
        for task in tasks { #expect(await task.value) }
        #expect(share.figures == (0, 0))
    }

    @Test func `while the loops are behind, there are more places`() async {
        let share = FairShare(clock: { 0 }, isBehind: { true })
        _ = await share.enter(calm, byteCount: 1)

        for _ in 0..<(FairShare.placesOfOne * FairShare.widening) {
            #expect(await share.enter(loud, byteCount: 1))
        }

        #expect(share.figures == (FairShare.placesOfOne * FairShare.widening + 1, 0))
    }

    @Test func `a line that does not move is closed, for that project only`() async {
        let now = Mutex<UInt64>(0)
        let share = FairShare { now.withLock { $0 } }
        for _ in 0..<FairShare.places { _ = await share.enter(loud, byteCount: 1) }
        let first = Task { [loud] in await share.enter(loud, byteCount: 1) }
        while share.figures.waiting < 1 { await Task.yield() }
        #expect(share.hasRoom(for: loud))

        now.withLock { $0 = FairShare.patience + 1 }

        #expect(!share.hasRoom(for: loud))
        #expect(await !share.enter(loud, byteCount: 1))
        #expect(share.hasRoom(for: calm))
        share.leave(loud, byteCount: 1)
        #expect(await first.value)
        #expect(share.hasRoom(for: loud))
    }

    private func untilWaiting(_ count: Int) async {
        while share.figures.waiting < count { await Task.yield() }
    }

    private func leaveWhenThere(_ project: ProjectID) async {
        while share.figures.underWay == 0 { await Task.yield() }
        share.leave(project, byteCount: 1)
    }
}

/// The order in which things happened.
private final class Order: Sendable {
    private let list = Mutex<[ProjectID]>([])

    var all: [ProjectID] { list.withLock { $0 } }

    func add(_ project: ProjectID) { list.withLock { $0.append(project) } }
}
