// The service around another one that reports why it failed.

#if ServiceLifecycle
    public import Flycatcher
    public import ServiceLifecycle

    extension Flycatcher {
        /// Runs a service and reports the error that ends it; see `Service.capturingFailure()`.
        public struct CapturingService<Wrapped: Service>: Service, CustomStringConvertible {
            private let wrapped: Wrapped

            init(_ wrapped: Wrapped) {
                self.wrapped = wrapped
            }

            /// How a service group's log names it: as the service within.
            public var description: String { String(describing: wrapped) }

            /// Runs the service within; the error goes on to the service group.
            public func run() async throws {
                do {
                    try await wrapped.run()
                } catch {
                    let service = String(reflecting: Wrapped.self)
                    Flycatcher.capture(
                        error: error,
                        mechanism: Mechanism(
                            type: "auto.service.lifecycle", isHandled: false,
                            data: ["service": .string(service)]))
                    throw error
                }
            }
        }
    }

    extension Service {
        /// The same service, but the error that ends it is reported, as one that nobody handled, before it goes on.
        ///
        /// Errors that ``Flycatcher/Options/ignoreErrors`` names are not, so a cancelled service is none by default.
        public func capturingFailure() -> Flycatcher.CapturingService<Self> {
            Flycatcher.CapturingService(self)
        }
    }
#endif
