// Tests where a person is found in texts, and where not.

import Testing

@testable import FlycatcherServer

@Suite struct PersonalTraitTests {
    @Test(arguments: [
        ("jo@example.org", "[erased]"), ("email:Jo@Example.ORG", "email:[erased]"),
        ("mail to jo@example.org.", "mail to [erased]."), ("<jo@example.org>", "<[erased]>"),
        ("jo@example.org,jo@example.org", "[erased],[erased]"),
        ("?to=jo%40example.org&x=1", "?to=[erased]&x=1"),
        ("ü jo@example.org ü", "ü [erased] ü"),
    ])
    func `an e-mail address is found wherever it stands`(text: String, rewritten: String) throws {
        let trait = try #require(PersonalTrait(email: "Jo@example.org"))

        #expect(TraitSearch(trait).rewritten(text) == rewritten)
    }

    @Test(arguments: [
        "", "jo", "mojo@example.org", "jo@example.org.uk", "jo@example.organic", "jo+x@example.org",
        "jo@example",
    ])
    func `another address is not`(text: String) throws {
        let trait = try #require(PersonalTrait(email: "jo@example.org"))

        #expect(TraitSearch(trait).rewritten(text) == nil)
    }

    @Test func `an internet address is found as a whole`() throws {
        let trait = try #require(PersonalTrait(address: "192.0.2.1"))
        let six = try #require(PersonalTrait(address: "2001:db8::1"))

        #expect(TraitSearch(trait).rewritten("from 192.0.2.1:80") == "from [erased]:80")
        #expect(TraitSearch(trait).rewritten("192.0.2.1, 10.0.0.1") == "[erased], 10.0.0.1")
        #expect(
            TraitSearch(trait).rewritten("192.0.2.10") == nil
                && TraitSearch(trait).rewritten("1.192.0.2.1") == nil)
        #expect(TraitSearch(six).rewritten("[2001:DB8::1]") == "[[erased]]")
        #expect(TraitSearch(six).rewritten("2001:db8::12") == nil)
    }

    @Test func `an id counts only as the value of the tag`() throws {
        let trait = try #require(PersonalTrait(userID: "42"))

        #expect(TraitSearch(trait).rewritten("id:42") == "id:[erased]")
        #expect(TraitSearch(trait).rewritten("42") == nil && TraitSearch(trait).rewritten("id:421") == nil)
    }

    @Test func `what can be no trait is refused`() {
        #expect(PersonalTrait(email: "jo") == nil)
        #expect(PersonalTrait(address: "localhost") == nil)
        #expect(PersonalTrait(userID: "") == nil)
        #expect(PersonalTrait(userID: "a\u{0}b") == nil)
    }
}
