// Times, numbers and charts in words.

import FlycatcherWire
import Testing

@testable import Web

struct WordingTests {
    @Test(
        arguments: [
            (0, "just now"), (59, "just now"), (60, "1 min ago"), (3599, "59 min ago"), (3600, "1 h ago"),
            (86_399, "23 h ago"), (86_400, "1 d ago"), (5_183_999, "59 d ago"), (5_184_000, "2 mo ago"),
            (69_120_000, "2 y ago"), (-30, "just now"), (-120, "in 2 min"), (-86_400, "in 1 d"),
        ] as [(Int64, String)])
    func `a moment says how long ago it was`(seconds: Int64, words: String) {
        #expect(Moment(Timestamp.present.minus(seconds), now: .present).ago == words)
    }

    @Test func `a moment has its exact time, to the second and in UTC`() {
        #expect(Moment(.present, now: .present).exact == "2026-03-01 10:00:00 UTC")
    }

    @Test func `moments at the ends of time do not trap`() {
        let first = Timestamp(microseconds: .min)
        let last = Timestamp(microseconds: .max)

        #expect(Moment(first, now: last).distance.isEmpty == false)
        #expect(Moment(last, now: first).distance.isEmpty == false)
        #expect(Elapsed(from: Timestamp(microseconds: 0), to: first).fine.isEmpty == false)
    }

    @Test(
        arguments: [
            (0, "0"), (40_000, "0"), (60_000, "0.1 s"), (4_200_000, "4.2 s"), (12_300_000, "12 s"),
            (61_000_000, "1 min"), (7_200_000_000, "2 h"),
        ] as [(Int64, String)])
    func `a short time has tenths of seconds`(microseconds: Int64, words: String) {
        let start = Timestamp(microseconds: 0)
        #expect(Elapsed(from: start, to: Timestamp(microseconds: microseconds)).fine == words)
    }

    @Test(
        arguments: [
            (0, "0", "0"), (1, "1", "1"), (9999, "9999", "9,999"), (10_000, "10k", "10,000"),
            (12_431, "12.4k", "12,431"), (124_000, "124k", "124,000"), (999_999, "999k", "999,999"),
            (2_140_000, "2.1M", "2,140,000"), (3_000_000_000, "3G", "3,000,000,000"),
        ] as [(Int64, String, String)])
    func `a count is short in columns and exact in tooltips`(value: Int64, short: String, exact: String) {
        #expect(Count(value).short == short)
        #expect(Count(value).exact == exact)
    }

    @Test func `one thing is singular`() {
        #expect(Count(1).of("event") == "1 event")
        #expect(Count(0).of("event") == "0 events")
        #expect(Count(12_400).of("event") == "12,400 events")
    }

    @Test(
        arguments: [(0, 10, 0), (1, 1000, 1), (999, 1000, 99), (10, 10, 100), (93, 100, 93), (1, 0, 0)]
            as [(Int64, Int64, Int)])
    func `a share is 0 or 100 per cent only when it is just that`(part: Int64, whole: Int64, percent: Int) {
        #expect(Count.percentage(part, of: whole) == percent)
    }

    @Test func `the highest day fills the chart, any event is seen, a day without one is a line`() {
        let path = Sparkline(counts: [0, 1, 10_000]).path

        #expect(path == "M0 24v-1h6v1zM8 24v-2h6v2zM16 24v-22h6v22z")
    }

    @Test func `a chart of nothing and of impossible numbers is drawn`() {
        #expect(Sparkline(counts: []).path.isEmpty)
        #expect(Sparkline(counts: [0, 0]).path == "M0 24v-1h6v1zM8 24v-1h6v1z")
        #expect(Sparkline(counts: [-5, .max]).path == "M0 24v-1h6v1zM8 24v-22h6v22z")
        #expect(Sparkline(counts: [2, 5]).label == "7 events in 2 days, at most 5 a day, 5 today")
    }

    @Test func `a text is cut between code points`() {
        #expect(BoundedText("héé", limit: 2).shown == "h…")
        #expect(BoundedText("hé", limit: 3).shown == "hé")
        #expect(BoundedText("", limit: 0).shown.isEmpty)
    }
}
