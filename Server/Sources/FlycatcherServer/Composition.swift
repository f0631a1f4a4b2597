// What the server is made of: everything that routes and jobs share, made once at start.

import Logging
import Model
import Web

/// The parts of a running server.
struct Composition: Sendable {
    let configuration: Configuration
    let address: PublicAddress
    let store: any Store
    let accounts: Accounts
    let projects: ProjectDirectory
    let outcomes: OutcomeCounter
    let filterLog: FilterLog
    let quotas: QuotaBook
    let disk: DiskState
    let congestion: Congestion
    let fairShare: FairShare
    let metrics: ServerMetrics
    let files: FileFolder
    let retentionStatus = RetentionStatus()
    let throttle = SignInThrottle()
    let renderer: PageRenderer
    let logger: Logger
    /// The project of ours that is told of the server's own errors; nil for none.
    let ownProject: ProjectID?
    /// What connections are encrypted with; nil when they are not.
    let certificate: CertificateFiles?

    /// Moves events between issues.
    var regrouper: Regrouper { Regrouper(store: store, projects: projects, logger: logger) }

    init(_ installation: Installation, logger: Logger, ownProject: ProjectID? = nil) throws {
        self.ownProject = ownProject
        let congestion = Congestion(clock: monotonicNanoseconds)
        self.congestion = congestion
        fairShare = FairShare(clock: monotonicNanoseconds) { congestion.isFelt }
        certificate = try installation.configuration.certificate.map {
            try CertificateFiles($0, logger: logger)
        }
        configuration = installation.configuration
        self.logger = logger
        store = installation.store
        disk = installation.disk
        accounts = installation.accounts
        address = PublicAddress(configuration)
        quotas = QuotaBook(
            configuration.quotas, store: store, logger: logger, now: installation.accounts.now)
        projects = ProjectDirectory(store: store, quotas: quotas, logger: logger)
        outcomes = OutcomeCounter(store: store, logger: logger)
        filterLog = FilterLog(store: store, logger: logger)
        metrics = ServerMetrics()
        files = FileFolder(dataFolder: configuration.dataFolder)
        renderer = try PageRenderer()
    }
}
