// Clients that are bound to a piece of work.

import Flycatcher
import FlycatcherWire
import Testing

extension SDKTests {
    @Suite struct OwnClients {
        @Test func `a client of one's own takes what is captured inside, and the process's what is outside`()
            async throws
        {
            let (own, ofProcess) = (Flycatcher.RecordingTransport(), Flycatcher.RecordingTransport())
            Flycatcher.start { $0.transport = ofProcess }
            await Flycatcher.withClient {
                $0.transport = own
                $0.shutdownTimeout = .seconds(60)
            } _: {
                Flycatcher.setTag("inside", to: "yes")
                Flycatcher.capture(message: "inside")
                await Flycatcher.withIsolationScope { _ in
                    async let child: Void = captureLater("child")
                    await child
                }
                await Task.detached { await captureLater("detached") }.value
            }
            Flycatcher.capture(message: "outside")
            #expect(Flycatcher.close(timeout: .seconds(10)))

            #expect(try own.events.texts == ["inside", "child"])
            #expect(try ofProcess.events.texts == ["detached", "outside"])
            #expect(try ofProcess.events.allSatisfy { $0["tags"]["inside"].isAbsent })
        }

        @Test func `clients at once do not mix`() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        let transport = Flycatcher.RecordingTransport()
                        await Flycatcher.withClient {
                            $0.transport = transport
                            $0.shutdownTimeout = .seconds(60)
                        } _: {
                            for _ in 0..<5 { await captureLater("\(number)") }
                        }
                        let texts = try transport.events.texts
                        #expect(texts == [String?](repeating: "\(number)", count: 5))
                    }
                }
                try await group.waitForAll()
            }
            #expect(!Flycatcher.isEnabled)
        }

        @Test func `inside a client that is switched off nothing is reported`() async throws {
            let ofProcess = Flycatcher.RecordingTransport()
            Flycatcher.start { $0.transport = ofProcess }
            await Flycatcher.withClient {
                $0.enabled = false
            } _: {
                #expect(!Flycatcher.isEnabled)
                #expect(Flycatcher.capture(message: "x") == EventID(value: 0))
            }
            #expect(Flycatcher.isEnabled)
            Flycatcher.close()

            #expect(ofProcess.envelopes.isEmpty)
        }

        @Test func `there is always somebody to call: before the start, after the end, and within`() async {
            func callEverything() {
                Flycatcher.setTag("a", to: "1")
                Flycatcher.addBreadcrumb("x")
                Flycatcher.configureScope { $0.setLevel(.fatal) }
                Flycatcher.withScope { _ in _ = Flycatcher.capture(message: "x") }
                Flycatcher.withIsolationScope { $0.clear() }
                Flycatcher.capture(message: "%@", parameters: [1])
                _ = Flycatcher.lastEventID
                #expect(Flycatcher.flush(timeout: .seconds(10)))
            }

            callEverything()
            Flycatcher.start { $0.transport = Flycatcher.RecordingTransport() }
            callEverything()
            await Flycatcher.withClient {
                $0.enabled = false
            } _: {
                callEverything()
            }
            Flycatcher.close()
            callEverything()
        }
    }
}

extension Flycatcher.RecordingTransport {
    /// The events that were sent, oldest first.
    fileprivate var events: [JSON] {
        get throws { try envelopes.flatMap { try $0.payloads("event") } }
    }
}

private func captureLater(_ text: String) async {
    await Task.yield()
    Flycatcher.capture(message: text)
}
