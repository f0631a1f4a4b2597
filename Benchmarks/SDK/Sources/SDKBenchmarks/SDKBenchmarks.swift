// What the SDK costs its host: the questions, in the order of how often a busy app asks them.

import Flycatcher
import Foundation

/// Prints one JSON object a line: name, nanoseconds of the caller's thread, allocations, budget.
@main
enum SDKBenchmarks {
    static let rounds = 60

    static func main() throws {
        let offAnswers = whileOff.map { Answer($0, rounds: rounds) }
        Flycatcher.start {
            // With an address crashes are watched for, as in an app: scopes are mirrored.
            $0.dsn = "http://key@127.0.0.1/1"
            $0.transport = Nowhere()
            $0.release = "bench@1"
        }
        let onAnswers = whileOn.map { Answer($0, rounds: rounds) }
        Flycatcher.close()
        for answer in offAnswers + onAnswers { print(try answer.line) }
    }

    private static var whileOff: [Question] {
        [
            Question(name: "disabled capture", budget: 50, calls: 100_000) {
                Flycatcher.capture(error: Refused.notFound(id: 7))
            }
        ] + Throwing.questions("unrecorded throw")
    }

    private static var whileOn: [Question] {
        let crumb = Flycatcher.Breadcrumb("GET /orders", category: "http")
        let unsampled = transaction(isSampled: false)
        return [
            Question(name: "breadcrumb", budget: 1000, calls: 10_000) { Flycatcher.addBreadcrumb(crumb) },
            Question(name: "scope fork", budget: nil, calls: 10_000) { Flycatcher.withScope { _ in } },
            Question(name: "scope fork with a tag", budget: nil, calls: 10_000) {
                Flycatcher.withScope { $0.setTag("tenant", to: "acme") }
            },
            Question(name: "span without a transaction", budget: nil, calls: 10_000) {
                Flycatcher.withSpan(operation: "db.query") { _ in }
            },
            Question(name: "span that is not sampled", budget: nil, calls: 10_000) {
                unsampled.startChild(operation: "db.query").finish()
            },
            Question(name: "transaction that is not sampled, with a span", budget: nil, calls: 10_000) {
                let transaction = transaction(isSampled: false)
                transaction.whileActive { Flycatcher.withSpan(operation: "db.query") { _ in } }
                transaction.finish()
            },
            // Fewer than the queue holds, so that none is displaced.
            Question(
                name: "transaction that is sampled, with a span", budget: nil, calls: 200, prepare: drain
            ) {
                let transaction = transaction(isSampled: true)
                transaction.whileActive { Flycatcher.withSpan(operation: "db.query") { _ in } }
                transaction.finish()
            },
            Question(name: "capture(error)", budget: 5000, calls: 200, prepare: drain) {
                Flycatcher.capture(error: Refused.notFound(id: 7))
            },
            Question(name: "throw, catch and capture(error)", budget: 5000, calls: 200, prepare: drain) {
                do { try Throwing.thrower(7) } catch { Flycatcher.capture(error: error) }
            },
            Question(name: "capture(message)", budget: nil, calls: 200, prepare: drain) {
                Flycatcher.capture(message: "quota exceeded")
            },
        ] + Throwing.questions("recorded throw")
    }

    private static func transaction(isSampled: Bool) -> Flycatcher.Span {
        Flycatcher.startTransaction(
            name: "GET /orders", operation: "http.server",
            options: Flycatcher.TransactionOptions(isSampled: isSampled))
    }

    private static func drain() {
        Flycatcher.flush(timeout: .seconds(30))
    }
}

private enum Refused: Error {
    case notFound(id: Int)
}

/// Takes what it is given, so that nothing but the SDK is measured.
private struct Nowhere: Flycatcher.Transport {
    func send(_ envelope: Flycatcher.Envelope) -> Flycatcher.ServerAnswer {
        Flycatcher.ServerAnswer(status: 200)
    }

    func close() {}
}

extension Answer {
    fileprivate var line: String {
        get throws {
            var fields: [String: Any] = [
                "name": name, "quietest_ns": quietest.rounded(), "median_ns": median.rounded(),
                "allocations": (allocations * 10).rounded() / 10,
            ]
            fields["budget_ns"] = budget
            let data = try JSONSerialization.data(withJSONObject: fields, options: .sortedKeys)
            return String(decoding: data, as: UTF8.self)
        }
    }
}
