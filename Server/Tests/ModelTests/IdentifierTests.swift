// Identities as texts.

import Model
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: [("1", 1), ("42", 42), ("007", 7), ("9223372036854775807", Int64.max)])
    func `a project is a positive decimal number`(text: String, value: Int64) {
        #expect(ProjectID(text: text)?.value == value)
    }

    @Test(arguments: ["", "0", "-1", "+1", "1.0", "0x1", " 1", "1 ", "9223372036854775808", "١", "one"])
    func `anything else is no project`(text: String) {
        #expect(ProjectID(text: text) == nil)
    }

    @Test func `projects are ordered by number`() {
        #expect([3, 1, 20].map { ProjectID($0) }.sorted().map(\.description) == ["1", "3", "20"])
    }

    @Test(arguments: [
        (UInt128(0), "00000000000000000000000000000000"), (UInt128(255), "000000000000000000000000000000ff"),
        (UInt128.max, "ffffffffffffffffffffffffffffffff"),
    ])
    func `a hash is written with 32 digits`(value: UInt128, text: String) {
        #expect(GroupingHash(value).description == text)
    }
}
