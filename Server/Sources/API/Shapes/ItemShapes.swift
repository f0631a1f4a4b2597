// How the API shows feedback, monitors, sessions and traces.

import FlycatcherWire
import Model

/// What a user said.
struct FeedbackShape {
    let feedback: Feedback

    init(_ feedback: Feedback) {
        self.feedback = feedback
    }

    var json: JSONValue {
        let draft = feedback.draft
        return [
            "id": JSONValue(id: draft.id), "eventID": JSONValue(id: draft.event), "name": .string(draft.name),
            "email": .string(draft.email), "comments": .string(draft.message),
            "url": JSONValue(nonEmpty: draft.url),
            "dateCreated": JSONValue(draft.createdAt), "issue": JSONValue(id: feedback.issue),
        ]
    }
}

/// A job that is watched.
struct MonitorShape {
    let monitor: Monitor

    init(_ monitor: Monitor) {
        self.monitor = monitor
    }

    var json: JSONValue {
        [
            "id": .string(String(monitor.id)), "slug": .string(monitor.slug.description),
            "name": .string(monitor.slug.description), "status": .string(monitor.status.rawValue),
            "project": ["id": JSONValue(id: monitor.project), "slug": .string(monitor.projectSlug)],
            "config": monitor.schedule.isEmpty ? .null : .text(Array(monitor.schedule.utf8)),
            "dateCreated": JSONValue(monitor.createdAt), "lastCheckIn": JSONValue(monitor.lastCheckInAt),
        ]
    }
}

/// A run of a job.
struct CheckInShape {
    let checkIn: CheckIn

    init(_ checkIn: CheckIn) {
        self.checkIn = checkIn
    }

    var json: JSONValue {
        [
            "id": JSONValue(id: checkIn.id), "status": .string(checkIn.status.rawValue),
            "duration": checkIn.duration.map(JSONValue.integer) ?? .null,
            "environment": .string(checkIn.environment),
            "release": JSONValue(nonEmpty: checkIn.release), "dateCreated": JSONValue(checkIn.startedAt),
            "dateUpdated": JSONValue(checkIn.updatedAt),
        ]
    }
}

/// How a release fared in one hour.
struct ReleaseHourShape {
    let hour: ReleaseHour

    init(_ hour: ReleaseHour) {
        self.hour = hour
    }

    var json: JSONValue {
        [
            "release": .string(hour.place.release), "environment": .string(hour.place.environment),
            "hour": JSONValue(Timestamp(microseconds: hour.hour * 3_600_000_000)),
            "sessions": .integer(hour.counts.started), "exited": .integer(hour.counts.exited),
            "errored": .integer(hour.counts.errored), "abnormal": .integer(hour.counts.abnormal),
            "crashed": .integer(hour.counts.crashed), "users": .integer(hour.users.count),
            "crashedUsers": .integer(hour.crashedUsers.count),
        ]
    }
}

/// Something of a trace.
struct TraceItemShape {
    let item: TraceItem

    init(_ item: TraceItem) {
        self.item = item
    }

    var json: JSONValue {
        let draft = item.draft
        return [
            "id": JSONValue(id: draft.id), "kind": .string(draft.kind.rawValue),
            "traceId": JSONValue(id: draft.trace),
            "spanId": JSONValue(id: draft.span), "timestamp": JSONValue(draft.timestamp),
            "durationMicroseconds": .integer(draft.duration), "name": .string(draft.name),
            "op": JSONValue(nonEmpty: draft.operation), "status": JSONValue(nonEmpty: draft.status),
            "level": JSONValue(nonEmpty: draft.level?.name), "count": .integer(draft.count),
            "release": JSONValue(nonEmpty: draft.release),
            "environment": JSONValue(nonEmpty: draft.environment),
            "content": .text(draft.body),
        ]
    }
}
