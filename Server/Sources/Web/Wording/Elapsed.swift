// Lengths of time in words.

import FlycatcherWire

/// A length of time.
struct Elapsed {
    static let none = "now"

    let microseconds: Int64

    /// The time between two moments, whichever comes first.
    init(from start: Timestamp, to end: Timestamp) {
        microseconds = Int64(clamping: (end.microseconds &- start.microseconds).magnitude)
    }

    /// The largest whole unit: `3 min`, `2 h`, `12 d`, `5 mo`, `2 y`; `now` below a minute.
    var coarse: String {
        let minutes = microseconds / 60_000_000
        return switch minutes {
        case ..<1: Self.none
        case ..<60: "\(minutes) min"
        case ..<1440: "\(minutes / 60) h"
        case ..<(1440 * 60): "\(minutes / 1440) d"
        case ..<(1440 * 730): "\(minutes / (1440 * 30)) mo"
        default: "\(minutes / (1440 * 365)) y"
        }
    }

    /// For the gutter of a time line: `0.4 s`, `12 s`, `3 min`, `2 h`; `0` below a twentieth of a second.
    var fine: String {
        let tenths = (microseconds / 50_000 + 1) / 2
        return switch tenths {
        case ..<1: "0"
        case ..<100: "\(tenths / 10).\(tenths % 10) s"
        case ..<600: "\(tenths / 10) s"
        default: coarse
        }
    }
}
