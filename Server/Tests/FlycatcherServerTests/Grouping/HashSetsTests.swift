// Tests which sets of hashes belong together.

import Model
import Testing

@testable import FlycatcherServer

@Suite struct HashSetsTests {
    private func parts(_ sets: [[UInt128]]) -> [[Int]] {
        HashSets.parts(of: sets.map { $0.map { GroupingHash($0) } })
    }

    @Test func `sets that meet are one part, through others too`() {
        #expect(parts([[1], [2], [1, 2]]) == [[0, 1, 2]])
        #expect(parts([[1], [2], [3, 1], [2, 4]]) == [[0, 2], [1, 3]])
    }

    @Test func `sets that do not meet are parts of their own`() {
        #expect(parts([[1], [2], [3]]) == [[0], [1], [2]])
        #expect(parts([]) == [])
    }
}
