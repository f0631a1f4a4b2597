// The language of a frame, as far as it decides what in the frame's names is stable.

/// A family of platforms whose symbols are written alike.
enum FrameLanguage {
    case javascript
    case python
    case java
    case csharp
    case php
    case ruby
    case go
    case rust
    case native
    case swift
    case other

    /// Reads a platform as events and frames name it.
    init(platform: Span<UInt8>) {
        for (name, language) in Self.names where Bytes.isEqual(platform, name) {
            self = language
            return
        }
        self = .other
    }

    private static let names: [(StaticString, FrameLanguage)] = [
        ("python", .python), ("javascript", .javascript), ("node", .javascript), ("swift", .swift),
        ("java", .java), ("kotlin", .java), ("android", .java), ("scala", .java), ("groovy", .java),
        ("csharp", .csharp), ("dotnet", .csharp), ("php", .php), ("ruby", .ruby), ("go", .go),
        ("rust", .rust), ("native", .native), ("cocoa", .native), ("objc", .native), ("c", .native),
    ]

    /// Whether a frame's line of source counts, where it is sent: the languages that run from source.
    var usesContextLine: Bool {
        switch self {
        case .javascript, .python, .php, .ruby: true
        default: false
        }
    }

    /// Whether the function says enough, so that the file is left out: inlining moves code between files.
    var leavesFileOut: Bool {
        switch self {
        case .native, .swift, .rust: true
        default: false
        }
    }
}
