// Rules about what is neither an event nor a file: once, where it belongs, within bounds.

import Compression
import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let itemRules = [
        Rule("feedback is stored once and found by its event, which may come later", feedbackOnce),
        Rule("no project sees feedback, monitors, sessions or traces of another", itemsApart),
        Rule("a run of a job goes on under its identity, or as the latest one", runsGoOn),
        Rule("a session counts once, in its hour and as what it became", sessionsCountOnce),
        Rule("sums of sessions add up, and users are counted once", sessionsAddUp),
        Rule("too many releases in an hour are counted together", placesAreBounded),
        Rule("parts of a trace are stored once, with what they say", tracesOnce),
        Rule("old sessions and the oldest traces are trimmed away", itemsAreTrimmed),
        Rule("feedback and traces go at their age, of their project alone", itemsAge),
        Rule("feedback and traces are looked through and removed row by row", itemsAreErased),
        Rule("attachments of feedback and transactions belong to them", itemsHaveAttachments),
        Rule("what comes beside a discarded event is kept", itemsOutliveEvent),
    ]

    private static func feedbackOnce(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id)
        var enclosures = Enclosures.stub(project.id, nil, [])
        enclosures.feedback = [
            FeedbackDraft(
                id: EventID(), event: event.id, message: "it broke", name: "Jo", email: "jo@example.org",
                createdAt: .stub())
        ]

        for _ in 0..<2 { _ = try await store.record(nil, with: enclosures) }
        #expect(try await store.feedback(about: event.id, in: project.id).first?.issue == nil)
        _ = try await store.record(event)

        let found = try await store.feedback(about: event.id, in: project.id)
        #expect(found.map(\.draft) == enclosures.feedback && found.first?.issue != nil)
        let all = try await store.feedback(of: nil, before: .stub(1), limit: 9)
        #expect(all == found && found.first?.projectSlug == project.slug)
        #expect(try await store.feedback(of: project.id, before: .stub(), limit: 9).isEmpty)
        #expect(try await store.quantity(.accepted, "feedback", in: project.id) == 1)
    }

    private static func itemsAge(_ store: any Store) async throws {
        let day: Int64 = 86_400
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        for project in [shop, blog] {
            var enclosures = Enclosures.stub(project.id, nil, [])
            enclosures.feedback = [-40, -1].map { days in
                FeedbackDraft(id: EventID(), message: "m", createdAt: .stub(days * day))
            }
            enclosures.traceItems = [.stub(1, at: -40 * day), .stub(2, at: -35 * day), .stub(3, at: -day)]
            enclosures.sessionSums = [.stub(exited: 1)]
            _ = try await store.record(nil, with: enclosures)
        }
        let cutoffs = RetentionCutoffs(days: 30, now: .stub())

        #expect(try await store.removeAgedItems(of: shop.id, cutoffs, limit: 1), "one is left")
        while try await store.removeAgedItems(of: shop.id, cutoffs, limit: 1) {}

        #expect(try await store.feedback(of: shop.id, before: .stub(1), limit: 9).count == 1)
        #expect(try await store.traceItems(of: .stub, in: shop.id).map(\.draft.id.value) == [3])
        #expect(try await store.releaseHours(of: shop.id, sinceHour: 0).count == 1)
        #expect(try await store.feedback(of: blog.id, before: .stub(1), limit: 9).count == 2)
        #expect(try await store.traceItems(of: .stub, in: blog.id).count == 3)
    }

    private static func itemsAreErased(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        for project in [shop, blog] {
            var enclosures = Enclosures.stub(project.id, nil, [])
            enclosures.feedback = ["Jo", "Lee"].map {
                FeedbackDraft(id: EventID(), message: "m", name: $0, createdAt: .stub())
            }
            enclosures.traceItems = [.stub(1), .stub(2)]
            _ = try await store.record(nil, with: enclosures)
        }

        var rows: [Int64] = []
        var last: Int64 = 0
        while let next = try await store.recordsToSearch(.feedback, of: shop.id, after: last, limit: 1).first
        {
            if next.texts.contains("Jo") { rows.append(next.row) }
            last = next.row
        }
        let subject = ErasureSubject(.userID, "7")
        let id = try await store.addErasure(of: subject, in: nil, by: "Kim", at: .stub()).id
        #expect(try await store.erase(.feedback, rows, for: id) == 1)
        #expect(try await store.erase(.feedback, rows, for: id) == 0, "they are gone already")

        #expect(
            try await store.feedback(of: shop.id, before: .stub(1), limit: 9).map(\.draft.name) == ["Lee"])
        let traces = try await store.recordsToSearch(.trace, of: nil, after: 0, limit: 9)
        #expect(
            traces.count == 4 && traces.allSatisfy { $0.texts == ["GET /"] && $0.json == Array("{}".utf8) })
        #expect(try await store.erase(.trace, traces.prefix(3).map(\.row), for: id) == 3)
        #expect(try await store.recordsToSearch(.trace, of: nil, after: 0, limit: 9).count == 1)
        #expect(try await store.erasure(id)?.tally.records == 4)
    }

    private static func itemsApart(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        let event = EventID()
        var enclosures = Enclosures.stub(shop.id, event, [])
        enclosures.feedback = [FeedbackDraft(id: EventID(), event: event, message: "m", createdAt: .stub())]
        enclosures.checkIns = [.stub(.ok)]
        enclosures.sessionSums = [.stub(exited: 1)]
        enclosures.traceItems = [.stub(1)]

        _ = try await store.record(nil, with: enclosures)

        #expect(try await store.feedback(about: event, in: blog.id).isEmpty)
        #expect(try await store.feedback(of: blog.id, before: .stub(9), limit: 9).isEmpty)
        #expect(try await store.monitors(of: blog.id).isEmpty)
        #expect(try await store.releaseHours(of: blog.id, sinceHour: 0).isEmpty)
        #expect(try await store.traceItems(of: .stub, in: blog.id).isEmpty)
        #expect(try await store.monitors(of: nil).map(\.project) == [shop.id])
    }

    private static func runsGoOn(_ store: any Store) async throws {
        let project = try await store.makeProject()
        func send(_ checkIn: CheckInDraft) async throws {
            var enclosures = Enclosures.stub(project.id, nil, [])
            enclosures.checkIns = [checkIn]
            _ = try await store.record(nil, with: enclosures)
        }
        let run = EventID()

        try await send(.stub(.inProgress, id: run, schedule: #"{"schedule":{}}"#))
        try await send(.stub(.inProgress, environment: "staging", at: 1))
        try await send(.stub(.ok, at: 12))
        try await send(.stub(.inProgress, id: run, at: 13))
        try await send(.stub(.error, id: EventID(), at: 20))

        let monitor = try #require(try await store.monitors(of: project.id).first)
        #expect(monitor.slug.description == "nightly" && monitor.status == .error)
        #expect(monitor.schedule == #"{"schedule":{}}"# && monitor.lastCheckInAt == .stub(20))
        let runs = try await store.checkIns(of: monitor.id, limit: 9)
        #expect(runs.map(\.status) == [.error, .inProgress, .ok])
        #expect(runs.last?.id == run && runs.last?.duration == 12_000)
        #expect(try await store.quantity(.accepted, "monitor", in: project.id) == 4)
    }

    private static func sessionsCountOnce(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let id = EventID()
        func send(
            _ state: SessionUpdate.State, _ sequence: Int64, ended: Bool = false, hour: Int64 = 0
        ) async throws {
            var enclosures = Enclosures.stub(project.id, nil, [])
            enclosures.sessions = [
                SessionUpdate(
                    id: id, place: .stub, startedAt: .stub(hour * 3600), state: state, hasEnded: ended,
                    sequence: sequence, user: UserDigest(7))
            ]
            _ = try await store.record(nil, with: enclosures)
        }

        try await send(.running, 0)
        try await send(.running, 0)
        try await send(.errored, 5, hour: 3)
        try await send(.crashed, 9, ended: true)
        try await send(.exited, 10, ended: true)

        let hours = try await store.releaseHours(of: project.id, sinceHour: 0)
        #expect(hours.map(\.counts) == [SessionCounts(crashed: 1)])
        #expect(hours.first?.users.count == 1 && hours.first?.crashedUsers.count == 1)
        #expect(try await store.quantity(.accepted, "session", in: project.id) == 3)
    }

    private static func sessionsAddUp(_ store: any Store) async throws {
        let project = try await store.makeProject()
        var enclosures = Enclosures.stub(project.id, nil, [])
        enclosures.sessionSums = [
            .stub(exited: 10, errored: 2, user: 1), .stub(exited: 5, crashed: 1, user: 2),
            .stub(exited: 1, user: 1),
        ]

        _ = try await store.record(nil, with: enclosures)

        let hour = try #require(try await store.releaseHours(of: project.id, sinceHour: 0).first)
        #expect(hour.counts == SessionCounts(exited: 16, errored: 2, crashed: 1))
        #expect(hour.place == .stub && hour.users.count == 2 && hour.crashedUsers.count == 1)
        #expect(try await store.releaseHours(of: project.id, sinceHour: hour.hour + 1).isEmpty)
    }

    private static func placesAreBounded(_ store: any Store) async throws {
        let project = try await store.makeProject()
        var enclosures = Enclosures.stub(project.id, nil, [])
        enclosures.sessionSums = (0..<600).map {
            SessionSum(
                place: ReleasePlace(release: "r\($0)", environment: ""), startedAt: .stub(),
                counts: SessionCounts(exited: 1))
        }

        _ = try await store.record(nil, with: enclosures)

        let hours = try await store.releaseHours(of: project.id, sinceHour: 0)
        #expect(hours.count <= 501)
        #expect(hours.reduce(0) { $0 + $1.counts.exited } == 600)
    }

    private static func tracesOnce(_ store: any Store) async throws {
        let project = try await store.makeProject()
        var enclosures = Enclosures.stub(project.id, nil, [])
        enclosures.traceItems = [.stub(2, kind: .logs, at: 5), .stub(1)]

        for _ in 0..<2 { _ = try await store.record(nil, with: enclosures) }

        let found = try await store.traceItems(of: .stub, in: project.id)
        #expect(found.map(\.draft.id.value) == [1, 2])
        #expect(found.first?.draft.body == Array("{}".utf8))
        #expect(found.last?.draft.level == .warning && found.first?.draft.span == SpanID(value: 9))
        #expect(try await store.quantity(.accepted, "transaction", in: project.id) == 1)
        #expect(try await store.quantity(.accepted, "span", in: project.id) == 4)
        #expect(try await store.quantity(.accepted, "log_item", in: project.id) == 3)
    }

    private static func itemsAreTrimmed(_ store: any Store) async throws {
        let project = try await store.makeProject()
        var enclosures = Enclosures.stub(project.id, nil, [])
        enclosures.traceItems = (1...20).map { .stub(UInt128($0)) }
        enclosures.sessions = [
            SessionUpdate(
                id: EventID(), place: .stub, startedAt: .stub(), state: .running, hasEnded: false, sequence: 0
            )
        ]
        _ = try await store.record(nil, with: enclosures)

        while try await store.trimItems(at: .stub(7 * 86_400), traceBytes: 2000) {}

        let left = try await store.traceItems(of: .stub, in: project.id).map(\.draft.id.value)
        #expect((1..<20).contains(left.count) && left.contains(20) && !left.contains(1))
        _ = try await store.record(nil, with: enclosures)
        #expect(try await store.releaseHours(of: project.id, sinceHour: 0).first?.counts.started == 2)
        while try await store.trimItems(at: .stub(7 * 86_400), traceBytes: 0) {}
        #expect(try await store.traceItems(of: .stub, in: project.id).isEmpty)
    }

    private static func itemsHaveAttachments(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let transaction = TraceItemDraft.stub(77)
        var enclosures = Enclosures.stub(project.id, transaction.id, [.stub("a", 1)])
        enclosures.traceItems = [transaction]
        _ = try await store.record(nil, with: enclosures)
        var words = Enclosures.stub(project.id, EventID(), [.stub("screen.png", 2)])
        let id = try #require(words.event)
        words.feedback = [FeedbackDraft(id: id, message: "look", createdAt: .stub())]
        _ = try await store.record(nil, with: words)

        while try await store.settleAttachments(receivedBefore: .stub(9), limit: 9) {}

        #expect(try await store.attachments(of: transaction.id, in: project.id).count == 1)
        #expect(try await store.attachments(of: id, in: project.id).count == 1)
        while try await store.trimItems(at: .stub(), traceBytes: 0) {}
        #expect(try await store.attachments(of: transaction.id, in: project.id).isEmpty)
    }

    private static func itemsOutliveEvent(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issue = try await store.record(.stub(project: project.id)).issue
        try await store.discard(issue, at: .stub())
        var enclosures = Enclosures.stub(project.id, nil, [])
        enclosures.sessionSums = [.stub(exited: 3)]

        await expectStoreError {
            $0 == .discarded
        } from: {
            _ = try await store.record(.stub(project: project.id), with: enclosures)
        }

        #expect(try await store.releaseHours(of: project.id, sinceHour: 0).first?.counts.exited == 3)
    }
}

extension ReleasePlace {
    fileprivate static let stub = ReleasePlace(release: "shop@1", environment: "production")
}

extension TraceID {
    fileprivate static var stub: TraceID {
        guard let id = TraceID(value: 5) else { preconditionFailure("5 is a trace") }
        return id
    }
}

extension SessionSum {
    fileprivate static func stub(
        exited: Int64, errored: Int64 = 0, crashed: Int64 = 0, user: UInt64? = nil
    ) -> SessionSum {
        SessionSum(
            place: .stub, startedAt: .stub(),
            counts: SessionCounts(exited: exited, errored: errored, crashed: crashed),
            user: user.map { UserDigest($0) })
    }
}

extension CheckInDraft {
    fileprivate static func stub(
        _ status: CheckInStatus, id: EventID? = nil, environment: String = "production",
        schedule: String? = nil,
        at seconds: Int64 = 0
    ) -> CheckInDraft {
        guard let slug = MonitorSlug("nightly") else { preconditionFailure("it is a name") }
        return CheckInDraft(
            id: id, slug: slug, status: status, environment: environment, schedule: schedule,
            at: .stub(seconds))
    }
}

extension TraceItemDraft {
    fileprivate static func stub(
        _ id: UInt128, kind: Kind = .transaction, at seconds: Int64 = 0
    ) -> TraceItemDraft {
        TraceItemDraft(
            id: EventID(value: id), kind: kind, trace: .stub, span: SpanID(value: 9),
            timestamp: .stub(seconds),
            duration: 1500, name: "GET /", operation: "http.server", status: "ok",
            level: kind == .logs ? .warning : nil, count: 3, body: Zstd.compress(Array("{}".utf8)),
            bodySize: 2)
    }
}
