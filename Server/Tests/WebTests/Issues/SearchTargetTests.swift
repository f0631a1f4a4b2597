// What someone means who types into the search box.

import FlycatcherWire
import Model
import Testing
import Web

struct SearchTargetTests {
    @Test(arguments: [
        "fc6d8c0c43fc4630ad850ee518f1b9d0", "FC6D8C0C43FC4630AD850EE518F1B9D0",
        "fc6d8c0c-43fc-4630-ad85-0ee518f1b9d0", "  fc6d8c0c43fc4630ad850ee518f1b9d0\n",
    ])
    func `an event id leads to the event`(typed: String) throws {
        let id = try #require(EventID("fc6d8c0c43fc4630ad850ee518f1b9d0"))
        #expect(SearchTarget(typed) == .event(id))
    }

    @Test(arguments: ["FLY-1A", "fly-1a", " FLY-1A "])
    func `a short id leads to the issue`(typed: String) {
        #expect(SearchTarget(typed) == .issue(ShortID(prefix: "FLY", number: 42)))
    }

    @Test(arguments: [
        "", "OrderError", "connection closed", "FLY-1A and more", "fc6d8c0c43fc4630ad850ee518f1b9d",
    ])
    func `anything else is searched for`(typed: String) {
        #expect(SearchTarget(typed) == .text(typed))
    }

    @Test func `blanks around a text do not count`() {
        #expect(SearchTarget("  order \t") == .text("order"))
        #expect(SearchTarget("   ") == .text(""))
    }
}
