// Which events are sent: by chance, by a sampler, by the list of those to ignore.

import Flycatcher
import Synchronization
import Testing

extension SDKTests {
    @Suite struct Sampling {
        let sdk = SDKTests()

        /// How many of so many errors are sent, and what is told about the others.
        private func sent(
            of count: Int, _ configure: (inout Flycatcher.Options) -> Void
        ) throws -> (count: Int, losses: [String: Int]) {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.attachStacktrace = false
                configure(&$0)
            } _: {
                for number in 0..<count {
                    Flycatcher.capture(error: Numbered(number: number))
                    if number.isMultiple(of: 500) { Flycatcher.flush(timeout: .seconds(60)) }
                }
                Flycatcher.flush(timeout: .seconds(60))
            }
            return (try server.payloads(of: "event").count, try server.losses)
        }

        @Test(arguments: [(0.0, 0), (1.0, 100)])
        func `a rate of nothing sends nothing, a rate of one sends everything`(
            rate: Double, count: Int
        ) throws {
            let result = try sent(of: 100) { $0.sampleRate = rate }

            #expect(result.count == count)
            #expect(result.losses == (count == 0 ? ["sample_rate error": 100] : [:]))
        }

        @Test func `a rate of a quarter sends about a quarter, and reports the others as sample_rate`() throws
        {
            let result = try sent(of: 1000) { $0.sampleRate = 0.25 }

            // Five standard deviations of a binomial distribution.
            #expect(abs(result.count - 250) <= 69)
            #expect(result.losses == ["sample_rate error": 1000 - result.count])
        }

        @Test(arguments: [-1.0, 2, .nan, .infinity, -.infinity])
        func `a rate that is none is brought to the nearest, or ignored`(rate: Double) throws {
            let result = try sent(of: 20) { $0.sampleRate = rate }

            #expect(result.count == (rate < 0 ? 0 : 20))
        }

        @Test(arguments: [("0", 0), ("1", 20), ("many", 20)])
        func `the rate is read from the environment where it is unset`(text: String, count: Int) throws {
            try withVariable("SENTRY_SAMPLE_RATE", text) {
                let (unset, set) = (try sent(of: 20) { _ in }, try sent(of: 20) { $0.sampleRate = 1 })

                #expect(unset.count == count)
                #expect(set.count == 20)
            }
        }

        @Test func `a sampler's answer counts instead of the rate, event by event`() throws {
            let result = try sent(of: 30) {
                $0.sampleRate = 1
                $0.errorSampler = { _, hint in
                    guard let error = hint.error as? Numbered else { return nil }
                    return error.number.isMultiple(of: 3) ? true : false
                }
            }

            #expect(result.count == 10)
            #expect(result.losses == ["sample_rate error": 20])
        }

        @Test func `a sampler may answer with a share, or leave it to the rate`() throws {
            #expect(try sent(of: 20) { $0.errorSampler = { _, _ in 0.0 } }.count == 0)
            #expect(try sent(of: 20) { $0.errorSampler = { _, _ in 7 } }.count == 20)
            let half = try sent(of: 200) { $0.errorSampler = { _, _ in 0.5 } }
            #expect(abs(half.count - 100) <= 36)
            let none = try sent(of: 20) {
                $0.sampleRate = 0
                $0.errorSampler = { _, _ in nil }
            }
            #expect(none.count == 0)
        }

        @Test func `when a sampler throws, the rate decides`() throws {
            let all = try sent(of: 20) { $0.errorSampler = { _, _ in throw Refused() } }
            let none = try sent(of: 20) {
                $0.sampleRate = 0
                $0.errorSampler = { _, _ in throw Refused() }
            }

            #expect(all.count == 20)
            #expect(none.losses == ["sample_rate error": 20])
        }

        @Test func `processors and beforeSend see what chance decides against later`() throws {
            let order = Mutex<[String]>([])
            let result = try sent(of: 1) {
                $0.sampleRate = 0
                $0.eventProcessors = [
                    { event, _ in
                        order.withLock { $0.append("processor") }; return event
                    }
                ]
                $0.beforeSend = { event, _ in
                    order.withLock { $0.append("beforeSend") }; return event
                }
                $0.errorSampler = { _, _ in
                    order.withLock { $0.append("sampler") }; return nil
                }
            }

            #expect(order.withLock { $0 } == ["processor", "beforeSend", "sampler"])
            #expect(result.losses == ["sample_rate error": 1])
        }
    }
}

private struct Numbered: Error {
    var number: Int
}

private struct Refused: Error {}
