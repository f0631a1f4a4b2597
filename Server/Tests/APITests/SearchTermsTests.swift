// Proves what a search text means, and that what is not understood is refused.

import Model
import Testing

@testable import API

struct SearchTermsTests {
    @Test(arguments: [
        ("", nil, ""),
        ("  ", nil, ""),
        ("is:unresolved", IssueStatus.unresolved, ""),
        ("is:resolved", .resolved, ""),
        ("is:archived", .archived, ""),
        ("is:ignored", .archived, ""),
        ("is:\"muted\"", .archived, ""),
        ("is:resolved is:resolved", .resolved, ""),
        ("division by zero", nil, "division by zero"),
        ("division is:resolved by   zero", .resolved, "division by zero"),
        ("\"a: b\"", nil, "a: b"),
        ("\"say \\\"hi\\\"\" is:resolved", .resolved, "say \"hi\""),
        ("*Error*", nil, "Error"),
        ("naïve 🐞", nil, "naïve 🐞"),
        ("a=b,c", nil, "a=b,c"),
    ])
    func `what is understood`(query: String, status: IssueStatus?, text: String) throws {
        let terms = try SearchTerms(query)

        #expect(terms.status == status)
        #expect(terms.text == text)
    }

    @Test func `no search at all means unresolved`() throws {
        #expect(try SearchTerms(nil).status == .unresolved)
    }

    @Test(arguments: [
        "level:error", "!is:resolved", "is:assigned", "has:user", "tags[a]:b", "\"a key\":value", "age:-24h",
        "release:[1.0, 2.0]", "timesSeen:>5", "a OR b", "(a b)", "!(a)", "fo*o", "std::string", "TypeError:",
        "is:resolved is:archived", "\"a\" b", "\"a\" \"b\"", "\"open", "a \"open",
    ])
    func `what is not understood is refused`(query: String) {
        #expect {
            try SearchTerms(query)
        } throws: {
            ($0 as? APIError)?.status == 400
        }
    }

    @Test func `a refusal names the term and its place`() {
        #expect(
            throws: APIError.badRequest(
                "the term level:error at position 6 is not supported yet; put it into double quotes to search for it as text"
            )
        ) {
            try SearchTerms("boom level:error")
        }
    }

    @Test func `a search is bounded`() {
        #expect(throws: APIError.badRequest("the search is longer than 4096 bytes")) {
            try SearchTerms(String(repeating: "a", count: 5_000))
        }
    }

    @Test(arguments: ["\"", "\\", ":", "!", "[", "]", "(", "*", "a:[", "\"\\", "é:\"", "\u{0}", "::::"])
    func `every pair of odd characters is answered or refused`(odd: String) {
        for other in ["", "\"", ":", "[", " ", "*", "\\\"", "x"] {
            for query in [odd + other, other + odd, odd + " " + other] {
                do {
                    _ = try SearchTerms(query)
                } catch {
                    #expect(error.status == 400)
                }
            }
        }
    }
}
