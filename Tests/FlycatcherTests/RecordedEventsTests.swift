// Proves what the recorder gives to an app's own tests. They run at once, so it has none of the other suite's order.

import Flycatcher
import FlycatcherTesting
import Testing

struct RecordedEventsTests {
    private struct Unpaid: Error {}

    @Test func `errors, messages, log records and measurements are recorded, with what the scopes say`()
        async throws
    {
        let recorded = await Flycatcher.withRecordedEvents {
            Flycatcher.setTag("tenant", to: "acme")
            Flycatcher.capture(error: Unpaid())
            Flycatcher.capture(message: "done")
            Flycatcher.log("shipped")
            Flycatcher.metrics.count("orders")
        }

        #expect(recorded.errorTypes.map { $0.hasSuffix("Unpaid") } == [true])
        #expect(recorded.messages == ["done"])
        #expect(recorded.events.map { $0.tags["tenant"] } == ["acme", "acme"])
        #expect(recorded.logs.map(\.body) == ["shipped"])
        #expect(recorded.metrics.map(\.name) == ["orders"])
        #expect(recorded.count(ofType: "event") == 2)
    }

    @Test(arguments: 1...8) func `recordings at once do not mix`(number: Int) async {
        let recorded = await Flycatcher.withRecordedEvents {
            for _ in 1...5 {
                await Task.yield()
                async let child = Flycatcher.capture(message: "from \(number)")
                _ = await child
            }
        }

        #expect(recorded.messages == Array(repeating: "from \(number)", count: 5))
    }

    @Test func `the app's own hooks are asked first`() async {
        let recorded = await Flycatcher.withRecordedEvents {
            $0.beforeSend = { event, _ in event.message?.formatted == "secret" ? nil : event }
        } _: {
            Flycatcher.capture(message: "secret")
            Flycatcher.capture(message: "open")
        }

        #expect(recorded.messages == ["open"])
    }

    @Test func `what chance decides against is not recorded`() async {
        let recorded = await Flycatcher.withRecordedEvents {
            $0.sampleRate = 0
        } _: {
            Flycatcher.capture(message: "x")
        }

        #expect(recorded.events.isEmpty)
    }
}
