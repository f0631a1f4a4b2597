// Names the client of an event that does not (protocol 3.2, 8.11).

import TapeJSON

/// Clients of old say who they are only in their requests: `raven-node/2.6.2`.
enum Clients {
    static func apply(_ draft: inout EventDraft) {
        guard draft.document["sdk"] == nil, let client = draft.arrival.clientName else { return }
        let parts = client.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count <= limit && isPlain($0) }) else { return }
        let sdk = draft.document.makeObject()
        draft.setText("name", of: sdk, to: String(parts[0]))
        draft.setText("version", of: sdk, to: String(parts[1]))
        draft.document.set("sdk", of: draft.root, to: sdk)
    }

    private static let limit = 128

    private static func isPlain(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
