// Takes in the items of an envelope that are neither events nor files (protocol sections 11, 13 to 15 and 17).

import Compression
import FlycatcherWire
import Ingest
import Model

extension Intake {
    /// Sessions of one envelope.
    private static let maximumSessions = 100

    /// Adds an item to a parcel, or counts why it is not kept; a bad item costs itself and nothing else.
    ///
    /// - Throws: ``IntakeError`` for a container with more than may be in one.
    func take(
        _ payload: [UInt8], ofType type: String, _ arrival: Arrival, into parcel: inout Parcel,
        _ reading: inout IngestReading
    ) throws {
        do {
            switch type {
            case "check_in": parcel.enclosures.checkIns.append(try CheckInReader.read(payload, arrival))
            case "session":
                guard parcel.enclosures.sessions.count < Self.maximumSessions else { throw ItemFault.tooMany }
                parcel.enclosures.sessions.append(try SessionReader.read(payload, arrival))
            case "sessions": try takeSessions(payload, arrival, into: &parcel, &reading)
            case "user_report":
                parcel.enclosures.feedback.append(try FeedbackReader.readReport(payload, arrival))
            case "feedback": try takeFeedback(payload, arrival, into: &parcel, &reading)
            case "transaction": try takeTransaction(payload, arrival, into: &parcel, &reading)
            case "span":
                try take(
                    try TraceReader.readSpans(payload, arrival, pack: Zstd.compress), type, arrival,
                    into: &parcel, &reading)
            case "log":
                try take(
                    try TraceReader.readLogs(payload, arrival, pack: Zstd.compress), type, arrival,
                    into: &parcel, &reading)
            default: count(Self.unsupported(type), arrival, &reading)
            }
        } catch ItemFault.tooMany where type == "span" || type == "log" {
            throw IntakeError.tooManyEntries(type)
        } catch IntakeError.dropped(let drop) {
            let category = IntakeLimits.category(ofItem: type)
            count(Outcome(drop.outcome.kind, category: category, reason: drop.reason), arrival, &reading)
        } catch let fault as ItemFault {
            count(invalid(type, fault.reason), arrival, &reading)
        }
    }

    private func invalid(_ type: String, _ reason: String) -> Outcome {
        Outcome(.invalid, category: IntakeLimits.category(ofItem: type), reason: reason)
    }

    private func takeSessions(
        _ payload: [UInt8], _ arrival: Arrival, into parcel: inout Parcel, _ reading: inout IngestReading
    ) throws {
        guard parcel.enclosures.sessionSums.count < Self.maximumSessions * SessionReader.maximumSums else {
            throw ItemFault.tooMany
        }
        let (sums, invalidCount) = try SessionReader.readSums(payload, arrival)
        parcel.enclosures.sessionSums += sums
        count(invalid("sessions", "invalid_aggregate"), arrival, &reading, quantity: invalidCount)
    }

    private func take(
        _ contents: TraceReader.Contents, _ type: String, _ arrival: Arrival, into parcel: inout Parcel,
        _ reading: inout IngestReading
    ) throws {
        parcel.enclosures.traceItems += contents.items
        count(invalid(type, "invalid_\(type)"), arrival, &reading, quantity: contents.invalidCount)
    }

    private func takeFeedback(
        _ payload: [UInt8], _ arrival: Arrival, into parcel: inout Parcel, _ reading: inout IngestReading
    ) throws {
        let event = try digest(payload, arrival, nil, of: "feedback", &reading)
        parcel.enclosures.feedback.append(try FeedbackReader.read(try json(of: event), of: event, arrival))
        parcel.enclosures.event = parcel.enclosures.event ?? event.id
    }

    /// Looks at a transaction as it came, then lets it go through the pipeline like an event.
    func takeTransaction(
        _ payload: [UInt8], _ arrival: Arrival, into parcel: inout Parcel, _ reading: inout IngestReading
    ) throws {
        let transaction = try TraceReader.readTransaction(payload, arrival)
        let event = try digest(payload, arrival, nil, of: "transaction", &reading)
        parcel.enclosures.traceItems.append(TraceReader.item(transaction, event))
        parcel.enclosures.event = parcel.enclosures.event ?? event.id
    }

    /// The normalised event as JSON.
    private func json(of event: GroupedEvent) throws(ItemFault) -> [UInt8] {
        do {
            return try Zstd.decompress(event.body, limit: IntakeLimits.normalizedBytes)
        } catch {
            // It was packed a moment ago and is larger than any event that is taken in.
            throw .invalidJSON
        }
    }
}
