// A limit on what may come in, and the arithmetic of its windows.

import Model

/// So much in each window of time, of one project, one key or all.
struct Quota: Hashable, Sendable {
    /// Whose items it counts.
    enum Subject: Hashable, Sendable {
        case installation
        case project(ProjectID)
        case key(Int64)
    }

    let subject: Subject
    /// The word under which it is known: in headers, in outcomes, on pages.
    let reason: String
    /// The data categories that it counts; none for all.
    let categories: [String]
    /// 0 lets nothing in; nil only counts.
    let limit: Int64?
    let windowSeconds: Int64
    /// How many windows of what was not used are saved up.
    let savedWindows: Int64

    /// What counts as an event (protocol section 5.4).
    static let events = ["error", "default", "security"]

    init(
        _ subject: Subject, _ reason: String, _ limit: KeyLimit, categories: [String] = events,
        savedWindows: Int64 = 0
    ) {
        self.subject = subject
        self.reason = reason
        self.categories = categories
        self.limit = limit.count
        windowSeconds = limit.windowSeconds
        self.savedWindows = savedWindows
    }

    /// One that lets everything in and counts it.
    init(counting subject: Subject, _ reason: String, windowSeconds: Int64) {
        self.subject = subject
        self.reason = reason
        categories = Self.events
        limit = nil
        self.windowSeconds = windowSeconds
        savedWindows = 0
    }

    /// The word for the quota that holds back what is more than was to be expected.
    static let spikeReason = "spike_protection"

    /// The name under which its count is kept.
    var name: String {
        switch subject {
        case .installation: "installation \(reason)"
        case .project(let project): "project \(project) \(reason)"
        case .key(let key): "key \(key) \(reason)"
        }
    }

    func covers(_ category: String) -> Bool {
        categories.isEmpty || categories.contains(category)
    }

    /// How much there is to use when nothing was used for long; nil when there is no bound.
    var capacity: Int64? {
        limit.map { $0.multipliedReportingOverflow(by: savedWindows + 1) }.map {
            $0.overflow ? .max : $0.partialValue
        }
    }

    /// Windows of different subjects end at different moments, so that not all clients come back at once.
    private var shift: Int64 {
        switch subject {
        case .installation: 0
        case .project(let project): project.value &* 7_919 % windowSeconds
        case .key(let key): key &* 104_729 % windowSeconds
        }
    }

    /// The number of the window that a moment is in.
    func window(at second: Int64) -> Int64 {
        (second - shift) / windowSeconds
    }

    /// Seconds until the next window begins, 1 at least.
    func secondsLeft(at second: Int64) -> Int64 {
        max(1, end(ofWindow: window(at: second)) - second)
    }

    /// When a window ends, in seconds since 1970.
    func end(ofWindow window: Int64) -> Int64 {
        (window + 1) * windowSeconds + shift
    }
}

/// What a quota has counted.
struct QuotaMeter: Sendable {
    private(set) var window: Int64 = 0
    private(set) var used: Int64 = 0
    /// Since when it has been refusing.
    private(set) var refusesSince: Int64?
    private var refusedLast: Int64 = 0

    init() {}

    init(window: Int64, used: Int64) {
        self.window = window
        self.used = max(0, used)
    }

    /// Gives back what the windows that have passed have given back.
    mutating func advance(to now: Int64, of quota: Quota) {
        guard now != window else { return }
        let passed = max(0, now - window)
        window = now
        // A clock that was set back must not bring the same window again and again.
        guard passed > 0 else { return }
        guard quota.savedWindows > 0, let limit = quota.limit else { return used = 0 }
        let (returned, isHuge) = passed.multipliedReportingOverflow(by: limit)
        used = isHuge ? 0 : max(0, used - returned)
    }

    func hasRoom(for quantity: Int64, in quota: Quota) -> Bool {
        guard let capacity = quota.capacity else { return true }
        return used <= capacity - quantity
    }

    mutating func add(_ quantity: Int64) {
        used = max(0, used &+ quantity)
    }

    /// Notes a refusal, for those who ask since when.
    mutating func refuse(at second: Int64, of quota: Quota) {
        if !isNews(at: second, quota) { refusesSince = second }
        refusedLast = second
    }

    /// Since when it has been refusing, if it still does.
    ///
    /// A long window refuses until there is room again. A short one has some each time it begins anew, so that it counts
    /// as refusing for a while after it last did.
    func refuses(at second: Int64, _ quota: Quota) -> Int64? {
        guard isNews(at: second, quota) else { return nil }
        guard quota.windowSeconds > Self.memory else { return refusesSince }
        var meter = self
        meter.advance(to: quota.window(at: second), of: quota)
        return meter.hasRoom(for: 1, in: quota) ? nil : refusesSince
    }

    /// Whether a refusal would go on with the last one: it was in the same window, or a short time ago.
    private func isNews(at second: Int64, _ quota: Quota) -> Bool {
        refusesSince != nil
            && (second - refusedLast <= Self.memory
                || quota.window(at: second) == quota.window(at: refusedLast))
    }

    /// For so long a refusal is news, in seconds.
    private static let memory: Int64 = 300
}
