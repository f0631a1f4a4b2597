// Issues that look alike are told from those that do not.

import Model
import Testing

@testable import Ingest

@Suite struct SimilarityTests {
    private func sketch(
        _ functions: [String], type: String = "PoolError", value: String = ""
    ) throws -> IssueSketch {
        let frames = functions.map { #"{"function":"\#($0)","module":"shop","in_app":true}"# }
        let trace = functions.isEmpty ? "" : #","stacktrace":{"frames":[\#(frames.joined(separator: ","))]}"#
        let json = #"{"exception":[{"type":"\#(type)","value":"\#(value)"\#(trace)}]}"#
        return try #require(GroupingReader().sketch(of: Pipe.run(json).event.body))
    }

    private static let walk = (0..<20).map { "step_\($0)" }

    @Test func `the same frames and words are wholly alike`() throws {
        let one = try sketch(Self.walk, value: "no connection to 10.0.0.1")
        let other = try sketch(Self.walk, value: "no connection to 10.0.0.2")

        #expect(one.similarity(to: other).score == 1)
        #expect(one.bands == other.bands)
    }

    @Test func `one more frame is nearer than half of the frames, and that nearer than none`() throws {
        let issue = try sketch(Self.walk, value: "no connection came")
        let near = try sketch(Self.walk + ["retry"], value: "no connection came")
        let far = try sketch(Array(Self.walk.prefix(10)), value: "a lease ended")
        let other = try sketch(["parse", "read"], type: "KeyError", value: "no such key")

        let scores = [near, far, other].map { issue.similarity(to: $0).score }

        #expect(scores == scores.sorted(by: >))
        #expect(scores[0] > 0.8)
        #expect(scores[1] > IssueSimilarity.threshold)
        #expect(scores[2] < IssueSimilarity.threshold)
        #expect(!Set(issue.bands).isDisjoint(with: near.bands))
        #expect(Set(issue.bands).isDisjoint(with: other.bands))
    }

    @Test func `library frames count only where there are no others`() throws {
        func sketch(_ library: String) throws -> IssueSketch {
            let json = """
                {"exception":[{"type":"T","stacktrace":{"frames":[{"function":"own","module":"shop","in_app":true},
                {"function":"\(library)","module":"lib","in_app":false}]}}]}
                """
            return try #require(GroupingReader().sketch(of: Pipe.run(json).event.body))
        }

        #expect(try sketch("a").similarity(to: sketch("b")).score == 1)
    }

    @Test func `messages are alike by their words`() throws {
        func sketch(_ text: String) throws -> IssueSketch {
            try #require(GroupingReader().sketch(of: Pipe.run("{\"message\":\"\(text)\"}").event.body))
        }
        let issue = try sketch("could not reach the payment service in time")

        #expect(try issue.similarity(to: sketch("could not reach the payment service at all")).score > 0.4)
        #expect(try issue.similarity(to: sketch("user 17 has no basket")).score < IssueSimilarity.threshold)
    }

    @Test func `an event that says nothing is like nothing`() throws {
        let nothing = try #require(GroupingReader().sketch(of: Pipe.run("{}").event.body))

        #expect(nothing.bands.isEmpty)
        #expect(nothing.similarity(to: nothing).score == 0)
        #expect(try nothing.similarity(to: sketch(Self.walk)).score == 0)
    }

    @Test func `an event of any platform is wholly like itself`() throws {
        for sample in OwnEvents.all {
            let sketch = try #require(GroupingReader().sketch(of: Pipe.run(sample.json).event.body))
            #expect(sketch.similarity(to: sketch).score > 0.99, "\(sample.name)")
        }
    }
}
