// Reports the errors and crashes of the server through our own SDK.

import Flycatcher
import FlycatcherServer
import FlycatcherWire

enum SelfReporter {
    /// Starts the SDK in this process, and gives what sends a report.
    ///
    /// Throws are not recorded, since every request would pay for it; crashes are, and told when the server starts again.
    @Sendable static func start(_ route: SelfReportRoute) -> @Sendable (SelfReport) -> Void {
        Flycatcher.start {
            $0.dsn = route.dsn.publicText
            $0.release = "flycatcher@\(FlycatcherVersion.current)"
            $0.stateDirectory = route.folder
            $0.crashDelivery = route.leadsHere ? .nextStart : .automatic
            $0.recordThrows = false
            $0.autoSessionTracking = false
            $0.sendDefaultPii = false
        }
        return { report in
            var event = Flycatcher.Event(message: Flycatcher.Message(report.message), level: .error)
            event.tags["component"] = "server"
            event.fingerprint = ["flycatcher", report.message]
            event.contexts["circumstances"] = report.details.mapValues { .string($0) }
            Flycatcher.capture(event: event)
        }
    }
}
