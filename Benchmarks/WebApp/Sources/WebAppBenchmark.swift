// What a clean request costs a web app, with and without the middleware.

import Flycatcher
import FlycatcherHummingbird
import Foundation
import Hummingbird
import Logging

/// Prints one JSON object a line: what the app has on, its processor time for a request, how often that of the plain one
/// that is, and how often memory is asked for.
///
/// The app does next to nothing, so the ratio is the worst that an app can see.
@main
enum WebAppBenchmark {
    private static let rounds = 42
    private static let requests = 1000

    static func main() async throws {
        let (ports, port) = AsyncStream.makeStream(of: (isWatched: Bool, port: Int).self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for isWatched in [false, true] {
                let app = app(isWatched: isWatched) { port.yield((isWatched, $0)) }
                group.addTask { try await app.run() }
            }
            var found: [Bool: Int] = [:]
            for await (isWatched, port) in ports {
                found[isWatched] = port
                if found.count == 2 { break }
            }
            let (plain, watched) = (found[false] ?? 0, found[true] ?? 0)
            try await withCheckedThrowingContinuation { continuation in
                Thread { continuation.resume(with: Result { try compare(plain, watched) }) }.start()
            }
            group.cancelAll()
        }
    }

    private static func app(
        isWatched: Bool, _ whenRunning: @escaping @Sendable (Int) -> Void
    ) -> some ApplicationProtocol {
        let router = Router()
        if isWatched { router.add(middleware: Flycatcher.HummingbirdMiddleware()) }
        router.get("orders/:id") { _, context in "order \(context.parameters.get("id") ?? "")" }
        return Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { whenRunning($0.localAddress?.port ?? 0) },
            logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() })
    }

    private static func compare(_ plain: Int, _ watched: Int) throws {
        let names = ["plain", "with the middleware", "with it, each request traced"]
        var costs = [[Double]](repeating: [], count: names.count)
        var allocations = [Double](repeating: 0, count: names.count)
        for round in 0...rounds {
            // In turns, so that what else the machine does falls on all alike.
            for (variant, port) in [plain, watched, watched].enumerated() {
                Flycatcher.start {
                    $0.transport = Nowhere()
                    $0.release = "bench@1"
                    $0.tracesSampleRate = variant == 2 ? 1 : nil
                }
                let cost = try Client(port: port).cost(of: requests)
                // The first round warms up; to count is slower, so the last only counts.
                if round == rounds {
                    allocations[variant] = try Client(port: port).allocations(of: requests)
                } else if round > 0 {
                    costs[variant].append(cost)
                }
                Flycatcher.close(timeout: .seconds(10))
            }
        }
        for (variant, name) in names.enumerated() {
            let ratios = zip(costs[variant], costs[0]).map { $0 / $1 }
            try print(name, median(costs[variant]), median(ratios), allocations[variant])
        }
    }

    private static func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }

    private static func print(
        _ name: String, _ microseconds: Double, _ ratio: Double, _ allocations: Double
    ) throws {
        let fields: [String: Any] = [
            "name": name, "microseconds": microseconds, "ratio": ratio, "allocations": allocations,
        ]
        let data = try JSONSerialization.data(withJSONObject: fields, options: .sortedKeys)
        Swift.print(String(decoding: data, as: UTF8.self))
    }
}

/// Takes what it is given, so that nothing but the SDK is measured.
private struct Nowhere: Flycatcher.Transport {
    func send(_ envelope: Flycatcher.Envelope) -> Flycatcher.ServerAnswer {
        Flycatcher.ServerAnswer(status: 200)
    }

    func close() {}
}
