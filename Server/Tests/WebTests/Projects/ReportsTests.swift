// What is said of schedules and of amounts.

import Model
import Testing

@testable import Web

@Suite struct ReportsTests {
    @Test(arguments: [
        (#"{"schedule":{"type":"crontab","value":"0 * * * *"}}"#, "0 * * * *"),
        (#"{"schedule":{"type":"interval","value":2,"unit":"hour"}}"#, "every 2 hours"),
        (
            #"{"schedule":{"type":"interval","value":1,"unit":"day"},"timezone":"Europe/Berlin"}"#,
            "every day (Europe/Berlin)"
        ),
        ("", ""), ("[1]", "[1]"), ("never", "never"),
    ])
    func `a schedule is told in words, and as it came when it makes no sense`(json: String, text: String) {
        #expect(MonitorSchedule(json).text == text)
    }

    @Test func `bytes are shown as such and added to nothing`() async throws {
        let counts: [(String, Int64)] = [("error", 3), ("attachment_item", 2), ("attachment", 40_960)]
        let slices = counts.map { category, quantity in
            OutcomeSlice(
                index: 23,
                total: OutcomeTotal(
                    project: ProjectID(1), outcome: Outcome(.accepted, category: category, reason: ""),
                    quantity: quantity))
        }
        let html = try Rendered.html(
            try await OutcomesPage(.stub(), period: nil, store: PageStore(slices: slices), context: .stub()))

        #expect(html.contains("5 · taken in and stored"))
        #expect(html.contains("At most 5 in an hour"))
        #expect(html.contains("<td>attachments, by size</td><td>–</td><td>40.0 KB</td>"))
        #expect(html.contains("<td>errors</td><td>–</td><td>3</td>"))
    }
}
