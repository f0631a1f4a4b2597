// Proves how paths and queries are taken apart and find their route.

import FlycatcherWire
import Testing

@testable import API

struct RouteTests {
    private let route = Route("organizations/{org}/issues/{issue}/", scope: .eventRead) { _, _ in
        APIResponse([])
    }

    @Test func `a pattern names the parts of a path`() {
        let parameters = route.parameters(in: ["organizations", "acme", "issues", "FLY-1"])

        #expect(parameters == ["org": "acme", "issue": "FLY-1"])
    }

    @Test(arguments: [[], ["organizations", "acme", "issues"], ["projects", "acme", "issues", "1"]])
    func `a path of another form does not fit`(path: [String]) {
        #expect(route.parameters(in: path) == nil)
    }

    @Test(arguments: ["organizations/a%20b/issues/", "organizations/a%20b/issues"])
    func `a slash at the end changes nothing`(path: String) {
        let request = APIRequest(method: "GET", path: path, now: Timestamp(microseconds: 0))

        #expect(request.path == ["organizations", "a b", "issues"])
    }

    @Test func `a query keeps order and repetitions`() {
        let request = APIRequest(
            method: "GET", path: "", query: "project=1&q=a+b%2Bc&project=2&flag&%zz=%4",
            now: Timestamp(microseconds: 0))

        #expect(request.query.map(\.name) == ["project", "q", "project", "flag", "%zz"])
        #expect(request.query.map(\.value) == ["1", "a b+c", "2", "", "%4"])
        #expect(request.parameters("project") == ["1", "2"])
        #expect(request.parameter("q") == "a b+c")
    }

    @Test func `no more than the permitted parameters and parts are read`() {
        let query = String(repeating: "a=1&", count: 5_000)
        let path = String(repeating: "x/", count: 5_000)
        let request = APIRequest(method: "GET", path: path, query: query, now: Timestamp(microseconds: 0))

        #expect(request.query.count == APIRequest.maximumParameters)
        #expect(request.path.count == APIRequest.maximumPathParts + 1)
    }

    @Test func `encoding is undone by decoding`() {
        let text = "a b/ü?&=%+~"

        let encoded = URLText.encoded(text)

        #expect(encoded == "a%20b%2F%C3%BC%3F%26%3D%25%2B~")
        #expect(URLText.decoded(encoded) == text)
    }

    @Test func `who may write may read`() {
        #expect(Scope.eventRead.isGranted(by: ["event:read"]))
        #expect(Scope.eventRead.isGranted(by: ["event:admin"]))
        #expect(!Scope.eventRead.isGranted(by: ["org:read", "project:write"]))
    }
}
