// The paths that clients send to, and their answers (protocol sections 2, 3.5 and 4).

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Logging
import Model

extension Composition {
    /// `POST /api/{project}/envelope/`, `POST /api/{project}/store/`, `POST /api/store/` and their preflights.
    func addIntakeRoutes(to router: FlycatcherRouter) {
        let intake = Intake(self)
        add(to: router, "api/{project}/envelope") { request, context, visit in
            let project = try project(of: context)
            return try await intake.takeEnvelope(
                request, project: project, from: visit.client, &visit)
        }
        add(to: router, "api/{project}/store") { request, context, visit in
            let project = try project(of: context)
            if request.headers[.contentType]?.hasPrefix("application/x-sentry-envelope") == true {
                return try await intake.takeEnvelope(
                    request, project: project, from: visit.client, &visit)
            }
            return try await intake.takeStoreBody(
                request, project: project, from: visit.client, &visit)
        }
        add(to: router, "api/store") { request, context, visit in
            try await intake.takeStoreBody(
                request, project: nil, from: visit.client, &visit)
        }
    }

    private typealias IntakeHandler =
        @Sendable (
            Request, FlycatcherRequestContext, inout IntakeVisit
        ) async throws -> EventID?

    private func add(to router: FlycatcherRouter, _ path: RouterPath, _ handler: @escaping IntakeHandler) {
        router.on(path, method: .post) { request, context in
            await answer(request, context, handler)
        }
        router.on(path, method: .options) { request, context in
            await projects.heedMark()
            return open(IntakeAnswer.preflight, to: request, of: policy(of: request, context))
        }
        for method in [HTTPRequest.Method.get, .put, .patch, .delete] {
            router.on(path, method: method) { _, _ in IntakeAnswer.wrongMethod }
        }
    }

    private func answer(
        _ request: Request, _ context: FlycatcherRequestContext, _ handler: IntakeHandler
    ) async -> Response {
        let begun = monotonicNanoseconds()
        var visit = IntakeVisit(
            receivedAt: .now, client: clientAddress(of: request, context), origin: Self.origin(of: request))
        await projects.heedMark()
        var response: Response
        var isRefused = false
        do {
            response = answer(try await handler(request, context, &visit), visit)
        } catch let error as IntakeError {
            response = error.status == 200 ? IntakeAnswer.accepted(nil) : IntakeAnswer.refused(error)
            isRefused = true
            countRefusal(error, &visit)
        } catch let error as FileError {
            context.logger.error("could not keep a file that a client sent", error: error)
            response = IntakeAnswer.refused(.unavailable)
            countRefusal(.unavailable, &visit)
        } catch {
            // Only the connection itself can fail here: nobody is left to read the answer.
            context.logger.debug("an ingest request broke off", error: error)
            response = IntakeAnswer.brokenOff
        }
        if visit.origin != nil {
            response = open(response, to: request, of: visit.entry.map { projects.policy(of: $0.project.id) })
        }
        if !visit.hasReadBody, isRefused || response.status != .ok { context.leaveUnread(request, &response) }
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
