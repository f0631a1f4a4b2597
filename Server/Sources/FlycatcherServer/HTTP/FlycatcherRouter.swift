// The table of all routes: the first file to read about what the server answers.

import Hummingbird

/// The router that every group of routes adds itself to.
typealias FlycatcherRouter = Router<FlycatcherRequestContext>

extension Composition {
    /// Every path that the server answers, with and without a slash at its end.
    ///
    /// Ingest comes first and alone: nothing that pages need stands in its way.
    func router() -> FlycatcherRouter {
        let router = FlycatcherRouter(
            context: FlycatcherRequestContext.self, options: .autoGenerateHeadEndpoints)
        addIntakeRoutes(to: router)
        addHealthRoutes(to: router)
        addMetricsRoutes(to: router)
        addAPIRoutes(to: router)
        addAssetRoutes(to: router)

        let middleware = PageMiddleware(parts: self)
        let pages = router.group().add(middleware: middleware)
        addSignInRoutes(to: pages)
        addAccountRoutes(to: pages)
        addIssueRoutes(to: pages)
        addProjectRoutes(to: pages)
        addGroupingRoutes(to: pages)
        addLimitRoutes(to: pages)
        addSettingsRoutes(to: pages)
        addFilterRoutes(to: pages)
        addRetentionRoutes(to: pages)
        addErasureRoutes(to: pages)

        // Middleware applies to what is added after it, and that is only the answer to unknown paths.
        router.add(
            middleware: UnknownPaths(pages: middleware, endpoints: UnknownEndpoints(outcomes: outcomes)))
        return router
    }
}
