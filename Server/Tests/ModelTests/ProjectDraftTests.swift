// How a project's name becomes its name in URLs.

import Model
import Testing

@Suite struct ProjectDraftTests {
    @Test(arguments: [
        ("Shop", "shop"), ("My Web Shop", "my-web-shop"), ("  a  b  ", "a-b"), ("API v2.1", "api-v2-1"),
        ("--x--", "x"), ("Füße", "f-e"), ("日本", "project"), ("", "project"), ("!!!", "project"),
        ("../etc", "etc"),
        ("<script>", "script"),
    ])
    func `letters and digits stay, everything else is a dash`(name: String, slug: String) {
        #expect(ProjectDraft(name: name).slug == slug)
    }

    @Test func `a slug has at most fifty characters`() {
        #expect(
            ProjectDraft(name: String(repeating: "a", count: 500)).slug == String(repeating: "a", count: 50))
    }

    @Test func `a slug that is cut does not end with a dash`() {
        let name = String(repeating: "a", count: 49) + " b"
        #expect(ProjectDraft(name: name).slug == String(repeating: "a", count: 49))
    }
}
