// The pipeline as a whole: real events, hostile ones, and what it says of itself.

import FlycatcherWire
import Model
import TapeJSON
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct EventPipelineTests {
    @Test func `the smallest event is stored with everything a list needs`() throws {
        let piped = try Pipe.run("{}")

        #expect(piped.event.facts.title == "<unlabeled event>")
        #expect(piped.event.level == .error)
        #expect(piped.event.timestamp == Pipe.received)
        #expect(piped.event.hashes.count == 1)
        #expect(piped["event_id"] == "\"\(piped.event.id)\"")
        #expect(piped["environment"] == "\"production\"")
        #expect(piped["errors"] == nil)
    }

    @Test(arguments: ["", "[]", "7", "\"event\"", "null"]) func `what is no object is dropped`(json: String) {
        #expect(throws: Drop.self) { try Pipe.run(json) }
    }

    @Test func `each step is timed under its name`() {
        let pipeline = EventPipeline(clock: { 0 }, pack: { $0 })

        let digest = pipeline.process(Array("{}".utf8), Pipe.arrival())

        #expect(digest.stepNanoseconds.count == EventPipeline.stepNames.count)
        #expect(Set(EventPipeline.stepNames).count == EventPipeline.stepNames.count)
    }

    @Test func `an event with every field of the wrong type is stored with notes`() throws {
        for value in ["7", "true", "\"x\"", "[1]", "{\"a\":{\"b\":[1]}}", "[[[]]]", "-1.5e300"] {
            let members = EventShape.event.fields.map { "\"\($0.key)\":\(value)" }
            let piped = try Pipe.run("{\(members.joined(separator: ","))}")

            #expect(!piped.errorNames.isEmpty, "nothing noted for \(value)")
        }
    }

    @Test func `a wrong type anywhere inside is stored too`() throws {
        let wrong = [
            "null", "7", "true", "\"x\"", "[]", "{}", "[null]", "[{}]", "{\"values\":7}", "{\"values\":[7]}",
        ]
        let places = [
            "exception": ["type", "value", "module", "mechanism", "stacktrace", "thread_id"],
            "breadcrumbs": ["timestamp", "type", "category", "message", "level", "data"],
            "threads": ["id", "name", "crashed", "stacktrace"],
        ]
        for (interface, fields) in places {
            for field in fields {
                for value in wrong {
                    _ = try Pipe.run("{\"\(interface)\":[{\"type\":\"T\",\"\(field)\":\(value)}]}")
                }
            }
        }
        for field in EventShape.frame.fields.map(\.key) + EventShape.stacktrace.fields.map(\.key) {
            for value in wrong {
                _ = try Pipe.run(
                    "{\"exception\":{\"type\":\"T\",\"stacktrace\":{\"frames\":[{\"function\":\"f\",\"\(field)\":\(value)}]}}}"
                )
            }
        }
        for field in EventShape.request.fields.map(\.key) {
            for value in wrong { _ = try Pipe.run("{\"request\":{\"\(field)\":\(value)}}") }
        }
        for field in EventShape.user.fields.map(\.key) {
            for value in wrong { _ = try Pipe.run("{\"user\":{\"\(field)\":\(value)}}") }
        }
    }

    @Test func `normalising twice changes nothing more`() throws {
        let once = try Pipe.run(
            #"{"message":{"message":"a %s","params":[1]},"tags":{"n":1},"exception":[{"type":"T"}],"level":"warn"}"#
        )

        let twice = try Pipe.run(once.event.body, Pipe.arrival(eventID: once.event.id))

        #expect(
            String(decoding: twice.event.body, as: UTF8.self)
                == String(decoding: once.event.body, as: UTF8.self))
        #expect(twice.event.hashes == once.event.hashes)
    }

    @Test func `all sample events of other servers go through`() throws {
        let folder = samples
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
            print("skipped: no sample events at \(folder)")
            return
        }
        var count = 0
        for name in names where name.hasSuffix(".json") {
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: folder + "/" + name)))
            guard bytes.count <= Limit.eventBytes else { continue }
            let piped = try Pipe.run(bytes)
            count += 1

            #expect(!piped.event.facts.title.isEmpty, "\(name)")
            #expect(piped.event.facts.title != "<unlabeled event>" || !bytes.contains(exception), "\(name)")
            #expect(piped.event.hashes.count >= 1, "\(name)")
        }
        #expect(count >= 180)
    }

    private var samples: String {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(root)/../shared/data/events"
    }

    private let exception = Array("\"exception\": {\"values\": [{\"type\"".utf8)
}

extension [UInt8] {
    fileprivate func contains(_ other: [UInt8]) -> Bool {
        String(decoding: self, as: UTF8.self).contains(String(decoding: other, as: UTF8.self))
    }
}

@Suite struct HostileEventTests {
    /// Members `"k0":1,"k1":1,…` enough to fill an event.
    private let manyMembers = (0..<100_000).map { "\"k\($0)\":1" }.joined(separator: ",")

    @Test(arguments: ["user", "contexts", "extra", "tags", "request", "modules", "sdk", "debug_meta"])
    func `a hundred thousand members anywhere cost no more than their length`(field: String) throws {
        let clock = ContinuousClock()

        let time = try clock.measure { _ = try Pipe.run("{\"\(field)\":{\(manyMembers)}}") }

        // Linear work takes well under a second even in debug; quadratic work takes minutes.
        #expect(time < .seconds(30))
    }

    @Test func `so do those of a request's body and of the event itself`() throws {
        let clock = ContinuousClock()
        let body = "{\(manyMembers)}".replacing("\"", with: "\\\"")

        let time = try clock.measure {
            _ = try Pipe.run("{\"request\":{\"data\":\"\(body)\"}}")
            _ = try Pipe.run("{\(manyMembers)}")
            _ = try Pipe.run("{\"exception\":[\(String(repeating: "1,null,", count: 60_000))1]}")
        }

        #expect(time < .seconds(60))
    }

    @Test func `an event that nests too deep is refused, and what is kept can be read again`() throws {
        let deep = String(repeating: "[", count: 99) + String(repeating: "]", count: 99)

        _ = try Pipe.run(
            "{\"exception\":[{\"type\":\"T\",\"mechanism\":{\"data\":{\"a\":\(deep.dropFirst(5).dropLast(5))}}}]}"
        )
        #expect(throws: Drop.self) { try Pipe.run("{\"extra\":\(deep)[]}") }
        #expect(throws: Drop.self) { try Pipe.run("{\"extra\":[\(deep)]}") }
    }
}
