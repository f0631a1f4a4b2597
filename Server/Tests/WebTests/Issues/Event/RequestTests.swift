// The request, and the command that repeats it.

import Testing

@testable import Web

struct RequestTests {
    private func request(_ json: String) throws -> RequestPart {
        try #require(RequestPart(document(#"{"request": "# + json + "}")))
    }

    private func curl(
        method: String = "", url: String = "https://a.example/", headers: [Pair] = [], cookies: [Pair] = [],
        body: String? = nil
    ) -> String? {
        CurlCommand(method: method, url: url, headers: headers, cookies: cookies, body: body).text
    }

    @Test(arguments: [
        #""a=1&b=x%20y""#, #"{"a": "1", "b": "x y"}"#, #"[["a", "1"], ["b", "x y"]]"#, #""?a=1&b=x+y""#,
    ])
    func `every shape of a query is shown as pairs and in the address`(query: String) throws {
        let request = try request(#"{"url": "https://a.example/p", "query_string": "# + query + "}")

        #expect(request.url.hasPrefix("https://a.example/p?a=1&b=x"))
        #expect(
            request.sections[0].list.pairs == [Pair(name: "a", value: "1"), Pair(name: "b", value: "x y")])
    }

    @Test func `a query that the address has already is not repeated`() throws {
        #expect(
            try request(#"{"url": "https://a.example/?a=1", "query_string": "a=1"}"#).url
                == "https://a.example/?a=1")
    }

    @Test func `a body that is a text is shown as one, any other as pairs`() throws {
        let text = try request(#"{"url": "x", "data": "raw <body>"}"#)
        let pairs = try request(#"{"url": "x", "data": {"a": {"b": null}}}"#)

        #expect(text.body == "raw <body>")
        #expect(pairs.sections.first?.list.pairs == [Pair(name: "a", value: #"{"b":null}"#)])
    }

    @Test(arguments: [#"{"a": "1", "b": "2"}"#, #""a=1; b=2""#, #"[["a", "1"], ["b", "2"]]"#])
    func `every shape of cookies is read`(cookies: String) throws {
        let request = try request(#"{"url": "x", "cookies": "# + cookies + "}")

        #expect(
            request.sections.first?.list.pairs == [Pair(name: "a", value: "1"), Pair(name: "b", value: "2")])
    }

    @Test func `curl repeats method, headers, cookies and body`() {
        let command = curl(
            method: "POST",
            headers: [Pair(name: "Accept", value: "a/b"), Pair(name: "Content-Length", value: "9")],
            cookies: [Pair(name: "s", value: "1"), Pair(name: "t", value: "2")], body: #"{"a":1}"#)

        #expect(
            command == #"""
                curl --globoff \
                  -X POST \
                  'https://a.example/' \
                  -H 'Accept: a/b' \
                  -b 's=1; t=2' \
                  --data-raw '{"a":1}'
                """#)
    }

    @Test func `a quote ends no argument of the shell`() {
        let command = curl(url: "https://a.example/'; rm -rf ~ #", body: "it's $(id) `id`")

        #expect(command?.contains(#"'https://a.example/'\''; rm -rf ~ #'"#) == true)
        #expect(command?.contains(#"--data-raw 'it'\''s $(id) `id`'"#) == true)
    }

    @Test func `nothing that curl or a terminal would obey is passed on`() {
        let headers = [
            Pair(name: "@/etc/passwd", value: "x"), Pair(name: "-K", value: "x"),
            Pair(name: "A\nB", value: "x"),
            Pair(name: "Ok", value: "x\u{1B}[201~\r\u{7F}y"),
        ]
        let command = curl(method: "GET -o /tmp/x", headers: headers) ?? ""

        #expect(!command.contains("passwd") && !command.contains("-K") && !command.contains("-o"))
        #expect(command.hasSuffix("-H 'Ok: x[201~y'"))
    }

    @Test(arguments: [
        "file:///etc/passwd", "-o/tmp/x", "", "ftp://a.example/", "javascript:alert(1)", "/path",
    ])
    func `only web addresses are visited`(url: String) {
        #expect(curl(url: url) == nil)
    }
}
