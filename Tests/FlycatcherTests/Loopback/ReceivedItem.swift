// An item as it arrived, with what its envelope said.

import Flycatcher
import FlycatcherWire

struct ReceivedItem {
    let header: EnvelopeHeader
    let json: JSON
}

extension CaptureServer {
    /// The items of a type that arrived, oldest first.
    func items(_ type: String) throws -> [ReceivedItem] {
        try requests.flatMap { request in
            let envelope = try request.envelope
            return try envelope.items.filter { $0.header.type == type }.compactMap { item -> ReceivedItem? in
                guard case .kept(let payload) = item.payload else { return nil }
                return ReceivedItem(header: envelope.header, json: try JSON(payload))
            }
        }
    }

    /// What was reported as lost for a reason, by category.
    func losses(_ reason: String) throws -> [String: Int] {
        var losses: [String: Int] = [:]
        for report in try items("client_report") {
            for entry in report.json["discarded_events"].list where entry["reason"].text == reason {
                losses[entry["category"].text ?? "", default: 0] += Int(entry["quantity"].number ?? 0)
            }
        }
        return losses
    }
}

extension SDKTests {
    /// Runs `body` with the SDK on, and gives the server when everything has arrived, reports of losses too.
    func arrivals(
        _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
    ) throws -> CaptureServer {
        let server = try CaptureServer()
        defer { server.stop() }
        try withSDK(server, configure, body)
        return server
    }

    /// The transactions that `body` makes, with every trace sampled unless `configure` says otherwise.
    func transactions(
        _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
    ) throws -> [ReceivedItem] {
        try arrivals {
            $0.tracesSampleRate = 1
            configure(&$0)
        } _: {
            try body()
        }.items("transaction")
    }
}
