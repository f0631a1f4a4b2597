// Proves that errors of AsyncHTTPClient are readable in events, without a line of code from the app.

#if AsyncHTTPClient
    import AsyncHTTPClient
    import Flycatcher
    import Testing

    extension SDKTests {
        @Suite struct AsyncHTTPClientErrors {
            let sdk = SDKTests()

            private func exception(_ error: any Error) throws -> JSON {
                try #require(
                    try sdk.event { Flycatcher.capture(error: error) }["exception"]["values"].list.last)
            }

            @Test func `an error of the client says which it is`() throws {
                let deadline = try exception(HTTPClientError.deadlineExceeded)
                let scheme = try exception(HTTPClientError.unsupportedScheme("gopher"))

                #expect(deadline["type"].text == "HTTPClientError")
                #expect(deadline["module"].text == "AsyncHTTPClient")
                #expect(deadline["value"].text == "HTTPClientError.deadlineExceeded")
                #expect(scheme["type"].text == "HTTPClientError")
                #expect(scheme["value"].text == #"HTTPClientError.unsupportedScheme("gopher")"#)
            }
        }
    }
#endif
