// Foresees what projects bring, so that more can be told from enough.

import FlycatcherWire
import Logging
import Model
import Synchronization

extension QuotaBook {
    /// Foresees once an hour what each project brings that is protected from spikes.
    ///
    /// What the store does not say now is asked again the next time; until then the forecast of the last hour holds.
    package func foresee() async {
        let hour = now().hour
        for project in state.withLock({ $0.projectsToForesee(plan, at: hour) }) {
            do {
                let forecast = Forecast(hour: hour, count: try await forecast(of: project, at: hour))
                state.withLock { $0.set(forecast, of: project, plan) }
            } catch {
                logger.warning("could not foresee what a project brings, trying again", error: error)
                return
            }
        }
    }

    /// How many events an hour of a project are no spike; nil for one whose spikes are let in.
    func spikeLimit(of project: ProjectID) -> Int64? {
        state.withLock { state in
            plan.spikeLimit(
                state.allowances[project] ?? ProjectAllowance(), forecast: state.forecasts[project]?.count)
        }
    }

    private func forecast(of project: ProjectID, at hour: Int64) async throws -> Int64 {
        let spans = HourSpans(
            start: hour - Int64(SpikeForecast.hourCount), count: SpikeForecast.hourCount, length: 1)
        var history = [Int64](repeating: 0, count: spans.count)
        for slice in try await store.outcomes(of: project, in: spans)
        where slice.total.outcome.kind == .accepted && Quota.events.contains(slice.total.outcome.category) {
            history[slice.index] += slice.total.quantity
        }
        return SpikeForecast.projection(of: history)
    }
}

extension QuotaBook.State {
    fileprivate func projectsToForesee(_ plan: QuotaPlan, at hour: Int64) -> Set<ProjectID> {
        Set(gates.values.map(\.entry.project.id)).filter { project in
            let allowance = allowances[project] ?? ProjectAllowance()
            return allowance.spikes.minimum(orElse: plan.spikes) != nil && forecasts[project]?.hour != hour
        }
    }

    fileprivate mutating func set(
        _ forecast: QuotaBook.Forecast, of project: ProjectID, _ plan: QuotaPlan
    ) {
        let isNew = forecasts[project]?.count != forecast.count
        forecasts[project] = forecast
        guard isNew else { return }
        for gate in gates.values where gate.entry.project.id == project { setGate(of: gate.entry, plan) }
    }
}
