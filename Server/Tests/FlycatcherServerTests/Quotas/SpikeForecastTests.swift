// Tests what is expected of a project from what it brought before.

import Testing

@testable import FlycatcherServer

@Suite struct SpikeForecastTests {
    private let week = SpikeForecast.hourCount

    private func projection(_ count: (_ hoursAgo: Int) -> Int64) -> Int64 {
        SpikeForecast.projection(of: (1...week).reversed().map(count))
    }

    @Test func `a project that brings as much each hour may bring five times that`() {
        #expect((499...500).contains(projection { _ in 100 }))
    }

    @Test func `what comes every night at this hour is no spike`() {
        #expect(projection { $0 % 24 == 0 ? 10_000 : 0 } > 10_000)
        #expect(projection { $0 % 24 == 12 ? 10_000 : 0 } < 2_000)
    }

    @Test func `a single loud hour raises the bound for an hour like it by less than half of itself`() {
        let night = projection { $0 == 24 ? 10_000 : $0 == week ? 1 : 0 }

        #expect((2_000..<5_000).contains(night))
    }

    @Test func `growth that lasts raises the bound hour by hour, and a loop that lasts a day by little`() {
        var history = [Int64](repeating: 1_000, count: week)
        var bounds: [Int64] = []
        for _ in 0..<24 {
            bounds.append(SpikeForecast.projection(of: history))
            history = history.dropFirst() + [bounds[bounds.count - 1]]
        }

        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
        #expect(bounds[23] < 4 * bounds[0])
    }

    @Test func `a young project is judged by the hours that it has been there`() {
        #expect((499...500).contains(projection { $0 <= 3 ? 100 : 0 }))
        #expect(projection { _ in 0 } == 0)
        #expect(SpikeForecast.projection(of: []) == 0)
    }

    @Test func `no number is too large`() {
        #expect(projection { _ in .max } > 0)
    }
}
