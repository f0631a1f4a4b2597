// The table of all routes: the first file to read about what the server answers.

import Hummingbird

/// The router that every group of routes adds itself to.
typealias FlycatcherRouter = Router<FlycatcherRequestContext>

extension Composition {
    /// Every path that the server answers.
    func router() -> FlycatcherRouter {
        let router = FlycatcherRouter(context: FlycatcherRequestContext.self, options: .autoGenerateHeadEndpoints)
        addIntakeRoutes(to: router)
        addHealthRoutes(to: router)
        return router
    }
}
