// Tests what is left away as the disk fills up.

import FlycatcherWire
import Model
import Testing

@Suite struct DiskStateTests {
    private static let gigabyte: Int64 = 1 << 30

    @Test(
        arguments: [
            (100, 50, .ample), (100, 10, .ample), (100, 9, .withoutAttachments), (100, 4, .essentials),
            (100, 1, .refusing), (10, 1, .withoutAttachments), (5, 2, .ample), (4000, 100, .ample),
            (4000, 19, .withoutAttachments), (4000, 9, .essentials), (4000, 3, .refusing), (1, 0, .refusing),
        ] as [(Int64, Int64, DiskStage)])
    func `a stage begins by share, by size, and never by a share of something huge`(
        total: Int64, free: Int64, stage: DiskStage
    ) {
        let space = DiskSpace(freeBytes: free * Self.gigabyte, totalBytes: total * Self.gigabyte)
        #expect(DiskStage(space) == stage)
    }

    @Test func `a stage is left only when there is a tenth more room`() {
        func space(_ permille: Int64) -> DiskSpace {
            DiskSpace(freeBytes: permille * Self.gigabyte / 10, totalBytes: 100 * Self.gigabyte)
        }

        #expect(DiskStage(space(19), after: .ample) == .refusing)
        #expect(DiskStage(space(21), after: .refusing) == .refusing)
        #expect(DiskStage(space(23), after: .refusing) == .essentials)
        #expect(DiskStage(space(500), after: .refusing) == .ample)
        #expect(DiskStage(space(49), after: .refusing) == .essentials)
    }

    @Test func `the state remembers since when`() {
        let state = DiskState()
        let full = DiskSpace(freeBytes: 1, totalBytes: 1000)
        let free = DiskSpace(freeBytes: 900 << 30, totalBytes: 1000 << 30)
        #expect(state.takesAttachments && state.since == nil)

        #expect(state.note(full, at: Timestamp(microseconds: 5)) == .refusing)
        #expect(state.note(full, at: Timestamp(microseconds: 6)) == nil)
        #expect(state.since == Timestamp(microseconds: 5))
        #expect(!state.takesAttachments && state.space == full)

        #expect(state.note(free, at: Timestamp(microseconds: 7)) == .ample)
        #expect(state.since == nil && state.takesAttachments)
    }
}
