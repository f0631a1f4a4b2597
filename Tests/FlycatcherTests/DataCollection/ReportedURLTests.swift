// How addresses lose their secrets.

import Flycatcher
import Testing

@Suite struct ReportedURLTests {
    @Test(
        arguments: [
            ("https://me:pass@shop.example/a", "https://[Filtered]:[Filtered]@shop.example/a"),
            ("https://me@shop.example", "https://[Filtered]@shop.example"),
            ("https://a:b@c:d@shop.example/x@y", "https://[Filtered]:[Filtered]@shop.example/x@y"),
            ("//me:pass@shop.example/", "//[Filtered]:[Filtered]@shop.example/"),
            ("https://shop.example/users/@me", "https://shop.example/users/@me"),
            ("https://shop.example?to=me@x.example", "https://shop.example"),
            ("postgres://u:p@db:5432/shop", "postgres://[Filtered]:[Filtered]@db:5432/shop"),
            ("/only/a/path", "/only/a/path"), ("", ""), ("::", "::"), ("http://", "http://"),
        ])
    func `credentials are replaced and nothing else`(url: String, expected: String) {
        #expect(Flycatcher.ReportedURL(url).text == expected)
    }

    @Test(
        arguments: [
            ("/a", nil, nil), ("/a?", "", nil), ("/a?b=1#c", "b=1", "c"), ("/a#c?d", nil, "c?d"),
            ("/a?token=1&b=2", "token=[Filtered]&b=2", nil), ("/a?to%6Ben=1", "to%6Ben=[Filtered]", nil),
            ("/a?user[password]=1&&x", "user[password]=[Filtered]&&x", nil), ("/a?b=c=d", "b=c=d", nil),
            ("/a#access_token=1&b=2", nil, "access_token=[Filtered]&b=2"), ("/a?%=1&%zz=2", "%=1&%zz=2", nil),
        ] as [(String, String?, String?)])
    func `query and fragment are kept apart, without secrets`(url: String, query: String?, fragment: String?)
    {
        let reported = Flycatcher.ReportedURL(url)

        #expect(reported.text == "/a")
        #expect(reported.query == query)
        #expect(reported.fragment == fragment)
    }

    @Test func `a query that is not to be collected is left out`() {
        var collection = Flycatcher.DataCollection()
        collection.queryParams = .off

        #expect(
            Flycatcher.ReportedURL("https://a:b@c/d?e=f", collection: collection).description
                == "https://[Filtered]:[Filtered]@c/d")
    }
}
