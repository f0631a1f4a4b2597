// Browsers, systems and devices by the header that they send, and where it is said (protocol 9.6).

import Foundation
import Model
import TapeJSON
import Testing

@testable import Ingest

@Suite struct AgentTests {
    /// Reads `Golden/agents.txt`: what an agent is taken for, and in the next line the agent.
    @Test func `agents are taken for what they are`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/agents.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        let pairs = stride(from: lines.startIndex, to: lines.endIndex - 1, by: 2)

        for index in pairs {
            let header = lines[index + 1].trimmingBlanks()
            #expect(description(of: UserAgent(header)) == lines[index], "\(header)")
        }
        #expect(lines.count > 130)
    }

    private func description(of agent: UserAgent) -> String {
        let products = [agent.browser, agent.system].map { product in
            product.map { [$0.name, $0.version].compactMap(\.self).joined(separator: " ") } ?? "-"
        }
        return (products + [agent.device?.family ?? "-"]).joined(separator: " | ")
    }

    private let header =
        #""headers":{"user-agent":"Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0"}"#

    @Test func `a server's event tells the browser's system from its own`() throws {
        let piped = try Pipe.run(
            "{\"platform\":\"python\",\"request\":{\(header)},\"contexts\":{\"os\":{\"name\":\"Darwin\"}}}")

        #expect(piped["contexts.browser"] == #"{"name":"Firefox","version":"135.0","type":"browser"}"#)
        #expect(piped["contexts.client_os"] == #"{"type":"os","name":"Linux"}"#)
        #expect(piped["contexts.os.name"] == #""Darwin""#)
        #expect(piped.tag("browser") == "Firefox 135.0")
        #expect(piped.tag("client_os.name") == "Linux")
    }

    @Test func `a page's event has the browser's system for its own`() throws {
        let piped = try Pipe.run("{\"platform\":\"javascript\",\"request\":{\(header)}}")

        #expect(piped["contexts.os.name"] == #""Linux""#)
        #expect(piped["contexts.client_os"] == nil)
        #expect(piped.tag("os.name") == "Linux")
    }

    @Test func `what the client says itself is left alone`() throws {
        let piped = try Pipe.run(
            "{\"request\":{\(header)},\"contexts\":{\"browser\":{\"name\":\"Mine\",\"version\":\"1\"}}}")

        #expect(piped["contexts.browser.name"] == #""Mine""#)
    }

    @Test(arguments: [
        "", "(", ")))", "((((", "/", "Mozilla/5.0", "[FBAN", "a/b/c", "\u{0}", "Version/", "MSIE ",
    ])
    func `what is no agent is none, or at least no harm`(text: String) {
        let agent = UserAgent(text)

        #expect(agent.device == nil)
        #expect(agent.system == nil)
    }

    @Test func `a long agent is read up to its bound`() {
        let agent = UserAgent(String(repeating: "a/1 ", count: 100_000) + "Firefox/135.0")

        #expect(agent == UserAgent())
    }
}
