// The paths that clients send to, and their answers (protocol sections 2, 3.5 and 4).

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Logging
import Model

extension Composition {
    /// Every path below `/api/` that clients send to, with its preflight.
    func addIntakeRoutes(to router: FlycatcherRouter) {
        let intake = Intake(self)
        addEventRoutes(to: router, intake)
        addFileRoutes(to: router, intake)
        addReportRoutes(to: router, intake)
        addCronRoutes(to: router, intake)
    }

    /// Envelopes, and events as old clients send them.
    private func addEventRoutes(to router: FlycatcherRouter, _ intake: Intake) {
        add(to: router, "api/{project}/envelope") { request, context, visit in
            let project = try project(of: context)
            return answer(
                try await intake.takeEnvelope(
                    request, project: project, from: visit.client, &visit), visit)
        }
        add(to: router, "api/{project}/store", [.post, .get]) { request, context, visit in
            let project = try project(of: context)
            let client = visit.client
            if request.method == .get {
                try await intake.takeStoreQuery(request, project: project, from: client, &visit)
                return IntakeAnswer.pixel
            }
            let isEnvelope = request.headers[.contentType]?.hasPrefix("application/x-sentry-envelope") == true
            let id =
                isEnvelope
                ? try await intake.takeEnvelope(request, project: project, from: client, &visit)
                : try await intake.takeStoreBody(request, project: project, from: client, &visit)
            return answer(id, visit)
        }
        add(to: router, "api/store") { request, context, visit in
            answer(
                try await intake.takeStoreBody(
                    request, project: nil, from: visit.client, &visit), visit)
        }
    }

    /// Attachments of events that are there already, and dumps of programs that crashed.
    private func addFileRoutes(to router: FlycatcherRouter, _ intake: Intake) {
        add(to: router, "api/{project}/events/{event}/attachments") { request, context, visit in
            guard let event = EventID(context.parameters.get("event") ?? "") else {
                throw IntakeError.badEventID
            }
            try await intake.takeAttachments(
                request, of: event, project: try project(of: context),
                from: visit.client,
                &visit)
            return IntakeAnswer.done(.created)
        }
        // Crash handlers try again without end when they hear of a limit.
        add(to: router, "api/{project}/minidump", whenLimited: { IntakeAnswer.crash(EventID()) }) {
            request, context, visit in
            IntakeAnswer.crash(
                try await intake.takeMinidump(
                    request, project: try project(of: context), from: visit.client,
                    &visit))
        }
        add(to: router, "api/{project}/unreal/{key}") { _, _, _ in IntakeAnswer.notImplemented }
    }

    /// What browsers report by themselves, and what users say.
    private func addReportRoutes(to router: FlycatcherRouter, _ intake: Intake) {
        for path in ["api/{project}/security", "api/{project}/csp-report"] as [RouterPath] {
            add(to: router, path) { request, context, visit in
                try await intake.takeSecurityReport(
                    request, project: try project(of: context), from: visit.client,
                    &visit)
                return IntakeAnswer.done()
            }
        }
        add(to: router, "api/{project}/nel") { request, context, visit in
            try await intake.passOver("nel", request, project: try project(of: context), &visit)
            return IntakeAnswer.done()
        }
        add(to: router, "api/{project}/user-feedback") { request, context, visit in
            let feedback = try await intake.takeUserFeedback(
                request, project: try project(of: context), from: visit.client, &visit)
            return IntakeAnswer.accepted(json: feedback.json)
        }
    }

    /// Check-ins by URL, with the key in the path or elsewhere.
    private func addCronRoutes(to router: FlycatcherRouter, _ intake: Intake) {
        for path in ["api/{project}/cron/{slug}", "api/{project}/cron/{slug}/{key}"] as [RouterPath] {
            // Scripts try again without end when they hear of a limit.
            add(to: router, path, [.post, .get], whenLimited: { IntakeAnswer.done(.accepted) }) {
                request, context, visit in
                try await intake.takeCheckIn(
                    request, project: try project(of: context), slug: context.parameters.get("slug") ?? "",
                    pathKey: context.parameters.get("key"), from: visit.client, &visit)
                return IntakeAnswer.done(.accepted)
            }
        }
    }

    private typealias IntakeHandler =
        @Sendable (
            Request, FlycatcherRequestContext, inout IntakeVisit
        ) async throws -> Response

    /// - Parameter whenLimited: what is answered in place of a limit, for clients that do not heed one.
    private func add(
        to router: FlycatcherRouter, _ path: RouterPath, _ methods: [HTTPRequest.Method] = [.post],
        whenLimited: (@Sendable () -> Response)? = nil, _ handler: @escaping IntakeHandler
    ) {
        for method in methods {
            router.on(path, method: method) { request, context in
                await answer(request, context, whenLimited, handler)
            }
        }
        router.on(path, method: .options) { request, context in
            await projects.heedMark()
            return open(IntakeAnswer.preflight, to: request, of: policy(of: request, context))
        }
        for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] where !methods.contains(method) {
            router.on(path, method: method) { _, _ in IntakeAnswer.wrongMethod }
        }
    }

    private func answer(
        _ request: Request, _ context: FlycatcherRequestContext, _ whenLimited: (@Sendable () -> Response)?,
        _ handler: IntakeHandler
    ) async -> Response {
        let begun = monotonicNanoseconds()
        var visit = IntakeVisit(
            receivedAt: .now, client: clientAddress(of: request, context), origin: Self.origin(of: request),
            wait: context.wait)
        await projects.heedMark()
        var response: Response
        var isRefused = false
        do {
            response = try await handler(request, context, &visit)
        } catch let error as IntakeError {
            response = error.status == 200 ? IntakeAnswer.accepted(nil) : IntakeAnswer.refused(error)
            isRefused = true
            countRefusal(error, &visit)
        } catch let error as FileError {
            let isOwn = ownProject != nil && visit.entry?.project.id == ownProject
            context.logger.log(
                level: isOwn ? .warning : .error, "could not keep a file that a client sent", error: error)
            response = IntakeAnswer.refused(.unavailable)
            countRefusal(.unavailable, &visit)
        } catch {
            // Only the connection itself can fail here: nobody is left to read the answer.
            context.logger.debug("an ingest request broke off", error: error)
            response = IntakeAnswer.brokenOff
        }
        isRefused = isRefused || response.status.code >= 300
        if response.status == .tooManyRequests, let whenLimited { response = whenLimited() }
        if visit.origin != nil {
            response = open(response, to: request, of: visit.entry.map { projects.policy(of: $0.project.id) })
        }
        if !visit.hasReadBody, isRefused { context.leaveUnread(request, &response) }
        visit.reading.status = response.status.code
        visit.reading.nanoseconds = monotonicNanoseconds() - begun
        metrics.record(visit.reading)
        return response
    }

    private func answer(_ id: EventID?, _ visit: IntakeVisit) -> Response {
        guard visit.limits.isEmpty else { return IntakeAnswer.limited(visit.limits) }
        return IntakeAnswer.accepted(
            id, standing: visit.entry.map { quotas.standingLimits(from: $0) } ?? [])
    }

    private func countRefusal(_ error: IntakeError, _ visit: inout IntakeVisit) {
        visit.reading.recordDrop(error.reason)
        guard let entry = visit.entry else { return }
        outcomes.count(error.outcome, project: entry.project.id, key: entry.key.id)
    }

    private func project(of context: FlycatcherRequestContext) throws(IntakeError) -> ProjectID {
        guard let text = context.parameters.get("project"), let project = ProjectID(text: text) else {
            throw .badProject
        }
        guard projects.entry(for: project) != nil else { throw .unknownProject }
        return project
    }
}

/// What is known of an ingest request on its way.
struct IntakeVisit: Sendable {
    let receivedAt: Timestamp
    /// The address of the client; nil when it is not known.
    let client: String?
    /// The pages it comes from; nil when no browser says.
    let origin: String?
    /// What the client calls itself; nil when it does not say.
    var clientName: String?
    /// Nanoseconds for which it stood in line before anybody looked at it.
    let wait: UInt64
    var reading = IngestReading()
    /// Whose it is, as soon as that is known.
    var entry: ProjectEntry?
    /// Whether nothing of the body is left on the way.
    var hasReadBody = false
    /// The exhausted quotas that items have met.
    var limits: [RateLimit] = []
    /// Those that the event has met, if it has.
    var limitsOnEvent: [RateLimit] = []
}
