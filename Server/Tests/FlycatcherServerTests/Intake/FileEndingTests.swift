// What is in a file by its name.

import Model
import Testing

@testable import FlycatcherServer

@Suite struct FileEndingTests {
    @Test(arguments: [
        ("app.log", "text/plain"), ("a.b.CSV", "text/csv"), ("shot.png", "image/png"),
        ("state.json", "application/json"),
        ("page.html", "application/octet-stream"), ("core", "application/octet-stream"),
        ("png", "application/octet-stream"), ("x.svg", "application/octet-stream"),
    ])
    func `a file whose client does not say what it is has the type of its ending`(name: String, type: String)
    {
        #expect(FileEnding.type(nil, of: FileName(name)).description == type)
    }

    @Test func `what a client says counts`() {
        #expect(FileEnding.type("text/x-own", of: FileName("shot.png")).description == "text/x-own")
        #expect(FileEnding.type("nonsense", of: FileName("shot.png")) == .unknown)
    }
}
