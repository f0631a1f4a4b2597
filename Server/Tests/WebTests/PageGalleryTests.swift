// Pages with natural data, kept as files when FLYCATCHER_GALLERY names a folder: a way to look at them.

import FlycatcherWire
import Foundation
import Model
import Testing

@testable import Web

struct PageGalleryTests {
    @Test func `every page renders as one whole document`() async throws {
        let pages = try await Self.pages()

        for (name, html) in pages {
            #expect(html.hasPrefix("<!doctype html>"), "\(name)")
            #expect(html.hasSuffix("</body></html>"), "\(name)")
            #expect(html.contains("<main id=\"main\">"), "\(name)")
            #expect(!html.contains("{{"), "\(name)")
            #expect(!html.contains(" false<"), "\(name)")
            #expect(!html.contains(">false<") && !html.contains("\"false\""), "\(name)")
        }
        try Self.keep(pages)
    }

    static func pages() async throws -> [String: String] {
        let context = PageContext.stub()
        let issue = Model.Issue.stub(isUnhandled: true)
        let store = sampleStore(issue)
        let dsn = try DSN("http://0123456789abcdef0123456789abcdef@127.0.0.1:8000/1")
        let waiting = Project.stub(firstEventAt: nil)
        var fresh = context
        fresh.projects = [waiting]
        var loud = context
        loud.notices = [
            Notice(
                "Shop API sends more events than 600 in 60 s.",
                "What is above it is refused and counted as burst_limit. Stop what is looping, or raise the limit.",
                since: Timestamp.present.minus(300)),
            Notice("The disk fills up: attachments are left away.", "Make room."),
        ]
        var nobody = context
        nobody.user = nil
        let detail = try #require(
            try await IssueDetailPage(issue, event: .latest, store: store, context: context))
        let bare = try #require(
            try await IssueDetailPage(issue, event: .latest, store: PageStore(), context: context))
        return [
            "stream": try await html(
                IssueStreamPage(StreamAddress { _ in nil }, store: store, context: context)),
            "stream-page-2": try await html(
                IssueStreamPage(
                    StreamAddress { ["trail": "9:9:0", "query": "Error", "sort": "freq"][$0] }, store: store,
                    context: context)),
            "stream-waiting": try await html(
                IssueStreamPage(StreamAddress { _ in nil }, store: PageStore(), context: fresh)),
            "stream-nothing": try await html(
                IssueStreamPage(
                    StreamAddress { $0 == "query" ? "teapot" : nil }, store: PageStore(), context: context)),
            "stream-clear": try await html(
                IssueStreamPage(StreamAddress { _ in nil }, store: PageStore(), context: context)),
            "issue": try html(detail),
            "issue-bare": try html(bare),
            "events": try await html(EventListPage(issue, after: nil, store: store, context: context)),
            "hashes": try html(
                StrandPage(
                    issue,
                    strands: [
                        HashStrand(
                            hashes: [GroupingHash(1), GroupingHash(2)], eventCount: 17, latest: nil,
                            title: "ValueError: bad value"),
                        HashStrand(hashes: [GroupingHash(3)], eventCount: 0, latest: nil, title: ""),
                        HashStrand(hashes: [], eventCount: 2, latest: nil, title: "KeyError"),
                    ], context: context)),
            "similar": try html(
                SimilarPage(
                    issue,
                    similar: [
                        SimilarIssue(
                            issue: issue,
                            similarity: IssueSketch(stack: [1, 2], message: [3])
                                .similarity(to: IssueSketch(stack: [1], message: [3])))
                    ], context: context)),
            "similar-none": try html(SimilarPage(issue, similar: [], context: context)),
            "sign-in": try html(
                SignInPage(email: "ana@shop.example", failure: "That did not match.", context: nobody)),
            "sign-in-link": try html(SignInLinkPage(token: "abc", context: nobody)),
            "account": try html(
                AccountPage(hasPassword: true, change: .refused("Too short."), context: context)),
            "erasure": try html(ErasurePage(erasures(), context: context)),
            "erasure-confirm": try html(
                ErasurePage(
                    [], form: ErasureFields(kind: "email", subject: "jo@example.org"), state: .confirming,
                    context: context)),
            "limits": try html(
                LimitsPage(
                    .stub(), allowance: LimitsDraft(ProjectAllowance()),
                    standard: LimitsDraft(burst: "600/60", quota: "off", spikes: "off", keepsAll: false),
                    spikeLimit: 12_700, context: loud)),
            "projects": try html(ProjectListPage(context: context)),
            "setup": try await html(
                ProjectSetupPage(waiting, dsn: dsn, platform: nil, store: PageStore(), context: fresh)),
            "setup-done": try await html(
                ProjectSetupPage(.stub(), dsn: dsn, platform: "curl", store: store, context: context)),
            "keys": try html(
                KeysPage(
                    .stub(), keys: [(key: .stub(), dsn: dsn), (key: .stub(limit: true), dsn: dsn)],
                    news: "Saved.", context: context)),
            "keys-none": try html(KeysPage(.stub(), keys: [], failure: "No.", context: context)),
            "origins": try html(
                OriginsPage(
                    .stub(), origins: "*.shop.example\nno origin",
                    errors: [RuleError(line: 2, reason: "'no origin' is no origin")], context: context)),
            "scrubbing": try html(ScrubbingPage(.stub(), settings: ScrubbingSettings(), context: context)),
            "filters": try html(
                FiltersPage(
                    .stub(), reports: try await store.filterReports(of: .stub(), at: .present),
                    draft: FilterDraft(
                        filter: .release, setting: FilterSetting(isOn: true, patterns: ["[a"]),
                        errors: [RuleError(line: 1, reason: "a [ lacks its ]")]), news: "Saved.",
                    context: context)),
            "outcomes": try await html(
                OutcomesPage(.stub(), period: "7d", store: PageStore(slices: Self.slices), context: context)),
            "outcomes-none": try await html(
                OutcomesPage(.stub(), period: nil, store: PageStore(), context: context)),
            "message": try html(
                MessagePage(
                    status: 404, title: "There is no such issue", detail: "It may have been merged.",
                    context: context)),
        ]
    }

    private static let slices: [OutcomeSlice] = (0..<42).flatMap { index in
        let counts: [(Outcome.Kind, String, Int)] = [
            (.accepted, "", 40 + index * 7 % 50), (.filtered, "web-crawlers", index % 9),
            (.rateLimited, "key_limit", index == 30 ? 60 : 0), (.invalid, "cors", index % 4),
            (.clientDiscard, "sample_rate", index % 11),
        ]
        return counts.map { kind, reason, quantity in
            let outcome = Outcome(kind, category: "error", reason: reason)
            return OutcomeSlice(
                index: index,
                total: OutcomeTotal(project: ProjectID(1), outcome: outcome, quantity: Int64(quantity)))
        }
    }

    /// One that goes on, one that came to no end, one that is done.
    private static func erasures() -> [ErasureOrder] {
        func order(
            _ id: Int64, _ text: String, _ place: ErasurePlace, _ end: ErasureOrder.End?
        ) -> ErasureOrder {
            var tally = ErasureTally()
            (tally.events, tally.attachments, tally.traces) = (1240, 3, 17)
            return ErasureOrder(
                id: ErasureID(id), subject: ErasureSubject(.email, text), project: nil,
                orderedBy: "kim@example.org", orderedAt: Timestamp.present.minus(600), place: place,
                tally: tally, end: end, endedAt: end == nil ? nil : Timestamp.present.minus(60))
        }
        return [
            order(3, "jo@example.org", ErasurePlace(round: 2, row: 40, lastRow: 100), nil),
            order(2, "", ErasurePlace(round: 5), .incoming), order(1, "", ErasurePlace(), .complete),
        ]
    }

    private static func html(_ page: some Page) throws -> String {
        try Rendered.html(page)
    }

    private static func sampleStore(_ issue: Model.Issue) -> PageStore {
        let neighbour = EventID(value: 6)
        let position = EventPosition(index: 839, count: 840, previous: neighbour, next: EventID(value: 8))
        let titles:
            [(type: String, value: String, location: String, level: Level, events: Int64, users: Int64)] = [
                (
                    "Fatal error", "Index out of range", "Sources/Shop/CartMath.swift:118 in total(of:)",
                    .fatal, 3, 3
                ),
                (
                    "DecodingError.keyNotFound", "No value associated with key \"price\" at items[3].price",
                    "Sources/Catalog/Import.swift:77 in decode(_:)", .error, 12_431, 0
                ),
                ("KeyError", "'sku-<int>'", "shop/views.py:31 in HandledErrorView.get", .error, 96, 12),
                ("Something went wrong", "", "", .warning, 7, 2),
                (
                    "TypeError",
                    "Cannot read properties of undefined (reading 'total') "
                        + String(repeating: "very ", count: 40),
                    "src/cart/Summary.tsx:58 in render", .error, 2_140_000, 410_000
                ),
                (
                    "NullReferenceException", "Object reference not set.",
                    "Billing/Invoice.cs:204 in Invoice.Close", .info, 18, 9
                ),
            ]
        let others: [Model.Issue] = titles.enumerated().map { index, title in
            Model.Issue.stub(
                number: Int64(60 + index),
                facts: .stub(
                    type: title.type, value: title.value, culprit: "/cart", location: title.location),
                level: title.level, firstSeen: Timestamp.present.minus(Int64(index * index) * 9000 + 840),
                lastSeen: Timestamp.present.minus(Int64(index * index) * 3000 + 30), events: title.events,
                users: title.users, isUnhandled: index % 3 == 0)
        }
        let seen = Timestamp.present
        return PageStore(
            found: [issue] + others, next: IssueCursor(value: 5, id: IssueID(66)), total: 214,
            stored: [.stub(SampleEvent.json, position: position)],
            counts: [
                0, 0, 3, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 4, 40, 130, 380,
                277,
            ],
            facets: [
                TagFacet(
                    key: "region", total: 840, valueCount: 2,
                    values: [
                        TagCount(value: "eu-west-1", count: 781, firstSeen: seen, lastSeen: seen),
                        TagCount(value: "us-east-1", count: 59, firstSeen: seen, lastSeen: seen),
                    ]),
                TagFacet(
                    key: "release", total: 840, valueCount: 9,
                    values: [
                        TagCount(value: "shop@1.4.2", count: 700, firstSeen: seen, lastSeen: seen),
                        TagCount(value: "shop@1.4.1", count: 100, firstSeen: seen, lastSeen: seen),
                    ]),
            ], allAttachments: sampleAttachments(of: EventID(value: 7)))
    }

    private static func sampleAttachments(of event: EventID) -> [Model.Attachment] {
        let files: [(name: String, type: String, kind: String?, size: Int64)] = [
            ("cart.json", "application/json", nil, 2_412),
            ("screen.png", "image/png", "event.view_hierarchy", 81_920),
            ("core.dmp", "application/x-dmp", "event.minidump", 12_400_000),
            ("<b>page</b>.html", "text/html", nil, 0),
        ]
        return files.enumerated().compactMap { index, file in
            guard let digest = FileDigest(bytes: Array(repeating: UInt8(index), count: 32)) else {
                return nil
            }
            return Model.Attachment(
                id: AttachmentID(Int64(index + 1)), project: ProjectID(1), event: event,
                file: AttachmentDraft(
                    name: FileName(file.name), type: MediaType(file.type), kind: file.kind, size: file.size,
                    digest: digest),
                receivedAt: .present)
        }
    }

    private static func keep(_ pages: [String: String]) throws {
        guard let folder = ProcessInfo.processInfo.environment["FLYCATCHER_GALLERY"] else { return }
        let home = URL(fileURLWithPath: folder, isDirectory: true)
        let assets = home.appendingPathComponent("assets", isDirectory: true)
        try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
        for asset in [WebAssets.style, WebAssets.script, WebAssets.icon] {
            try Data(asset.bytes).write(to: assets.appendingPathComponent(asset.name))
        }
        for (name, html) in pages {
            let local = html.replacingOccurrences(of: "\"/assets/", with: "\"assets/")
            try Data(local.utf8).write(to: home.appendingPathComponent("\(name).html"))
        }
    }
}
