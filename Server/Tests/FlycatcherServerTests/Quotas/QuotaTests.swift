// Tests the arithmetic of windows.

import Model
import Testing

@testable import FlycatcherServer

@Suite struct QuotaTests {
    private func quota(_ count: Int64, _ seconds: Int64, saved: Int64 = 0) throws -> Quota {
        let limit = try #require(KeyLimit(count: count, windowSeconds: seconds))
        return Quota(.installation, "test", limit, savedWindows: saved)
    }

    @Test(arguments: [(0, 60), (1, 59), (59, 1), (60, 60), (119, 1)])
    func `a window ends when the next one begins`(second: Int64, left: Int64) throws {
        #expect(try quota(1, 60).secondsLeft(at: second) == left)
    }

    @Test func `windows of different projects end at different moments`() throws {
        let limit = try #require(KeyLimit(count: 1, windowSeconds: 60))
        let ends = (1...60).map { Quota(.project(ProjectID($0)), "x", limit).secondsLeft(at: 1_000_000) }

        #expect(Set(ends).count > 30)
    }

    @Test func `a new window is empty`() throws {
        let quota = try quota(2, 60)
        var meter = QuotaMeter()
        meter.advance(to: 7, of: quota)
        meter.add(2)
        #expect(!meter.hasRoom(for: 1, in: quota))

        meter.advance(to: 8, of: quota)

        #expect(meter.used == 0)
        #expect(meter.hasRoom(for: 2, in: quota) && !meter.hasRoom(for: 3, in: quota))
    }

    @Test func `what is saved up is used once, then as much as each window brings`() throws {
        let quota = try quota(10, 60, saved: 5)
        var meter = QuotaMeter()
        meter.advance(to: 100, of: quota)
        #expect(meter.hasRoom(for: 60, in: quota) && !meter.hasRoom(for: 61, in: quota))

        meter.add(60)
        meter.advance(to: 101, of: quota)
        #expect(meter.hasRoom(for: 10, in: quota) && !meter.hasRoom(for: 11, in: quota))

        meter.advance(to: 200, of: quota)
        #expect(meter.used == 0)
    }

    @Test func `a clock that is set back opens no second window`() throws {
        let quota = try quota(1, 60)
        var meter = QuotaMeter()
        meter.advance(to: 100, of: quota)
        meter.add(1)

        meter.advance(to: 99, of: quota)

        #expect(!meter.hasRoom(for: 1, in: quota))
    }

    @Test func `a quota without a limit lets everything in`() {
        let quota = Quota(counting: .installation, "count", windowSeconds: 60)
        var meter = QuotaMeter()
        meter.add(1_000_000_000_000)

        #expect(meter.hasRoom(for: 1, in: quota))
    }

    @Test func `a refusal is news for a while, and begins anew after it`() throws {
        let quota = try quota(1, 60)
        var meter = QuotaMeter()
        meter.refuse(at: 1000, of: quota)
        meter.refuse(at: 1200, of: quota)
        #expect(meter.refuses(at: 1500, quota) == 1000)
        #expect(meter.refuses(at: 1501, quota) == nil)

        meter.refuse(at: 1501, of: quota)

        #expect(meter.refuses(at: 1501, quota) == 1501)
    }

    @Test func `a long window refuses until it has room again, and not a second longer`() throws {
        let quota = try quota(1, 86_400)
        var meter = QuotaMeter()
        meter.advance(to: 0, of: quota)
        meter.add(1)
        meter.refuse(at: 1_000, of: quota)
        meter.refuse(at: 80_000, of: quota)

        #expect(meter.refuses(at: 86_399, quota) == 1_000)
        #expect(meter.refuses(at: 86_400, quota) == nil)
        #expect(meter.refuses(at: 80_001, try self.quota(2, 86_400)) == nil)
    }
}
