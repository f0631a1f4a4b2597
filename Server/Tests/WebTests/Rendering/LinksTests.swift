// Links, URL text, assets and the way back after signing in.

import FlycatcherWire
import Model
import Testing

@testable import Web

struct LinksTests {
    @Test(arguments: [
        ("http://127.0.0.1:8000", "/issues/FLY-1A/"), ("https://errors.example/", "/issues/FLY-1A/"),
        ("https://errors.example/fly", "/fly/issues/FLY-1A/"),
        ("https://errors.example/a/b/", "/a/b/issues/FLY-1A/"),
        ("", "/issues/FLY-1A/"),
    ])
    func `links stand below the path of the public address`(address: String, link: String) {
        #expect(Links(publicURL: address).issue(ShortID(prefix: "FLY", number: 42)) == link)
    }

    @Test func `what stands in a URL is encoded and decoded byte by byte`() {
        #expect(URLText.encoded("a b&é/?") == "a%20b%26%C3%A9%2F%3F")
        #expect(URLText.decoded("a+b%26%C3%A9%2f") == "a b&é/")
        #expect(URLText.decoded("100%") == "100%")
        #expect(URLText.decoded("%zz%4") == "%zz%4")
        #expect(URLText.query([("a", "1"), ("b", ""), ("c", "2 3")]) == "?a=1&c=2%203")
        #expect(URLText.query([("b", "")]).isEmpty)
    }

    @Test(arguments: ["/issues/", "/issues/?query=a%20b", "/"])
    func `a path on this server is where one returns to`(path: String) {
        #expect(ReturnPath(path).path == path)
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "issues/", "",
        "javascript:alert(1)", "/é", "/a\nb",
    ])
    func `anything else returns to the start`(path: String) {
        #expect(ReturnPath(path) == .start)
    }

    @Test func `an asset is found by its fingerprinted name and by no other`() throws {
        let style = try #require(WebAssets.asset(named: WebAssets.style.name))

        #expect(style.contentType == "text/css; charset=utf-8")
        #expect(style.etag.hasPrefix("\"") && style.etag.count > 10)
        #expect(String(decoding: style.bytes, as: UTF8.self).contains("--accent"))
        #expect(WebAssets.asset(named: "flycatcher.css") == nil)
        #expect(WebAssets.asset(named: "../style.css") == nil)
    }

    @Test func `pages refer to the assets that are served`() throws {
        let html = try Rendered.html(MessagePage(status: 404, title: "Gone", detail: "", context: .stub()))
        let links = try HTMLOutline(html).elements.flatMap(\.attributes).map(\.value).filter {
            $0.hasPrefix("/assets/")
        }

        #expect(links.count == 3)
        #expect(links.allSatisfy { WebAssets.asset(named: String($0.dropFirst("/assets/".count))) != nil })
    }
}
