// Events of a test, as their pages read them.

import FlycatcherWire
import Testing

@testable import Web

/// Reads an event's JSON.
func document(_ json: String) throws -> EventDocument {
    try EventDocument(Array(json.utf8))
}

/// An event with one exception of these frames, oldest first.
func traced(_ frames: String) -> String {
    #"{"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": ["# + frames + "]}}]}}"
}

/// The stack trace of those frames.
func trace(_ frames: String) throws -> StackTrace {
    try #require(ExceptionChain(document(traced(frames))).parts.first?.stack)
}

extension StackItem {
    /// What the item says in one line.
    var line: String {
        switch self {
        case .frame(let frame): (frame.isOpen ? "+" : "") + (frame.isForeign ? "~" : "") + frame.function
        case .folded(let frames): FoldedFrames(frames: frames).label
        }
    }
}
