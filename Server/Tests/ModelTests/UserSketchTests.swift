// How exactly users are counted in a bounded room.

import Model
import Testing

@Suite struct UserSketchTests {
    @Test(arguments: [0, 1, 2, 10, 100, 1000, 20_000, 500_000])
    func `it is exact to some percent, whatever the number`(count: Int) {
        var sketch = UserSketch()
        for number in 0..<count { sketch.add(UserDigest(UInt64(number))) }

        let error = abs(Double(sketch.count) - Double(count)) / Double(max(count, 1))
        #expect(error < 0.12, "\(sketch.count)")
        #expect(sketch.registers.count == (count == 0 ? 0 : 512))
    }

    @Test func `who is seen twice counts once, also in two that are joined`() {
        var (one, other) = (UserSketch(), UserSketch())
        for number in 0..<50 { one.add(UserDigest(UInt64(number))) }
        for number in 0..<50 { one.add(UserDigest(UInt64(number))) }
        for number in 25..<75 { other.add(UserDigest(UInt64(number))) }
        let alone = one.count

        one.formUnion(other)

        #expect((45...55).contains(alone))
        #expect((68...82).contains(one.count))
        #expect(UserSketch(registers: one.registers) == one)
        #expect(UserSketch(registers: [1, 2]) == UserSketch())
    }
}
