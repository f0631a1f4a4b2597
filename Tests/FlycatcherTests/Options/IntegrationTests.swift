// What is connected to the SDK when it starts, and let go when it ends.

import Synchronization
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Integrations {
        let sdk = SDKTests()

        @Test func `an integration that cannot be set up leaves the SDK and the others working`() throws {
            let journal = Journal()
            let events = try sdk.events {
                $0.integrations = [
                    Noted(name: "one", journal: journal), Failing(), Noted(name: "two", journal: journal),
                ]
            } _: {
                Flycatcher.capture(message: "x")
            }

            #expect(events.texts == ["x"])
            #expect(journal.entries == ["install one", "install two", "uninstall one", "uninstall two"])
        }

        @Test(arguments: [true, false])
        func `without the default integrations no hook is installed`(isOn: Bool) throws {
            Flycatcher.start {
                $0.transport = Flycatcher.RecordingTransport()
                $0.defaultIntegrations = isOn
            }
            let names = ActiveClient.current?.integrations.withLock { $0.map(\.name) }
            let flushesAtExit = ProcessEnd.flushes.load(ordering: .acquiring)
            Flycatcher.close()

            #expect(names == (isOn ? ["exit", "throws"] : []))
            #expect(flushesAtExit == isOn)
            let flushesStill = ProcessEnd.flushes.load(ordering: .acquiring)
            #expect(!flushesStill)
        }

        @Test func `a second start takes the integrations of the first away before it installs its own`()
            throws
        {
            let journal = Journal()
            for name in ["one", "two"] {
                Flycatcher.start {
                    $0.transport = Flycatcher.RecordingTransport()
                    $0.integrations = [Noted(name: name, journal: journal)]
                }
            }
            Flycatcher.close()

            #expect(journal.entries == ["install one", "uninstall one", "install two", "uninstall two"])
        }

        @Test func `an integration knows the options, and what it reports while it is set up arrives`() throws
        {
            let transport = Flycatcher.RecordingTransport()
            Flycatcher.start {
                $0.transport = transport
                $0.release = "shop@1"
                $0.integrations = [Greeting()]
            }
            Flycatcher.close(timeout: .seconds(10))

            #expect(try transport.envelopes.flatMap { try $0.payloads("event") }.texts == ["hello shop@1"])
        }
    }
}

private final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    var entries: [String] { lines.withLock { $0 } }

    func note(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct Noted: Flycatcher.Integration {
    let name: String
    let journal: Journal

    func install(_ options: Flycatcher.Options) { journal.note("install \(name)") }
    func uninstall() { journal.note("uninstall \(name)") }
}

private struct Failing: Flycatcher.Integration {
    struct Refused: Error {}

    let name = "failing"

    func install(_ options: Flycatcher.Options) throws { throw Refused() }
    func uninstall() { Issue.record("it was never installed") }
}

private struct Greeting: Flycatcher.Integration {
    let name = "greeting"

    func install(_ options: Flycatcher.Options) {
        Flycatcher.capture(message: "hello \(options.release ?? "nobody")")
    }
}
