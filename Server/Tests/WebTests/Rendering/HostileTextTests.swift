// Whatever an event says, it stays text.

import FlycatcherWire
import Foundation
import Model
import Testing

@testable import Web

struct HostileTextTests {
    static let attacks = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "\"\u{301} onmouseover=alert(1) x=\"", "<\u{FE0F}b>", "</pre></details></main>",
        "javascript:alert(1)",
        "{{#links}}{{{title}}}{{/links}}", "&lt;script&gt;", "\u{202E}gpj.exe", "]]><!--",
    ]

    @Test(arguments: attacks)
    func `no text of an event adds or changes an element of its page`(attack: String) async throws {
        let event = try Self.sample(withEveryStringReplacedBy: attack)
        let facts = EventFacts(type: attack, value: attack, culprit: attack, location: attack)
        let issue = Model.Issue.stub(facts: facts, project: attack)
        let seen = Timestamp.present
        let count = TagCount(value: attack, count: 9, firstSeen: seen, lastSeen: seen)
        let facet = TagFacet(key: attack, total: 10, valueCount: 2, values: [count])

        let html = try await Rendered.issuePage(event, issue: issue, facets: [facet])
        let outline = try HTMLOutline(html)
        let harmless = try await HTMLOutline(
            Rendered.issuePage(
                Self.sample(withEveryStringReplacedBy: "harmless"), issue: issue, facets: [facet]))

        #expect(outline.dangers.isEmpty)
        #expect(outline.shape.subtracting(harmless.shape).isEmpty)
        #expect(html.contains(EscapedHTML().escapeText(attack)))
    }

    @Test(arguments: attacks)
    func `no text of an issue adds or changes an element of the stream`(attack: String) async throws {
        let facts = EventFacts(type: attack, value: attack, culprit: attack, location: attack)
        let store = PageStore(found: [.stub(facts: facts, project: attack)])
        let projects = [Project.stub(slug: attack, name: attack)]
        let context = PageContext.stub(projects: projects)
        let address = StreamAddress { ["query": attack, "project": attack][$0] }

        let html = try Rendered.html(try await IssueStreamPage(address, store: store, context: context))
        let outline = try HTMLOutline(html)

        #expect(outline.dangers.isEmpty)
        #expect(html.contains(EscapedHTML().escapeText(attack)))
    }

    @Test(arguments: attacks)
    func `no text of forms and messages adds or changes an element`(attack: String) throws {
        var context = PageContext.stub(projects: [.stub(name: attack, platform: attack)])
        context.formToken = attack
        let pages: [any Page] = [
            SignInPage(email: attack, next: ReturnPath("/" + attack), failure: attack, context: context),
            SignInLinkPage(token: attack, context: context),
            AccountPage(hasPassword: true, change: .refused(attack), context: context),
            ProjectListPage(
                draft: ProjectDraft(name: attack, platform: attack), failure: attack, context: context),
            MessagePage(status: 500, title: attack, detail: attack, context: context),
        ]

        for page in pages {
            let outline = try HTMLOutline(Rendered.html(page))
            #expect(outline.dangers.isEmpty)
        }
    }

    @Test func `escaping goes by code points, so that no combining mark protects a quote`() {
        #expect(EscapedHTML().escapeText("\"\u{301}") == "&quot;\u{301}")
        #expect(EscapedHTML().escapeText("a<b>&'é") == "a&lt;b&gt;&amp;&#39;é")
        #expect(EscapedHTML().escapeText("plain é") == "plain é")
    }

    /// The sample event, with an attack in the place of every text, and as one more key of every object.
    private static func sample(withEveryStringReplacedBy attack: String) throws -> String {
        let event = try JSONSerialization.jsonObject(with: Data(SampleEvent.json.utf8))
        let data = try JSONSerialization.data(withJSONObject: replaced(event, by: attack))
        return String(decoding: data, as: UTF8.self)
    }

    private static func replaced(_ value: Any, by attack: String) -> Any {
        switch value {
        case let object as [String: Any]:
            var object = object.mapValues { replaced($0, by: attack) }
            object[attack] = attack
            return object
        case let list as [Any]: return list.map { replaced($0, by: attack) }
        case is String: return attack
        default: return value
        }
    }
}
