// Which client an event is said to come from.

import Testing

@testable import Ingest

@Suite struct ClientTests {
    @Test(arguments: [
        ("raven-node/2.6.2", #"{"name":"raven-node","version":"2.6.2"}"#),
        ("a/b/1", #"{"name":"a","version":"b/1"}"#),
        ("raven-node", nil), ("/1", nil), ("a/", nil), ("", nil), ("Mozilla/5.0 (X11; Linux x86_64)", nil),
        ("a/\u{1}", nil), ("a/é", nil), ("a/" + String(repeating: "1", count: 129), nil),
    ])
    func `an event that does not name its client has the one of its request`(
        form: (client: String, sdk: String?)
    ) throws {
        let piped = try Pipe.run(#"{"message":"m"}"#, Pipe.arrival(client: form.client))

        #expect(piped["sdk"] == form.sdk)
    }

    @Test(arguments: [
        (#"{"name":"own","version":"1"}"#, "own"), ("{}", "raven-node"), ("null", "raven-node"),
        ("[]", "raven-node"),
    ])
    func `what an event says itself is not replaced`(sdk: String, name: String) throws {
        let piped = try Pipe.run(#"{"message":"m","sdk":\#(sdk)}"#, Pipe.arrival(client: "raven-node/2.6.2"))

        #expect(piped["sdk.name"] == "\"\(name)\"")
    }
}
