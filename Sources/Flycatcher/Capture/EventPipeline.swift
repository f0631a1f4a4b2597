// The path from what was captured to what travels: the first file to read.

import FlycatcherWire

/// Makes events whole and puts them into parcels, on the worker's thread.
///
/// The pipeline is a list of named steps. Each takes the draft of an event and changes it, or drops the event for a
/// typed reason, under which it is counted. Before it, on the caller's thread, ``Client`` has noted down what was
/// captured, unless it is an error that was captured already; behind it the parcel goes to ``Delivery``.
final class EventPipeline: Sendable {
    /// One step of the path.
    private struct Step: Sendable {
        let name: String
        let apply: @Sendable (EventPipeline, inout EventDraft) throws(EventDrop) -> Void
    }

    private static let steps: [Step] = [
        Step(name: "ignore") { pipeline, draft throws(EventDrop) in try pipeline.ignore(&draft) },
        Step(name: "build") { pipeline, draft in pipeline.builder.build(&draft) },
        Step(name: "scopes") { pipeline, draft in pipeline.builder.applyScopes(to: &draft) },
        Step(name: "processors") { pipeline, draft throws(EventDrop) in try pipeline.askProcessors(&draft) },
        Step(name: "defaults") { pipeline, draft in pipeline.builder.fillDefaults(of: &draft) },
        Step(name: "paths") { pipeline, draft in pipeline.hideHomeFolders(&draft) },
        Step(name: "beforeSend") { pipeline, draft throws(EventDrop) in try pipeline.askBeforeSend(&draft) },
        Step(name: "session") { pipeline, draft in
            draft.sessionUpdate = pipeline.sessions.note(draft.event, of: draft.capture)
        },
        Step(name: "sampling") { pipeline, draft throws(EventDrop) in try pipeline.sample(draft) },
        Step(name: "limits") { pipeline, draft in draft.event.limitTexts(to: pipeline.settings.maxValueLength)
        },
    ]

    /// What a user says is neither judged as an error nor left to chance.
    private static let feedbackSteps: [Step] = [
        Step(name: "build") { pipeline, draft in pipeline.builder.build(&draft) },
        Step(name: "scopes") { pipeline, draft in pipeline.builder.applyScopes(to: &draft) },
        Step(name: "processors") { pipeline, draft throws(EventDrop) in try pipeline.askProcessors(&draft) },
        Step(name: "defaults") { pipeline, draft in pipeline.builder.fillDefaults(of: &draft) },
        Step(name: "beforeSendFeedback") { pipeline, draft throws(EventDrop) in
            try pipeline.askBeforeSendFeedback(&draft)
        },
        Step(name: "limits") { pipeline, draft in draft.event.limitTexts(to: pipeline.settings.maxValueLength)
        },
    ]

    let settings: Settings
    private let discards: Discards
    private let builder: EventBuilder
    let attachments: AttachmentItems
    private let sessions: Sessions

    init(_ settings: Settings, _ discards: Discards, _ sessions: Sessions) {
        self.settings = settings
        self.discards = discards
        self.sessions = sessions
        builder = EventBuilder(settings)
        attachments = AttachmentItems(settings, discards)
    }

    /// The parcel of a captured event; nil when the event was dropped, which is counted.
    func parcel(from capture: Capture) -> Parcel? {
        var draft = EventDraft(capture)
        var stepName = ""
        do throws(EventDrop) {
            for step in capture.content.category == .feedback ? Self.feedbackSteps : Self.steps {
                stepName = step.name
                try step.apply(self, &draft)
            }
            stepName = "parcel"
            return try parcel(of: draft)
        } catch {
            settings.diagnostics.note(
                "event \(capture.id) was dropped by the step \(stepName): \(error)", .info)
            discards.record([Loss(capture.content.category, 1)], error.reason)
            return error == .sampledOut ? Self.sessionAlone(draft) : nil
        }
    }

    /// Chance decides about the event of an earlier run, but not about what became of the run.
    private static func sessionAlone(_ draft: EventDraft) -> Parcel? {
        guard draft.capture.isOfEarlierRun, let update = draft.sessionUpdate else { return nil }
        return Parcel(priority: .health, contents: [update])
    }

    private func parcel(of draft: EventDraft) throws(EventDrop) -> Parcel {
        let event = draft.event
        guard let payload = event.boundedJSON() else { throw .tooLarge }
        let category = draft.capture.content.category
        let header = EnvelopeItemHeader(
            type: category == .feedback ? "feedback" : "event", contentType: "application/json")
        var content = Parcel.Content(EnvelopeItem(header: header, payload: .kept(payload)), category)
        if category == .error, event.exceptions.isEmpty { content.limitedAs = .message }
        return Parcel(
            priority: .event, eventID: event.id,
            trace: draft.capture.trace.samplingContext(settings).envelopeTrace,
            contents: [content] + attachments.contents(of: draft.hint.attachments)
                + [draft.sessionUpdate].compactMap(\.self))
    }

    /// What a finished transaction shares with events, whole; nil when a processor does not want it.
    func completed(_ capture: Capture) -> Flycatcher.Event? {
        var draft = EventDraft(capture)
        builder.build(&draft)
        builder.applyScopes(to: &draft)
        do throws(EventDrop) { try askProcessors(&draft) } catch { return nil }
        builder.fillDefaults(of: &draft)
        draft.event.limitTexts(to: settings.maxValueLength)
        return draft.event
    }
}
