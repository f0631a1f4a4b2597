// What an error may decide about its own report.

import Flycatcher
import Testing

extension SDKTests {
    @Suite struct ReportableErrors {
        let sdk = SDKTests()

        @Test func `an error says its own type, value, level, fingerprint, tags and extra`() throws {
            let event = try sdk.event { Flycatcher.capture(error: PaymentError.declined(code: "51")) }

            let exception = event["exception"]["values"][0]
            #expect(exception["type"].text == "Payment declined")
            #expect(exception["value"].text == "The bank said no.")
            #expect(exception["module"].text == "FlycatcherTests")
            #expect(event["level"].text == "warning")
            #expect(event["fingerprint"].list.map(\.text) == ["payment", "{{ default }}"])
            #expect(event["tags"]["decline_code"].text == "51")
            #expect(event["extra"]["amount"]["currency"].text == "EUR")
        }

        @Test func `what an error does not say is as for any other`() throws {
            let event = try sdk.event { Flycatcher.capture(error: Silent.now(3)) }

            #expect(event["exception"]["values"][0]["type"].text == "Silent")
            #expect(event["exception"]["values"][0]["value"].text == "now(3)")
            #expect(event["level"].text == "error")
            #expect(event["fingerprint"].isAbsent)
            #expect(event["extra"].isAbsent)
        }

        @Test func `an error wins over the scope, and the outer error over its cause`() throws {
            let event = try sdk.event {
                Flycatcher.setTag("decline_code", to: "of the scope")
                Flycatcher.setTag("tenant", to: "acme")
                Flycatcher.capture(error: OrderFailure(underlyingError: PaymentError.declined(code: "51")))
            }

            #expect(event["level"].text == "fatal")
            #expect(event["tags"]["decline_code"].text == "51")
            #expect(event["tags"]["order"].text == "17")
            #expect(event["tags"]["tenant"].text == "acme")
            #expect(event["fingerprint"].list.map(\.text) == ["payment", "{{ default }}"])
        }
    }
}

private enum PaymentError: Flycatcher.ReportableError {
    case declined(code: String)

    var reportType: String? { "Payment declined" }
    var reportValue: String? { "The bank said no." }
    var reportLevel: Flycatcher.Level? { .warning }
    var reportFingerprint: [String] { ["payment", "{{ default }}"] }
    var reportTags: [String: String] {
        switch self {
        case .declined(let code): ["decline_code": code, "order": "none"]
        }
    }
    var reportExtra: [String: Flycatcher.JSONValue] { ["amount": ["currency": "EUR", "value": 12.5]] }
}

private enum Silent: Flycatcher.ReportableError {
    case now(Int)
}

private struct OrderFailure: Flycatcher.ReportableError {
    var underlyingError: any Error
    var reportLevel: Flycatcher.Level? { .fatal }
    var reportTags: [String: String] { ["order": "17"] }
}
