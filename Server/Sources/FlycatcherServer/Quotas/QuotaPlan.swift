// Which quotas hold for a key: the installation's own, and what a project or a key says instead.

package import Model

/// What may come in unless a project says otherwise.
package struct QuotaPlan: Hashable, Sendable {
    /// Events of one project in a short time; nil for no limit.
    var burst: KeyLimit?
    /// Events of one project; nil for no limit.
    var project: KeyLimit?
    /// Events of all projects together; nil for no limit.
    var installation: KeyLimit?
    /// Events of one project in an hour that are never a spike; nil lets spikes in.
    var spikes: Int64?

    package init(
        burst: KeyLimit? = nil, project: KeyLimit? = nil, installation: KeyLimit? = nil, spikes: Int64? = nil
    ) {
        self.burst = burst
        self.project = project
        self.installation = installation
        self.spikes = spikes
    }

    /// 600 events a minute, which a loop exceeds at once and an app in trouble does not for long.
    static let standardBurst = KeyLimit(count: 600, windowSeconds: 60)
    /// In so long a time a project may bring what is foreseen for it.
    private static let spikeSeconds: Int64 = 3_600
    /// A project that was calm for an hour may be loud for as many events as it has not sent.
    private static let savedSeconds: Int64 = 3_600

    /// All that hold for a key of a project.
    ///
    /// The limit of a key is for everything that comes with it, since it is there to hold a leaked key down. The others
    /// are for events alone, so that an app in trouble keeps its check-ins, sessions and feedback.
    ///
    /// - Parameter forecast: how many events the project is expected to bring in an hour at most; nil when nobody knows yet.
    func quotas(
        for entry: ProjectEntry, _ allowance: ProjectAllowance, forecast: Int64? = nil
    ) -> [Quota] {
        let project = Quota.Subject.project(entry.project.id)
        var quotas: [Quota] = []
        if let limit = entry.key.limit {
            quotas.append(Quota(.key(entry.key.id), "key_limit", limit, categories: []))
        }
        if let limit = allowance.burst.limit(orElse: burst) {
            let saved = Self.savedSeconds / limit.windowSeconds
            quotas.append(Quota(project, "burst_limit", limit, savedWindows: max(0, saved - 1)))
        }
        if let count = spikeLimit(allowance, forecast: forecast),
            let limit = KeyLimit(count: count, windowSeconds: Self.spikeSeconds)
        {
            quotas.append(Quota(project, Quota.spikeReason, limit))
        }
        if let limit = allowance.quota.limit(orElse: self.project) {
            quotas.append(Quota(project, "project_limit", limit))
        }
        if let installation {
            quotas.append(Quota(.installation, "installation_limit", installation))
        }
        return quotas
    }

    /// How many events an hour are no spike; nil for a project whose spikes are let in, or while nobody knows.
    func spikeLimit(_ allowance: ProjectAllowance, forecast: Int64?) -> Int64? {
        guard let minimum = allowance.spikes.minimum(orElse: spikes), let forecast else { return nil }
        return min(max(minimum, forecast), KeyLimit.maximumCount)
    }
}
