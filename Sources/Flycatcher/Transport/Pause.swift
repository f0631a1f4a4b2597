// How long a server wants to be left alone.

import FlycatcherWire

/// Reads the header `Retry-After` of an answer 429 (protocol section 5.2).
enum Pause {
    static let standard = Duration.seconds(60)
    static let longest = Duration.seconds(24 * 3600)

    /// A number of seconds, rounded up, or the distance to an HTTP date; a minute for anything else.
    static func length(retryAfter text: String?, now: Timestamp) -> Duration {
        guard let text else { return standard }
        if let seconds = Double(text), !seconds.isNaN { return bounded(seconds) }
        guard let date = Timestamp(httpDate: text) else { return standard }
        return bounded(date.seconds - now.seconds)
    }

    /// A length of whole seconds between none and a day.
    static func bounded(_ seconds: Double) -> Duration {
        let longestSeconds = Double(longest.components.seconds)
        return .seconds(min(max(seconds, 0), longestSeconds).rounded(.up))
    }
}

extension Timestamp {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads the form `Sun, 06 Nov 1994 08:49:37 GMT`.
    init?(httpDate text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 6, let month = Self.months.firstIndex(of: String(parts[2])) else { return nil }
        let twoDigits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        self.init("\(parts[3])-\(twoDigits)-\(parts[1])T\(parts[4])Z")
    }
}
