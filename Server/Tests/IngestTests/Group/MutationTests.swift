// How well grouping tells bugs from occurrences, over events of many platforms.

import Foundation
import Testing

@testable import Ingest

@Suite struct MutationTests {
    private let events = (OwnEvents.all + RecordedEvents.all).compactMap { sample in
        Event(json: sample.json).map { (name: sample.name, event: $0) }
    }

    private static func hashes(_ event: Event) -> Set<String>? {
        (try? Pipe.hashes(event.json)).map(Set.init)
    }

    /// The events on which a mutation misleads grouping, and how many it was tried on.
    private func misses(of mutation: Mutation) -> (misses: [String], count: Int) {
        var misses: [String] = []
        var count = 0
        for (name, event) in events {
            guard let (one, two) = mutation.pair(event), let left = Self.hashes(one),
                let right = Self.hashes(two)
            else {
                continue
            }
            count += 1
            if left.isDisjoint(with: right) != mutation.makesAnotherBug { misses.append(name) }
        }
        return (misses, count)
    }

    private func rate(_ mutations: [Mutation]) -> Double {
        var (right, all) = (0, 0)
        for mutation in mutations {
            let (misses, count) = misses(of: mutation)
            print("\(mutation.name): \(misses.count) of \(count) missed \(misses.joined(separator: " "))")
            right += count - misses.count
            all += count
        }
        return Double(right) / Double(max(all, 1))
    }

    @Test func `what differs between occurrences does not split, what differs between bugs does`() {
        let kept = rate(Mutation.harmless)
        let told = rate(Mutation.telling)

        print("kept together \(kept), told apart \(told)")
        #expect((kept + told) / 2 >= 0.98)
        #expect(events.count >= 56)
        let platforms = Set(events.compactMap { $0.event["platform"] as? String })
        #expect(platforms.count >= 10)
    }
}
