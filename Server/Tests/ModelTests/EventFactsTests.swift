// The titles of events.

import Model
import Testing

@Suite struct EventFactsTests {
    @Test(arguments: [("ValueError", "no", "ValueError: no"), ("It broke", "", "It broke"), ("", "", "")])
    func `a title is type and value on one line`(type: String, value: String, title: String) {
        #expect(EventFacts(type: type, value: value).title == title)
    }
}
