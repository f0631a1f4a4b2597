// The request that an event concerns, and what it tells about people.

import Flycatcher
import Testing

extension SDKTests {
    @Suite struct Requests {
        let sdk = SDKTests()

        @Test func `with defaults an event has no address of the user, no cookie values, no credentials`()
            throws
        {
            // The source around the call, which is this file, has the secrets in it.
            let event = try sdk.event {
                $0.frameContextLines = 0
            } _: {
                captureInHandler()
            }

            let request = event["request"]
            #expect(request["method"].text == "POST")
            #expect(request["url"].text == "https://[Filtered]:[Filtered]@shop.example/orders")
            #expect(request["query_string"].text == "page=2&access_token=[Filtered]")
            #expect(request["headers"]["Accept"].text == "*/*")
            #expect(request["headers"]["Authorization"].text == "[Filtered]")
            #expect(request["headers"]["X-Forwarded-For"].text == "[Filtered]")
            #expect(request["headers"]["Cookie"].isAbsent)
            #expect(request["cookies"]["theme"].text == "[Filtered]")
            #expect(request["data"].isAbsent)
            #expect(request["body_size"].number == 7)
            #expect(event["user"].isAbsent)
            for secret in ["192.0.2.7", "dark", "hunter2", "u-9"] { #expect(!"\(event)".contains(secret)) }
        }

        @Test(arguments: [true, false])
        func `with the option on, the user's address and identity are filled in`(isByPii: Bool) throws {
            let event = try sdk.event {
                $0.sendDefaultPii = isByPii
                if !isByPii {
                    $0.dataCollection = Flycatcher.DataCollection()
                    $0.dataCollection?.userInfo = true
                }
            } _: {
                captureInHandler()
            }

            #expect(event["user"]["id"].text == "u-9")
            #expect(event["user"]["ip_address"].text == "192.0.2.7")
            #expect(event["request"]["headers"]["X-Forwarded-For"].text == "192.0.2.7")
            #expect(event["request"]["headers"]["Authorization"].text == "[Filtered]")
            #expect(event["request"]["cookies"]["theme"].text == (isByPii ? "dark" : "[Filtered]"))
            #expect(event["request"]["data"]["a"].number == (isByPii ? 1 : nil))
        }

        @Test func `dataCollection decides where both it and sendDefaultPii are set`() throws {
            let event = try sdk.event {
                $0.sendDefaultPii = true
                $0.dataCollection = Flycatcher.DataCollection()
            } _: {
                captureInHandler()
            }

            #expect(event["user"].isAbsent)
        }

        @Test func `the user that the app sets is attached with defaults, and wins over the observed one`()
            throws
        {
            let user = Flycatcher.User(id: "own", email: "ada@example.org", ipAddress: "198.51.100.1")

            let strict = try sdk.event {
                Flycatcher.setUser(user)
                Flycatcher.capture(message: "x")
            }
            let permissive = try sdk.event {
                $0.sendDefaultPii = true
            } _: {
                Flycatcher.setUser(user)
                captureInHandler()
            }

            for event in [strict, permissive] {
                #expect(event["user"]["id"].text == "own")
                #expect(event["user"]["email"].text == "ada@example.org")
                #expect(event["user"]["ip_address"].text == "198.51.100.1")
            }
        }

        @Test func `data that the app sets under the key password is not altered`() throws {
            let event = try sdk.event {
                Flycatcher.withScope { scope in
                    scope.setTag("password", to: "t")
                    scope.setExtra("password", to: ["token": "e"])
                    scope.setContext("session", to: ["key": "c"])
                    scope.setUser(Flycatcher.User(data: ["secret": "u"]))
                    scope.addBreadcrumb(Flycatcher.Breadcrumb("b", data: ["password": "b"]))
                    scope.setRequest(
                        Flycatcher.Request(
                            method: "GET", url: "https://me:pw@shop.example/", queryString: "token=q",
                            headers: ["Authorization": "h"], cookies: ["sid": "c"], data: ["password": "d"],
                            env: ["REMOTE_ADDR": "192.0.2.7"]))
                    Flycatcher.capture(message: "password=m")
                }
            }

            #expect(event["tags"]["password"].text == "t")
            #expect(event["extra"]["password"]["token"].text == "e")
            #expect(event["contexts"]["session"]["key"].text == "c")
            #expect(event["user"]["data"]["secret"].text == "u")
            #expect(event["breadcrumbs"]["values"][0]["data"]["password"].text == "b")
            let request = event["request"]
            #expect(request["url"].text == "https://me:pw@shop.example/")
            #expect(request["query_string"].text == "token=q")
            #expect(request["headers"]["Authorization"].text == "h")
            #expect(request["cookies"]["sid"].text == "c")
            #expect(request["data"]["password"].text == "d")
            #expect(request["env"]["REMOTE_ADDR"].text == "192.0.2.7")
            #expect(event["logentry"]["formatted"].text == "password=m")
        }

        @Test func `the request of the event wins over the scopes', the inner scope's over the outer's`()
            throws
        {
            let events = try sdk.events {
                Flycatcher.withScope { outer in
                    outer.setRequest(Flycatcher.Request(url: "outer"))
                    Flycatcher.withScope { inner in
                        inner.observeRequest { Flycatcher.ObservedRequest(method: "GET", url: "inner") }
                        Flycatcher.capture(message: "x")
                        var event = Flycatcher.Event(message: "x")
                        event.request = Flycatcher.Request(url: "own")
                        Flycatcher.capture(event: event)
                        inner.setRequest(nil)
                        Flycatcher.capture(message: "x")
                    }
                    Flycatcher.capture(message: "x")
                }
            }

            #expect(events.map { $0["request"]["url"].text } == ["inner", "own", nil, "outer"])
        }

        /// What a middleware does around a handler that fails.
        private func captureInHandler() {
            Flycatcher.withScope { scope in
                scope.observeRequest {
                    Flycatcher.ObservedRequest(
                        method: "post",
                        url: "https://me:hunter2@shop.example/orders?page=2&access_token=hunter2",
                        headers: [
                            ("Accept", "*/*"), ("Authorization", "Bearer hunter2"), ("Cookie", "theme=dark"),
                            ("X-Forwarded-For", "192.0.2.7"), ("Content-Type", "application/json"),
                        ], body: Array(#"{"a":1}"#.utf8), remoteAddress: "192.0.2.7", userID: "u-9")
                }
                Flycatcher.capture(message: "x")
            }
        }
    }
}
