// Reads signs of life of scheduled jobs (protocol section 14).

import FlycatcherWire
public import Model
import TapeJSON

/// Makes check-ins of what clients send.
public enum CheckInReader {
    /// Bytes of a schedule that are kept.
    private static let maximumScheduleBytes = 4096

    /// Reads the payload of a `check_in` item.
    public static func read(_ payload: [UInt8], _ arrival: Arrival) throws(ItemFault) -> CheckInDraft {
        let item = try ItemDocument(payload, arrival, scrubs: false)
        guard let slug = item.text("monitor_slug", limit: 100).flatMap({ MonitorSlug($0) }) else {
            throw .missing("monitor_slug")
        }
        guard let status = item.text("status", limit: 20) else { throw .missing("status") }
        guard let id = item.text("check_in_id", limit: 36).flatMap({ EventID($0) }) else {
            throw .missing("check_in_id")
        }
        let trace = item.member("contexts").flatMap { item.member("trace", of: $0) }
        return CheckInDraft(
            id: id.value == 0 ? nil : id, slug: slug,
            status: CheckInStatus(rawValue: status.lowercased()) ?? .unknown,
            duration: item.milliseconds("duration"),
            environment: item.text("environment", limit: Limit.environment) ?? "production",
            release: item.text("release", limit: Limit.release) ?? "",
            trace: trace.flatMap { item.text("trace_id", of: $0, limit: 32) }.flatMap { TraceID($0) },
            schedule: schedule(in: item), at: arrival.receivedAt)
    }

    /// The monitor's configuration, if it says when the job should run.
    private static func schedule(in item: ItemDocument) -> String? {
        guard let config = item.member("monitor_config"), let schedule = item.member("schedule", of: config),
            let type = item.text("type", of: schedule, limit: 20),
            let value = item.member("value", of: schedule)
        else { return nil }
        let isValid =
            switch type {
            case "crontab":
                item.json.string(value).map {
                    (5...6).contains($0.split(separator: " ").count) || $0.hasPrefix("@")
                }
                    ?? false
            case "interval":
                (item.json.integer(value) ?? 0) > 0
                    && item.text("unit", of: schedule, limit: 10).map { units.contains($0) } ?? false
            default: false
            }
        let text = item.json.serialized(config)
        return isValid && text.count <= maximumScheduleBytes ? String(decoding: text, as: UTF8.self) : nil
    }

    private static let units: Set<String> = ["year", "month", "week", "day", "hour", "minute"]
}
