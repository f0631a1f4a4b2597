// What a run's file keeps, and that nothing that may be in it does harm.

import CFlycatcher
import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct RunRecords {
        private let sdk = SDKTests()

        @Test func `scopes are found as they were, each with what is its own`() throws {
            let record = try recorded {
                Flycatcher.Scope.global.setTag("region", to: "eu")
                return Flycatcher.withIsolationScope { scope in
                    scope.setUser(Flycatcher.User(id: "1", email: "a@example", data: ["plan": "gold"]))
                    scope.setContext("order", to: ["id": 7, "lines": [["sum": 1.5], nil, true]])
                    scope.append(NumberedBreadcrumb(Flycatcher.Breadcrumb("before")), limit: 10)
                    return Flycatcher.withScope { inner in
                        inner.setTag("step", to: "pay")
                        scope.append(NumberedBreadcrumb(Flycatcher.Breadcrumb("not for the copy")), limit: 10)
                        inner.append(
                            NumberedBreadcrumb(
                                Flycatcher.Breadcrumb("inside", category: "c", level: .error, data: ["n": 1])),
                            limit: 10)
                        return marks(isolation: scope, current: inner)
                    }
                }
            }

            let (scopes, found) = (record.record.scopes, record.result)
            let data = scopes.data(at: found)
            #expect(data[0].tags == ["step": "pay"])
            #expect(data[0].breadcrumbs.elements.map(\.breadcrumb.message) == ["inside"])
            #expect(data[0].breadcrumbs.elements.first?.breadcrumb.data == ["n": 1])
            #expect(data[1].user?.email == "a@example")
            #expect(data[1].user?.data == ["plan": "gold"])
            #expect(
                data[1].contexts["order"]
                    == ["id": 7, "lines": .array([.object(["sum": 1.5]), .null, .bool(true)])])
            #expect(
                data[1].breadcrumbs.elements.map(\.breadcrumb.message) == ["before", "not for the copy"])
            #expect(data[2].tags["region"] == "eu")
        }

        @Test func `a copy knows what was before it, and forgets what is cleared`() throws {
            let record = try recorded {
                Flycatcher.withIsolationScope { scope in
                    scope.setTag("a", to: "1")
                    scope.append(NumberedBreadcrumb(Flycatcher.Breadcrumb("old")), limit: 10)
                    let copy = scope.forked()
                    let cleared = copy.forked()
                    cleared.clear()
                    return (
                        marks(isolation: copy, current: copy), marks(isolation: cleared, current: cleared)
                    )
                }
            }

            let copied = record.record.scopes.data(at: record.result.0)[1]
            #expect(copied.tags == ["a": "1"])
            #expect(copied.breadcrumbs.elements.map(\.breadcrumb.message) == ["old"])
            let cleared = record.record.scopes.data(at: record.result.1)[1]
            #expect(cleared.tags.isEmpty && cleared.breadcrumbs.elements.isEmpty)
        }

        @Test func `a ring that went round many times holds the newest`() throws {
            let record = try recorded {
                let scope = Flycatcher.Scope()
                for number in 0..<6000 {
                    scope.append(NumberedBreadcrumb(Flycatcher.Breadcrumb("step \(number)")), limit: 10)
                }
                return marks(isolation: scope, current: scope)
            }

            let texts = record.record.scopes.data(at: record.result)[0].breadcrumbs.elements
                .compactMap(\.breadcrumb.message)
            #expect(texts.count == RecordLimits.entries)
            #expect(texts.last == "step 5999")
            #expect(texts.first == "step \(6000 - RecordLimits.entries)")
        }

        @Test func `threads that write at once do not spoil each other's entries`() throws {
            let record = try recorded {
                let scopes = (0..<4).map { _ in Flycatcher.Scope() }
                DispatchQueue.concurrentPerform(iterations: 4) { index in
                    for number in 0..<200 {
                        scopes[index].append(
                            NumberedBreadcrumb(Flycatcher.Breadcrumb("\(index): \(number)")), limit: 10)
                    }
                }
                return scopes.map { marks(isolation: $0, current: $0) }
            }

            for (index, found) in record.result.enumerated() {
                let texts = record.record.scopes.data(at: found)[0].breadcrumbs.elements
                    .compactMap(\.breadcrumb.message)
                #expect(texts == (0..<200).map { "\(index): \($0)" })
            }
        }

        @Test func `what is too large for a place is left out, and the rest is there`() throws {
            let record = try recorded {
                let scope = Flycatcher.Scope()
                scope.update { data in
                    data.user = Flycatcher.User(id: "u")
                    for number in 0..<100 {
                        data.extra["\(number)"] = .string(String(repeating: "x", count: 5000))
                    }
                }
                scope.append(
                    NumberedBreadcrumb(
                        Flycatcher.Breadcrumb(
                            "huge", data: ["x": .array(.init(repeating: .string("yyyyyyyyyy"), count: 999))])),
                    limit: 10)
                return marks(isolation: scope, current: scope)
            }

            let data = record.record.scopes.data(at: record.result)[0]
            #expect(data.user?.id == "u")
            #expect((1..<10).contains(data.extra.count))
            #expect(data.breadcrumbs.elements.map(\.breadcrumb.message) == ["huge"])
        }

        @Test func `a state that was being written when the end came does not count`() throws {
            var bytes = try recorded {
                Flycatcher.Scope.global.setTag("a", to: "1")
                Flycatcher.Scope.global.setTag("a", to: "2")
            }.bytes
            bytes.changeHeader { $0.slots.0.version += 1 }
            let whole = try #require(RunRecord(bytes))
            bytes.changeHeader { $0.slots.0.version -= 3 }
            let before = try #require(RunRecord(bytes))

            #expect(whole.scopes.data(at: RunScopes.Marks())[2].tags["a"] == "2")
            #expect(before.scopes.data(at: RunScopes.Marks())[2].tags["a"] == "1")
        }

        @Test func `no file does harm, whatever is in it`() throws {
            let bytes = try recorded {
                Flycatcher.Scope.global.setTag("a", to: "1")
                for number in 0..<50 {
                    Flycatcher.Scope.global.append(
                        NumberedBreadcrumb(Flycatcher.Breadcrumb("\(number)")), limit: 100)
                }
            }.bytes
            var random = SplitMix64(seed: 7)

            for _ in 0..<40 {
                var spoiled = bytes
                for _ in 0..<random.next() % 200 {
                    let start = [0, 4096, 32768, 131_072, 393_216].randomElement(using: &random) ?? 0
                    spoiled[start + Int(random.next() % 600)] = UInt8(truncatingIfNeeded: random.next())
                }
                if let record = RunRecord(spoiled) {
                    _ = record.scopes.data(
                        at: RunScopes.Marks(isolation: .global, current: ScopeNumber(value: 2)))
                }
            }
            #expect(RunRecord([]) == nil)
            #expect(RunRecord([UInt8](repeating: 0xFF, count: flycatcher_run_size)) == nil)
            #expect(RunRecord(Array(bytes.dropLast())) == nil)
        }

        @Test func `the facts of a run are read as they were written`() throws {
            let record = try recorded {}.record

            #expect(record.facts.dsn == "http://key@127.0.0.1/1")
            #expect(record.facts.release == "shop@1.0.0")
            #expect(record.facts.session?.id == "5e55104e")
            #expect(record.facts.contexts["os"]?["name"] == "Linux")
            #expect(record.header.state == .alive)
            #expect(record.crash == nil)
        }

        // MARK: Making records

        private func marks(isolation: Flycatcher.Scope, current: Flycatcher.Scope) -> RunScopes.Marks {
            RunScopes.Marks(isolation: isolation.number, current: current.number)
        }

        /// What is in the file of a run in which `body` was all that happened.
        private func recorded<Result>(
            _ body: () throws -> Result
        ) throws -> (bytes: [UInt8], record: RunRecord, result: Result) {
            let folder = FileManager.default.temporaryDirectory.appending(path: "runs-\(UUID())")
            defer {
                // The system clears what is left of it.
                try? FileManager.default.removeItem(at: folder)
            }
            let directory = try #require(StateDirectory(folder.path(), project: "p"))
            let run = try #require(RunFile(in: directory, .stub))
            run.watch()
            defer {
                flycatcher_watch_run(nil, -1)
                run.end()
                Flycatcher.Scope.global.clear()
            }
            let result = try body()
            let bytes = Array(try Data(contentsOf: URL(filePath: try #require(directory.files.first))))
            return (bytes, try #require(RunRecord(bytes)), result)
        }
    }
}

extension [UInt8] {
    /// Changes the beginning of a run's file.
    mutating func changeHeader(_ body: (inout flycatcher_run) -> Void) {
        withUnsafeMutableBytes { body(&$0.bindMemory(to: flycatcher_run.self)[0]) }
    }
}

extension RunFacts {
    static var stub: RunFacts {
        RunFacts(
            dsn: "http://key@127.0.0.1/1", release: "shop@1.0.0", dist: nil, environment: "test",
            serverName: "host", program: "/app/Shop", contexts: ["os": ["name": "Linux"]], traceID: nil,
            spanID: nil,
            session: Session(id: "5e55104e", startedAt: Timestamp(microseconds: 1), userID: nil),
            countsRequests: false, options: [:])
    }
}
