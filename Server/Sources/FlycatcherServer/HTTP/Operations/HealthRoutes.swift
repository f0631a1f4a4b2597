// Whether the server lives and can take events: for supervisors and load balancers.

import Hummingbird
import Logging
import Model

extension Composition {
    /// `GET /health/live` and `GET /health/ready`.
    func addHealthRoutes(to router: FlycatcherRouter) {
        router.get("health/live") { _, _ in
            Response(json: #"{"status":"ok"}"#)
        }
        router.get("health/ready") { _, _ in
            await readiness()
        }
    }

    private func readiness() async -> Response {
        do {
            try await store.check()
            return Response(json: #"{"status":"ok"}"#)
        } catch {
            logger.error("not ready: the store does not answer", error: error)
            return Response(
                status: .serviceUnavailable,
                json: #"{"status":"unavailable","detail":"the database does not answer"}"#)
        }
    }
}
