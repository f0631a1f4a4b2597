// The figures of the server, for Prometheus and everything that reads its format.

import Hummingbird
import Logging
import Model

extension Composition {
    /// `GET /metrics`: open to this machine, for all others behind the token of the configuration.
    func addMetricsRoutes(to router: FlycatcherRouter) {
        router.get("metrics") { request, context in
            guard mayScrape(request, context) else {
                return Response(
                    status: .forbidden, type: "text/plain; charset=utf-8",
                    bytes: Array("metrics need the bearer token of FLYCATCHER_METRICS_TOKEN\n".utf8))
            }
            let text = MetricsText(
                metrics.snapshot, retention: retentionStatus.snapshot, process: ProcessFigures(),
                totals: await totals()
            ).adding(defence).adding(store.recordingFigures).adding(outcomes.totals)
            return Response(
                type: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.description.utf8))
        }
    }

    /// What the store holds; nil when it does not answer, since the other figures matter most just then.
    private func totals() async -> StoreTotals? {
        do {
            return try await store.totals()
        } catch {
            logger.warning("metrics go without the store's totals: it does not answer", error: error)
            return nil
        }
    }

    private func mayScrape(_ request: Request, _ context: FlycatcherRequestContext) -> Bool {
        if isLocal(request, context) { return true }
        guard let expected = configuration.metricsToken, let header = request.headers[.authorization],
            let token = BearerToken(header: header)
        else { return false }
        return expected.matches(token.text)
    }
}
