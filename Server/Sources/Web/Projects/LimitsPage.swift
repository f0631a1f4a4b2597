// What a project may bring: GET and POST /projects/NAME/limits/.

public import Model

/// The limits of a project and a form that posts `burst`, `quota`, `spikes` and `keeps_all`.
public struct LimitsPage: Page {
    public let content: PageContent

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - allowance: what the form holds.
    ///   - standard: what holds where the form says nothing, as it would be written there.
    ///   - spikeLimit: how many events are no spike in this hour; nil while spikes are let in.
    ///   - failure: why what was typed was not taken; nil if nothing was.
    ///   - news: what has just been done; empty for nothing.
    public init(
        _ project: Project, allowance: LimitsDraft, standard: LimitsDraft, spikeLimit: Int64? = nil,
        failure: String? = nil, news: String = "", context: PageContext
    ) {
        let form = LimitsForm(
            project: project, allowance: allowance, standard: standard, spikeLimit: spikeLimit,
            failure: failure, news: news, context: context)
        content = PageContent(
            template: "limits", frame: PageFrame("Limits of \(project.name)", .projects, context),
            values: form)
    }
}

/// What stands in the form.
public struct LimitsDraft: Hashable, Sendable {
    public var burst: String
    public var quota: String
    public var spikes: String
    public var keepsAll: Bool

    /// Takes what was typed.
    public init(burst: String, quota: String, spikes: String, keepsAll: Bool) {
        self.burst = burst
        self.quota = quota
        self.spikes = spikes
        self.keepsAll = keepsAll
    }

    /// Shows what a project has.
    public init(_ allowance: ProjectAllowance) {
        self.init(
            burst: allowance.burst.text, quota: allowance.quota.text, spikes: allowance.spikes.text,
            keepsAll: allowance.keepsAll)
    }

    /// What was typed, if it makes sense.
    public var allowance: ProjectAllowance? {
        guard let burst = Allowance(text: burst), let quota = Allowance(text: quota),
            let spikes = SpikeAllowance(text: spikes)
        else { return nil }
        return ProjectAllowance(burst: burst, quota: quota, spikes: spikes, keepsAll: keepsAll)
    }

    /// What is wrong with what was typed; nil when it makes sense.
    public var failure: String? {
        guard Allowance(text: burst) != nil, Allowance(text: quota) != nil else {
            return "A limit is events and seconds, such as 600/60, or off, or nothing."
        }
        guard SpikeAllowance(text: spikes) != nil else {
            return "For spikes, events an hour such as 1000, or on, or off, or nothing, is expected."
        }
        return nil
    }
}

private struct LimitsForm: View {
    let project: Project
    let allowance: LimitsDraft
    let standard: LimitsDraft
    let spikeLimit: Int64?
    let failure: String?
    let news: String
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .limits, context)
        case "action": context.links.limits(of: project)
        case "formToken": context.formToken
        case "burst": allowance.burst
        case "quota": allowance.quota
        case "keepsAll": allowance.keepsAll
        case "spikes": allowance.spikes
        case "standardSpikes": standard.spikes
        case "spikeLimit": optional(spikeLimit.map { Count($0).exact })
        case "standardBurst": standard.burst
        case "standardQuota": standard.quota
        case "failure": optional(failure)
        case "news": optional(news)
        case "mayChange": context.user?.role != .member
        default: false
        }
    }
}
