// Tests how forms and queries are read.

import Testing

@testable import FlycatcherServer

@Suite struct FormFieldsTests {
    @Test func `fields are found by name, the first one wins`() {
        let form = FormFields("a=1&b=2&a=3&c&=x")

        #expect(form["a"] == "1")
        #expect(form["b"] == "2")
        #expect(form["c"] == "")
        #expect(form[""] == "x")
        #expect(form["d"] == nil)
    }

    @Test(arguments: [
        ("correct+horse", "correct horse"), ("a%20b", "a b"), ("%C3%A4", "ä"), ("100%", "100%"),
        ("%zz", "%zz"),
        ("%+1", "% 1"), ("%-1", "%-1"), ("%4", "%4"), ("%ff", "\u{FFFD}"), ("a=b", "a=b"), ("", ""),
    ])
    func `values are decoded`(text: String, value: String) {
        #expect(FormFields("x=\(text)")["x"] == value)
    }

    @Test func `fields beyond a hundred are not read`() {
        let form = FormFields((0..<500).map { "f\($0)=1" }.joined(separator: "&"))

        #expect(form["f99"] == "1")
        #expect(form["f100"] == nil)
    }

    @Test func `a query is written so that it is read back`() {
        let path = "/issues/?query=a b&x=ä+%"

        let query = FormFields.query("next", path)

        #expect(query.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(FormFields(query.dropFirst())["next"] == path)
        #expect(FormFields.query("next", "") == "")
    }
}
