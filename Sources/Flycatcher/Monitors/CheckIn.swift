// A sign of life of a job that runs on a schedule.

import FlycatcherWire
import TapeJSON

extension Flycatcher {
    /// The identity of a run of a job, from its start to its end.
    public struct CheckInID: Hashable, Sendable, CustomStringConvertible {
        let value: EventID

        /// Makes a new identity.
        public init() {
            value = EventID()
        }

        private init(_ value: EventID) {
            self.value = value
        }

        /// Stands for the run of the monitor that was the last to begin and has not ended.
        public static let latest = CheckInID(.none)

        /// 32 lower-case hex digits.
        public var description: String { value.description }
    }

    /// How a run of a job is.
    public enum CheckInStatus: String, Hashable, Sendable {
        /// It has begun.
        case inProgress = "in_progress"
        /// It has done what it should.
        case ok
        /// It has failed.
        case error
    }
}

/// One report about a run of a job (protocol section 14).
struct CheckIn: Sendable {
    let id: Flycatcher.CheckInID
    let slug: MonitorSlug
    let status: Flycatcher.CheckInStatus
    let duration: Duration?
    let config: Flycatcher.MonitorConfig?
    /// Where in a trace the run is.
    let trace: TracePosition

    /// The report as it travels: neither sampled nor shown to hooks.
    func parcel(_ settings: Settings) -> Parcel {
        let header = EnvelopeItemHeader(type: "check_in", contentType: "application/json")
        let item = EnvelopeItem(header: header, payload: .kept(json(settings)))
        return Parcel(
            priority: .health, trace: trace.samplingContext(settings).envelopeTrace,
            contents: [Parcel.Content(item, .monitor)])
    }

    private func json(_ settings: Settings) -> [UInt8] {
        var json = JSONDocument()
        let root = json.root
        json.put("check_in_id", id.description, in: root)
        json.put("monitor_slug", slug.text, in: root)
        json.put("status", status.rawValue, in: root)
        json.put("duration", duration.map { Flycatcher.JSONValue.double($0 / .seconds(1)) }, in: root)
        json.put("release", settings.release, in: root)
        json.put("environment", settings.environment, in: root)
        json.put("contexts", ["trace": trace.context], in: root)
        json.put("monitor_config", config, in: root)
        return json.serialized(root)
    }
}

/// The name of a monitor as servers accept it: up to 50 of the characters `a-z`, `0-9`, `_` and `-`.
struct MonitorSlug: Hashable, Sendable {
    static let maximumLength = 50

    let text: String

    /// Brings a name into that form; nil when nothing of it can be kept.
    init?(_ name: String) {
        let words = name.lowercased().split {
            !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-")
        }
        text = String(words.joined(separator: "-").prefix(Self.maximumLength))
        if text.isEmpty { return nil }
    }
}
