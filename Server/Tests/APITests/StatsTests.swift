// Tests what became of everything that was sent, as tools ask for it.

import FlycatcherWire
import Model
import Testing

@testable import API

struct StatsTests {
    private let path = "organizations/flycatcher/stats_v2/"

    private func slice(
        _ index: Int, _ kind: Outcome.Kind, _ reason: String, _ quantity: Int64
    ) -> OutcomeSlice {
        OutcomeSlice(
            index: index,
            total: OutcomeTotal(
                project: ProjectID(1), outcome: Outcome(kind, category: "error", reason: reason),
                quantity: quantity))
    }

    private var store: MemoryStore {
        var store = MemoryStore(allProjects: [.stub()])
        store.slices = [
            slice(0, .accepted, "", 5), slice(1, .accepted, "", 7), slice(1, .filtered, "localhost", 2),
            slice(2, .rateLimited, "key_limit", 9),
        ]
        return store
    }

    @Test func `intervals begin with the hour and groups have sums and series`() async throws {
        let answer = try await store.get(
            path, "field=sum(quantity)&groupBy=outcome&interval=1h&statsPeriod=2h")

        #expect(answer.status == 200)
        #expect(
            answer.json("intervals")
                == #"["2026-03-01T10:00:00.000000Z","2026-03-01T11:00:00.000000Z","2026-03-01T12:00:00.000000Z"]"#
        )
        #expect(answer.text("start") == "2026-03-01T10:00:00.000000Z")
        #expect(answer.text("end") == "2026-03-01T13:00:00.000000Z")
        #expect(answer.json("groups.0.by") == #"{"outcome":"accepted"}"#)
        #expect(answer.json("groups.0.totals") == #"{"sum(quantity)":12}"#)
        #expect(answer.json("groups.0.series") == #"{"sum(quantity)":[5,7,0]}"#)
        #expect(answer.text("groups.2.by.outcome") == "rate_limited")
    }

    @Test func `groups may be of several things, or of all together`() async throws {
        let all = try await store.get(path, "interval=1h&statsPeriod=2h")
        let fine = try await store.get(path, "groupBy=project&groupBy=reason&interval=1h&statsPeriod=2h")

        #expect(
            all.json("groups")
                == #"[{"by":{},"totals":{"sum(quantity)":23},"series":{"sum(quantity)":[5,9,9]}}]"#)
        #expect(fine.json("groups.0.by") == #"{"project":1,"reason":null}"#)
    }

    @Test func `outcomes are chosen by what they are`() async throws {
        let chosen = try await store.get(path, "outcome=filtered&category=error&interval=1h&statsPeriod=2h")

        #expect(chosen.json("groups.0.totals") == #"{"sum(quantity)":2}"#)
        #expect(try await store.get(path, "category=transaction&statsPeriod=2h").json("groups") == "[]")
    }

    @Test(arguments: [
        "field=p95()", "groupBy=color", "interval=soon", "interval=0h", "statsPeriod=1y",
        "interval=1h&statsPeriod=1000d",
    ])
    func `a question that is not understood is a 400`(query: String) async throws {
        let answer = try await store.get(path, query)

        #expect(answer.status == 400 && answer.detail?.isEmpty == false)
    }

    @Test func `an unknown project is a 404`() async throws {
        #expect(try await store.get(path, "project=99&statsPeriod=2h").status == 404)
    }
}
