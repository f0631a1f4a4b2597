// A program that throws in every way there is, and prints where its reports say that it was.

import CFlycatcher
import Flycatcher
import Foundation
import Synchronization

/// `ThrowProbe sites` prints an object a line: what was tried, what the report should say, and what it says.
///
/// `ThrowProbe without BITS [NAME…]` does so, or some of it, as if the runtime had not those parts. `ThrowProbe escape`,
/// with a DSN in the environment, lets an error escape from `main`. Other words do what their functions say.
@main
enum ThrowProbe {
    static func main() async throws {
        let task = CommandLine.arguments.dropFirst().first ?? "sites"
        flycatcher_withhold(CommandLine.arguments.dropFirst(2).first.flatMap { UInt32($0) } ?? 0)
        if task == "escape" { return try await escape() }
        Flycatcher.start {
            $0.transport = Nowhere()
            $0.release = "probe@1"
            $0.autoSessionTracking = false
            $0.debug = task == "without"
            $0.beforeSend = { event, _ in
                Journal.shared.note(event)
                return nil
            }
        }
        switch task {
        case "sites", "without": await printSites(CommandLine.arguments.dropFirst(3))
        case "leak": await throwAMillion()
        case "race": await throwAtOnce()
        case "silenced": await beSilenced()
        case "fork": await splitInTwo()
        default: exit(64)
        }
        Flycatcher.close()
    }

    private static func escape() async throws {
        Flycatcher.start { $0.release = "probe@1" }
        _ = try await asyncOuter(1)
    }

    private static func printSites(_ names: ArraySlice<String>) async {
        for way in Way.all where names.isEmpty || names.contains(way.name) {
            print(Line(way, await reported(way.run)).json)
        }
    }

    /// What is reported while `body` runs.
    static func reported(_ body: () async -> Void) async -> Flycatcher.Event? {
        Journal.shared.clear()
        await body()
        Flycatcher.flush(timeout: .seconds(30))
        return Journal.shared.last
    }
}

/// A line of what is printed.
private struct Line: Encodable {
    let name: String
    let expected: [String]
    var expectsSnapshot = false
    var expectsApproximate = false
    /// The functions of the program, oldest first; of the error itself, and of each cause.
    var functions: [String] = []
    var causes: [[String]] = []
    var top: String?
    var isSnapshot = false
    var isApproximate = false
    var rethrowCount = 0
    var expectedRethrowCount: Int?
    var awaiting: [String] = []
    var type: String?

    init(_ way: Way, _ event: Flycatcher.Event?) {
        name = way.name
        expected = way.expected
        expectsSnapshot = way.isSnapshot
        expectsApproximate = way.isApproximate
        expectedRethrowCount = way.rethrowCount
        guard let exception = event?.exceptions.last else { return }
        type = exception.type
        let frames = exception.stackTrace?.frames ?? []
        functions = frames.ownFunctions
        top = frames.last?.function
        isSnapshot = exception.stackTrace?.isSnapshot ?? false
        isApproximate = exception.mechanism?.data["throw_site"] == "approximate"
        if case .integer(let count) = exception.mechanism?.data["rethrows"] { rethrowCount = count }
        causes = event?.exceptions.dropLast().map { $0.stackTrace?.frames.ownFunctions ?? [] } ?? []
        if let start = frames.lastIndex(where: \.isStackStart) { awaiting = frames[...start].ownFunctions }
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // What consists of texts and numbers can always be written.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension Sequence<Flycatcher.Frame> {
    fileprivate var ownFunctions: [String] {
        filter { $0.module == "ThrowProbe" }.compactMap { $0.function }
    }
}

/// Keeps what would have been sent.
final class Journal: Sendable {
    static let shared = Journal()

    private let events = Mutex<[Flycatcher.Event]>([])

    func note(_ event: Flycatcher.Event) { events.withLock { $0.append(event) } }
    func clear() { events.withLock { $0 = [] } }
    var last: Flycatcher.Event? { events.withLock { $0.last } }
}

/// A server that is never reached.
struct Nowhere: Flycatcher.Transport {
    func send(_ envelope: Flycatcher.Envelope) throws -> Flycatcher.ServerAnswer {
        Flycatcher.ServerAnswer(status: 200)
    }

    func flush(timeout: Duration) -> Bool { true }

    func close() {}
}
