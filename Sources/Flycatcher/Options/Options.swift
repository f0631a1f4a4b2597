// What an app may decide when it starts the SDK.

extension Flycatcher {
    /// The settings of the SDK; all have defaults that suit production.
    ///
    /// A setting that is nil by default is unset: then its environment variable counts, if it has one. Numbers out of
    /// bounds are brought to the nearest bound, and sampling rates with a word about it on the standard error output.
    ///
    /// Hooks run on the SDK's own thread, one at a time, never on the thread that captures. They may take their time,
    /// but what waits behind them is not sent meanwhile. One that throws drops what it was asked about, as if it had
    /// answered nil. What a hook captures itself is not reported.
    public struct Options: Sendable {
        // MARK: Where and who

        /// Where to send, as the server's project page shows it; `SENTRY_DSN` when unset.
        public var dsn: String?
        /// Whether anything is reported at all.
        public var enabled = true
        /// The version of the app, such as `shop@1.4.2`; detected when unset, none when empty.
        ///
        /// It is looked for, in this order, in the variable `SENTRY_RELEASE`; in a file beside the program that bears
        /// its name and the extension `release`, which a build may write (`/app/Shop.release` for `/app/Shop`); in the
        /// app's property list; in the variables of hosting platforms and build services, such as `GITHUB_SHA`; in
        /// the commit of the repository in the working directory.
        public var release: String?
        /// The build of that version, such as a build number.
        public var dist: String?
        /// Where the app runs, such as `staging`; `SENTRY_ENVIRONMENT`, else `production`, when unset.
        public var environment: String?
        /// The name of the machine; its host name when unset.
        public var serverName: String?
        /// What the process-wide scope says from the start.
        public var initialScope: (@Sendable (Scope) -> Void)?

        // MARK: What the SDK says about itself

        /// Whether the SDK writes what it does to the standard error output; `SENTRY_DEBUG`, else no, when unset.
        public var debug: Bool?
        /// The mildest of what is written then.
        public var diagnosticLevel = Level.warning

        // MARK: Events

        /// The share of errors and messages that is sent, 0 to 1; `SENTRY_SAMPLE_RATE`, else all, when unset.
        public var sampleRate: Double?
        /// Decides the share for each event, in the place of ``sampleRate``; nil leaves it to that.
        ///
        /// If it throws, ``sampleRate`` decides.
        public var errorSampler: (@Sendable (Event, Hint) throws -> SampleRate?)?
        /// Errors that are not reported: by default those of cancelled tasks.
        public var ignoreErrors: [ErrorPattern] = [.type(CancellationError.self)]
        /// Sees each error and message last; may change it, or drop it by returning nil or throwing.
        ///
        /// It is not asked about transactions, check-ins, feedback and other things that are not events.
        public var beforeSend: EventProcessor?
        /// Sees what users say, in ``Event/feedback``; may change it, or drop it by returning nil or throwing.
        public var beforeSendFeedback: EventProcessor?
        /// See each error and message before ``beforeSend``, after the processors of the scopes.
        public var eventProcessors: [EventProcessor] = []
        /// Whether an error that is captured twice is sent once; see ``Flycatcher/capture(error:mechanism:scope:)``.
        public var dedupe = true
        /// How long texts may be, in bytes from 64 to 65536; longer ones are cut and end in `...`.
        public var maxValueLength = 8192
        /// How many bytes an attachment may have, up to 100 MiB; larger ones are given up.
        public var maxAttachmentSize = 20 << 20

        // MARK: Stacks

        /// Whether events carry the stack of the place where they were captured, and errors that of where they were
        /// thrown.
        public var attachStacktrace = true
        /// Whether it is recorded where errors are thrown; `SENTRY_RECORD_THROWS`, else yes, when unset.
        ///
        /// It costs some 60 nanoseconds a throw. Without it the stacks of errors show where they were captured.
        public var recordThrows: Bool?
        /// Types of errors whose throws are not recorded, because the app throws them all the time.
        ///
        /// A type means itself alone, without subclasses. At most thirty count.
        public var unrecordedThrows: [any Error.Type] = [CancellationError.self]
        /// Whether events carry the stacks of all other threads too.
        public var attachThreads = false
        /// Modules whose frames are the app's own in any case.
        public var inAppInclude: [String] = []
        /// Modules whose frames are never the app's own.
        public var inAppExclude: [String] = []
        /// How many calls a stack has at most, 1 to 250; of deeper ones both ends are kept.
        public var maxStackFrames = 100
        /// How many lines of source are shown before and after a call where the source is at hand, 0 to 20.
        public var frameContextLines = 5

        // MARK: Crashes

        /// Whether crashes are reported, and ends without a word such as those for want of memory.
        ///
        /// The variable `FLYCATCHER_CRASH_HANDLER` set to `off` turns it off in any case.
        public var enableCrashHandler = true
        /// When a crash is sent; the variable `FLYCATCHER_CRASH_DELIVERY` set to `off` leaves it to the next start.
        public var crashDelivery = CrashDelivery.automatic
        /// The folder for what must outlive the process; `FLYCATCHER_STATE_DIR`, else the user's own, when unset.
        ///
        /// Nobody else can read what is kept there. Without one that can be written to, crashes are told when they happen
        /// or not at all.
        public var stateDirectory: String?
        /// Sees the event of the last run's crash, on the SDK's own thread, whether it is still to be sent or was sent then.
        public var onCrashedLastRun: (@Sendable (Event) -> Void)?

        // MARK: Breadcrumbs

        /// How many breadcrumbs are kept, 0 to 1000; the oldest go first.
        public var maxBreadcrumbs = 100
        /// Sees each breadcrumb when it is added, on the thread that adds it; may change it or drop it.
        public var beforeBreadcrumb: (@Sendable (Breadcrumb) throws -> Breadcrumb?)?

        // MARK: Privacy

        /// Whether data that may identify people is collected by itself; what the app sets is sent in any case.
        ///
        /// On, it widens what ``dataCollection`` leaves at its defaults: user identities, addresses and cookies.
        public var sendDefaultPii = false
        /// What is collected by itself, in detail; the defaults that ``sendDefaultPii`` chooses when unset.
        public var dataCollection: DataCollection?
        /// How much of a request's body is collected, where ``DataCollection/httpBodies`` permits it at all.
        public var maxRequestBodySize = RequestBodySize.medium

        // MARK: Tracing

        /// The share of traces that is sent, 0 to 1; `SENTRY_TRACES_SAMPLE_RATE` when unset, and unset means off.
        public var tracesSampleRate: Double?
        /// Decides the share for each trace; nil, or an error, leaves it to the caller's decision and then the rate.
        ///
        /// Unlike other hooks it runs where the transaction begins, since those that are called need to know.
        public var tracesSampler: (@Sendable (TraceSamplingContext) throws -> SampleRate?)?
        /// Sees each transaction last; may change it, or drop it by returning nil or throwing.
        public var beforeSendTransaction: (@Sendable (Transaction) throws -> Transaction?)?
        /// Sees each span of a transaction before that; may change it, but not drop it, and one that throws leaves it.
        public var beforeSendSpan: (@Sendable (SpanRecord) throws -> SpanRecord)?
        /// Transactions that are not reported, by name.
        public var ignoreTransactions: [TextPattern] = []
        /// The URLs of outgoing requests that carry the trace along; nil for all, empty for none.
        public var tracePropagationTargets: [TextPattern]?
        /// Whether outgoing requests carry W3C's header `traceparent` too.
        public var propagateTraceparent = false
        /// Whether a trace that names no organisation, where ours is known or the reverse, is not continued.
        public var strictTraceContinuation = false
        /// The organisation on the server; read from the DSN's host when unset.
        public var orgID: String?
        /// Transactions that answered with one of these HTTP statuses are not sent.
        public var traceIgnoreStatusCodes: Set<Int> = [404]
        /// How many spans a transaction has at most, 0 to 10000; further ones are given up.
        public var maxSpans = 1000

        // MARK: Requests that the app makes

        /// Whether answers with one of ``failedRequestStatusCodes`` are reported as errors.
        public var captureFailedRequests = false
        /// Which HTTP statuses are failures.
        public var failedRequestStatusCodes: [ClosedRange<Int>] = [500...599]
        /// Which URLs are watched for failures; nil for all.
        public var failedRequestTargets: [TextPattern]?

        // MARK: Logs, metrics, sessions

        /// Whether log records are sent as such, besides being breadcrumbs and events.
        public var enableLogs = false
        /// Sees each log record before it is sent; may change it, or drop it by returning nil or throwing.
        public var beforeSendLog: (@Sendable (LogRecord) throws -> LogRecord?)?
        /// Whether measurements are sent.
        public var enableMetrics = true
        /// Sees each measurement before it is sent; may change it, or drop it by returning nil or throwing.
        public var beforeSendMetric: (@Sendable (Metric) throws -> Metric?)?
        /// The keys of log metadata that become tags of events.
        public var contextTags: Set<String> = []
        /// Whether sessions are counted, of which the release's health is told; needs a release.
        public var autoSessionTracking = true
        /// What is counted as a session: each request, or the run of the app.
        public var sessionMode = SessionMode.requests

        // MARK: Sending

        /// How many items may wait to be sent, 30 to 1000; when it is full the least important is given up.
        public var maxQueueItems = 1000
        /// Whether each capture waits until it is sent, ``flushTimeout`` at most: for tools that end at once.
        public var sendsSynchronously = false
        /// How long ``Flycatcher/flush(timeout:)`` waits when it is not told.
        public var flushTimeout = Duration.seconds(2)
        /// How long ``Flycatcher/close(timeout:)``, and the end of the process, wait when not told.
        public var shutdownTimeout = Duration.seconds(2)
        /// The folder where envelopes wait that could not be sent for want of a network; nil keeps none.
        public var cacheDirectory: String?
        /// How many envelopes may wait there, 1 to 1000; the oldest go first.
        public var maxCacheItems = 30
        /// Whether the server is told how many items were not sent, and why.
        public var sendClientReports = true
        /// Whether fewer traces are sampled while the queue is full or the server asks for a pause.
        public var enableBackpressureHandling = true
        /// Whether requests of more than a kilobyte are compressed.
        public var compressRequests = true
        /// The proxy for `http` servers, as a URL; the variable `http_proxy` or `HTTP_PROXY` when unset.
        ///
        /// Servers that `NO_PROXY` names are reached without one.
        public var httpProxy: String?
        /// The proxy for `https` servers, as a URL; the variable `https_proxy` or `HTTPS_PROXY` when unset.
        public var httpsProxy: String?
        /// A file of certificates in PEM form that are trusted, instead of the system's.
        ///
        /// If it cannot be read the SDK says so on the standard error output and stays off.
        public var caCertificates: String?
        /// Whether, and where, a copy of everything goes for local viewing; `SENTRY_SPOTLIGHT`, else nowhere, when unset.
        public var spotlight: Spotlight?
        /// What carries the envelopes; HTTP to the DSN's server when unset.
        ///
        /// With a transport of its own the SDK works without a DSN too.
        public var transport: (any Transport)?

        // MARK: Integrations

        /// What connects the SDK to other parts of the app, beyond the defaults.
        public var integrations: [any Integration] = []
        /// Whether the SDK's own integrations are installed.
        public var defaultIntegrations = true

        /// Begins with the defaults.
        public init() {}
    }
}
