// Tests where the server is reached.

import FlycatcherWire
import Model
import Testing

@testable import FlycatcherServer

@Suite struct PublicURLTests {
    @Test(arguments: [
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://Errors.Example/", "https://errors.example"),
        ("HTTPS://e.example:443/a/b/", "https://e.example/a/b"), ("http://[::1]:8000", "http://[::1]:8000"),
    ])
    func `an address is read and written in one form`(text: String, written: String) {
        #expect(PublicURL(text)?.description == written)
    }

    @Test(arguments: [
        "", "errors.example", "ftp://a", "http://", "http://a b", "https://key@host", "http://a?b",
        "http://a#b",
        "http://a:0", "http://<script>",
    ])
    func `anything else is no address`(text: String) {
        #expect(PublicURL(text) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"), ("::1", 9, "http://[::1]:9"),
        ("0.0.0.0", 80, "http://localhost"),
        ("::", 8000, "http://localhost:8000"),
    ])
    func `a server that listens is reached there`(host: String, port: Int, url: String) {
        #expect(PublicURL(listeningOn: host, port: port).description == url)
    }

    @Test func `a DSN holds address, key and project`() throws {
        let url = try #require(PublicURL("https://errors.example/f"))
        let key = ProjectKey(
            id: 1, project: ProjectID(7), publicKey: "abc", label: "", isEnabled: true,
            createdAt: .init(microseconds: 0))

        #expect(try url.dsn(of: key).publicText == "https://abc@errors.example/f/7")
    }

    @Test func `a picked port shows in the address unless another was given`() throws {
        let plain = try Configuration(options: [.port: "0"])
        let behindProxy = try Configuration(options: [.port: "0", .url: "https://errors.example"])
        let addresses = [plain, behindProxy].map { configuration in
            let address = PublicAddress(configuration)
            address.listens(on: 4711, configuration)
            return address.all
        }

        #expect(
            addresses.map(\.publicURL.description) == ["http://127.0.0.1:4711", "https://errors.example"])
        #expect(addresses.map(\.localURL.description) == ["http://127.0.0.1:4711", "http://127.0.0.1:4711"])
    }
}
