// Whether two different bugs of one platform ever end in one issue.

import Model
import Testing

@testable import Ingest

@Suite struct PairTests {
    /// Events of one bug, or of two that nothing in them tells apart; each with the reason.
    private static let expected: [Set<String>] = [
        // One error of one caller, sent three times for three bugs of the server that took it.
        ["bugsink/111.json", "bugsink/130.json", "bugsink/130-w-tuple.json"],
        // One exception whose frames were taken out in two ways, and one whose message was misplaced in two.
        ["bugsink/exception_no_frames.json", "bugsink/exception_null_frames.json"],
        ["bugsink/top-level-logentry-as-str.json", "bugsink/top-level-message-as-str.json"],
        // One minified error, built in two ways.
        [
            "bugsink/uglifyjs-minified-sourcemaps-in-bundle.json",
            "bugsink/uglifyjs-minified-sourcemaps-in-bundle-multi-file.json",
        ],
        // One log call, and one error of one page, of two users.
        ["bugsink/logmessage-w-params-dict.json", "bugsink/user-id-as-int.json"],
        ["bugsink/headers_as_lists.json", "bugsink/weird_ua.json", "glitchtip/dotnet_error.json"],
        // One error in several browsers.
        [
            "sentry/javascript-xbrowser-chrome.json", "sentry/javascript-xbrowser-edge.json",
            "sentry/javascript-xbrowser-firefox.json", "sentry/javascript-xbrowser-safari.json",
        ],
        [
            "sentry/javascript-xbrowser-http-chrome.json", "sentry/javascript-xbrowser-http-edge.json",
            "sentry/javascript-xbrowser-http-firefox.json", "sentry/javascript-xbrowser-http-safari.json",
        ],
        // Whoever published these crashes wrote `stripped_application_code` for every function of the app.
        ["sentry/mobile1-xeh.json", "sentry/mobile1-xeq.json"],
        ["sentry/group_307_event_657.json", "sentry/mobile1-xht.json"],
    ]

    @Test func `no two bugs of one platform are merged but for those listed`() throws {
        var owners: [String: [GroupingHash: String]] = [:]
        let samples = OwnEvents.all + RecordedEvents.all
        #expect(samples.count >= 56)
        for sample in samples {
            let event = try Pipe.run(sample.json).event
            #expect(!event.hashes.isEmpty, "\(sample.name) has no hash")
            for hash in event.hashes {
                if let other = owners[event.platform]?[hash], other != sample.name,
                    !Self.expected.contains(where: { $0.isSuperset(of: [other, sample.name]) })
                {
                    Issue.record("\(other) and \(sample.name) are merged: \(event.facts.title)")
                }
                owners[event.platform, default: [:]][hash] = sample.name
            }
        }
    }
}
