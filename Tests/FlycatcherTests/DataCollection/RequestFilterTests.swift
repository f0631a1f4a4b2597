// What of a request is reported, case by case.

import Flycatcher
import Testing

@Suite struct RequestFilterTests {
    private static let words = [
        "auth", "token", "secret", "password", "passwd", "pwd", "key", "jwt", "bearer", "sso", "saml", "csrf",
        "xsrf",
        "credentials", "session", "sid", "identity",
    ]

    @Test(arguments: words)
    func `a value whose name speaks of a secret is filtered and its name kept, wherever it stands`(
        word: String
    ) {
        let name = "X-my\(word.uppercased())x"
        let observed = Flycatcher.ObservedRequest(
            method: "post", url: "https://shop.example/a?\(name)=v1&ok=1",
            headers: [
                (name, "v2"), ("Cookie", "\(name)=v3; ok=2"), ("Content-Type", "application/json"),
                ("X-Ok", "3"),
            ], body: Array(#"{"list":[{"\#(name)":["v4"]}],"ok":4}"#.utf8))

        let request = Flycatcher.Request(observed, collection: .permissive)

        #expect(request.queryString == "\(name)=[Filtered]&ok=1")
        #expect(request.headers[name] == "[Filtered]")
        #expect(request.headers["X-Ok"] == "3")
        #expect(request.cookies == [name: "[Filtered]", "ok": "2"])
        #expect(request.data == ["list": [[.init(stringLiteral: name): "[Filtered]"]], "ok": 4])
        #expect(!"\(request)".contains(/v[1-4]/))
    }

    @Test(arguments: ["garbage", "a=1; garbage", "a b=1", "=1", "a\u{1}=1", "é=1"])
    func `a cookie header that cannot be read is filtered whole`(text: String) {
        let observed = Flycatcher.ObservedRequest(method: "GET", url: "/", headers: [("cookie", text)])

        let request = Flycatcher.Request(observed, collection: .permissive)

        #expect(request.cookies.isEmpty)
        #expect(request.headers == ["Cookie": "[Filtered]"])
    }

    @Test func `of cookies only the names are collected by default`() {
        let observed = Flycatcher.ObservedRequest(
            method: "GET", url: "/", headers: [("Cookie", "theme=dark; sid=1;"), ("Cookie", "a=")])

        #expect(request(observed).cookies == ["theme": "[Filtered]", "sid": "[Filtered]", "a": "[Filtered]"])
        #expect(request(observed).headers.isEmpty)
        #expect(request(observed) { $0.cookies = .except([]) }.cookies["theme"] == "dark")
        #expect(request(observed) { $0.cookies = .off }.cookies.isEmpty)
    }

    @Test(arguments: [
        "X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP", "Remote-Addr", "True-Client-IP",
        "Via",
        "X-Remote-User",
    ])
    func `a header that gives the client away needs the option for it`(name: String) {
        let observed = Flycatcher.ObservedRequest(method: "GET", url: "/", headers: [(name, "192.0.2.7")])

        #expect(request(observed).headers == [name: "[Filtered]"])
        #expect(request(observed) { $0.userInfo = true }.headers == [name: "192.0.2.7"])
    }

    @Test func `headers that are addresses lose their credentials and secrets, repeated ones are joined`() {
        let observed = Flycatcher.ObservedRequest(
            method: "GET", url: "/",
            headers: [
                ("Referer", "https://me:pw@shop.example/a?token=1&q=2"), ("Accept", "text/html"),
                ("Accept", "text/*"),
                ("Set-Cookie", "theme=dark"),
            ])

        #expect(
            request(observed).headers == [
                "Referer": "https://[Filtered]:[Filtered]@shop.example/a?token=[Filtered]&q=2",
                "Accept": "text/html, text/*", "Set-Cookie": "[Filtered]",
            ])
    }

    @Test func `the app can name what else is hidden, and what alone is shown`() {
        let observed = Flycatcher.ObservedRequest(
            method: "GET", url: "/a?name=1&page=2&token=3",
            headers: [("X-Tenant", "acme"), ("Accept", "*/*")])

        let hiding = request(observed) {
            $0.queryParams = .except(["NAME"])
            $0.httpHeaders = .except(["tenant"])
        }
        let showing = request(observed) {
            $0.queryParams = .only(["page", "token"])
            $0.httpHeaders = .only(["Tenant"])
        }
        let neither = request(observed) {
            $0.queryParams = .off
            $0.httpHeaders = .off
        }

        #expect(hiding.queryString == "name=[Filtered]&page=2&token=[Filtered]")
        #expect(hiding.headers == ["X-Tenant": "[Filtered]", "Accept": "*/*"])
        #expect(showing.queryString == "name=[Filtered]&page=2&token=[Filtered]")
        #expect(showing.headers == ["X-Tenant": "acme", "Accept": "[Filtered]"])
        #expect(neither.queryString == nil && neither.headers.isEmpty)
    }

    @Test func `a path is completed by the host`() {
        let plain = Flycatcher.ObservedRequest(
            method: "get", url: "/a?b=c", headers: [("host", "shop.example:8080")])
        let proxied = Flycatcher.ObservedRequest(
            method: "GET", url: "/a", headers: [("Host", "shop.example"), ("X-Forwarded-Proto", "HTTPS")])

        #expect(request(plain).url == "http://shop.example:8080/a")
        #expect(request(plain).queryString == "b=c")
        #expect(request(plain).method == "GET")
        #expect(request(proxied).url == "https://shop.example/a")
        #expect(request(.init(method: "GET", url: "/a")).url == "/a")
    }

    private func request(
        _ observed: Flycatcher.ObservedRequest, _ change: (inout Flycatcher.DataCollection) -> Void = { _ in }
    ) -> Flycatcher.Request {
        var collection = Flycatcher.DataCollection()
        change(&collection)
        return Flycatcher.Request(observed, collection: collection)
    }
}

@Suite struct RequestBodyTests {
    private static let filtered: Flycatcher.JSONValue = "[Filtered]"

    @Test(
        arguments: [
            (
                "application/json", #"{"a":[1,2.5,true,null,"x"],"pwd":{"a":1}}"#,
                ["a": [1, 2.5, true, nil, "x"], "pwd": filtered]
            ),
            ("application/problem+json; charset=utf-8", #"[{"Token":1}]"#, [["Token": filtered]]),
            (
                "application/x-www-form-urlencoded", "a=b+c%21&p%61ssword=x&d=",
                ["a": "b c!", "password": filtered, "d": ""]
            ),
            ("application/json", #"{"a":"#, filtered), ("application/json", #""secret""#, filtered),
            ("application/x-www-form-urlencoded", "no form", filtered),
            ("application/x-www-form-urlencoded", "a=1&no form", filtered),
            ("text/plain", "my secret", filtered),
            ("", #"{"a":1}"#, filtered), ("multipart/form-data; boundary=x", "--x", filtered),
        ] as [(String, String, Flycatcher.JSONValue)])
    func `a body is reported by its names, and one without names not at all`(
        type: String, body: String, expected: Flycatcher.JSONValue
    ) {
        let observed = observed(type, body)

        let request = Flycatcher.Request(observed, collection: .permissive)

        #expect(request.data == expected)
        #expect(request.bodySize == body.utf8.count)
    }

    @Test func `a body is not collected unless its direction is allowed`() {
        let incoming = observed("application/json", #"{"a":1}"#)
        var outgoing = incoming
        outgoing.direction = .outgoing
        var collection = Flycatcher.DataCollection()
        collection.httpBodies = [.outgoingRequest]

        #expect(Flycatcher.Request(incoming, collection: Flycatcher.DataCollection()).data == nil)
        #expect(Flycatcher.Request(incoming, collection: collection).data == nil)
        #expect(Flycatcher.Request(outgoing, collection: collection).data == ["a": 1])
    }

    @Test(
        arguments: [
            (.none, 0), (.small, 1000), (.medium, 10_000), (.always, 20_000),
        ] as [(Flycatcher.RequestBodySize, Int)])
    func `a body is collected up to the size of the option`(size: Flycatcher.RequestBodySize, limit: Int) {
        for count in [500, 1000, 1001, 10_000, 10_001, 20_000] {
            let body = #"{"a":""# + String(repeating: "x", count: count - 8) + #""}"#
            let request = Flycatcher.Request(
                observed("application/json", body), collection: .permissive, maxBodySize: size)

            #expect((request.data != nil) == (count <= limit), "\(count) bytes")
            #expect(request.bodySize == count)
        }
    }

    private func observed(_ type: String, _ body: String) -> Flycatcher.ObservedRequest {
        Flycatcher.ObservedRequest(
            method: "POST", url: "/", headers: [("Content-Type", type)], body: Array(body.utf8))
    }
}
