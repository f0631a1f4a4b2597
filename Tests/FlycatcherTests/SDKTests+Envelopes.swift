// What arrives beside events.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    /// Runs `body` with the SDK on, sending to a server of its own, and gives the envelopes that arrived.
    func envelopes(
        _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
    ) throws -> [Envelope] {
        let server = try CaptureServer()
        defer { server.stop() }
        try withSDK(server, configure, body)
        return try server.requests.map { try $0.envelope }
    }

    /// What the SDK counts as lost until everything that `body` captures is sent.
    func losses(
        _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
    ) throws -> [Discards.Key: Int] {
        var counts: [Discards.Key: Int] = [:]
        _ = try envelopes {
            // A report would carry the counts away.
            $0.sendClientReports = false
            configure(&$0)
        } _: {
            try body()
            #expect(Flycatcher.flush(timeout: .seconds(20)))
            counts = ActiveClient.current?.discards.drain() ?? [:]
        }
        return counts
    }
}

extension Envelope {
    /// The items of a type.
    func items(_ type: String) -> [EnvelopeItem] {
        items.filter { $0.header.type == type }
    }

    /// The payloads of the items of a type, read.
    func payloads(_ type: String) throws -> [JSON] {
        try items(type).map { try JSON($0.bytes) }
    }
}

extension EnvelopeItem {
    /// The payload.
    var bytes: [UInt8] {
        get throws {
            guard case .kept(let bytes) = payload else { throw POSIXError(.EBADMSG) }
            return bytes
        }
    }
}

/// A folder for one test, gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "flycatcher-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
    return try body(folder)
}
