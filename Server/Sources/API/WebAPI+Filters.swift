// The filters of a project.

import FlycatcherWire
import Model
import TapeJSON

extension WebAPI {
    /// `GET /projects/{org}/{project}/filters/`.
    func filters(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        let reports = try await store.filterReports(of: project, at: call.request.now)
        return APIResponse(.array(reports.map { FilterShape(report: $0).json }))
    }

    /// `PUT /projects/{org}/{project}/filters/{filter}/` with any of `active`, `action`, `patterns` and `subfilters`.
    func changeFilter(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        guard let filter = FilterID(rawValue: call["filter"]) else {
            throw APIError.notFound("filter \(call["filter"])")
        }
        let wish = try FilterWish(call.request.object(), of: filter, problem: filterProblem)
        let platform = project.platform
        _ = try await store.changeSettings(of: project.id) { settings in
            var setting = settings.filters.setting(of: filter, platform: platform)
            wish.apply(to: &setting)
            settings.filters.set(filter, to: setting)
        }
        let reports = try await store.filterReports(of: project, at: call.request.now)
        guard let report = reports.first(where: { $0.filter == filter }) else {
            throw APIError.notFound("filter \(filter.rawValue)")
        }
        return APIResponse(FilterShape(report: report).json)
    }
}

/// How somebody wants a filter to be set; what is not named stays.
private struct FilterWish: Sendable {
    private var isOn: Bool?
    private let action: FilterAction?
    private let patterns: [String]?

    init(
        _ body: JSONDocument, of filter: FilterID, problem: (String, FilterID) -> String?
    ) throws(APIError) {
        isOn = body["active"].flatMap { body.bool($0) }
        if let text = body["action"].flatMap({ body.string($0) }) {
            guard let action = FilterAction(rawValue: text) else {
                throw .badRequest("action must be drop or archive")
            }
            self.action = action
        } else {
            action = nil
        }
        let subfilters = try body.texts("subfilters")
        guard let typed = try body.texts("patterns") ?? subfilters else {
            patterns = nil
            return
        }
        let lines = SettingsLines(typed, limit: FilterSettings.maximumPatternCount) { problem($0, filter) }
        if let error = lines.errors.first { throw .badRequest("patterns, \(error)") }
        patterns = filter.takesPatterns ? lines.entries : []
        // Tools that name browsers want them filtered, and none of them otherwise.
        if subfilters != nil { isOn = !lines.entries.isEmpty }
    }

    func apply(to setting: inout FilterSetting) {
        if let isOn { setting.isOn = isOn }
        if let action { setting.action = action }
        if let patterns { setting.patterns = patterns }
    }
}

/// How the API shows a filter.
struct FilterShape {
    let report: FilterReport

    var json: JSONValue {
        let id = report.filter.rawValue
        return [
            "id": .string(id),
            "active": active,
            "name": .string(report.filter.title),
            "description": .string(report.filter.summary),
            "hello": .string("\(id) - \(report.filter.title)"),
            "action": .string(report.setting.action.rawValue),
            "patterns": .array(report.setting.patterns.map { .string($0) }),
            "hits": Self.hits(report.dayCount, report.weekCount),
            "lastTitle": JSONValue(nonEmpty: report.last?.title),
            "lastSeen": JSONValue(report.last?.at),
            "patternHits": .array(report.patterns.map(Self.pattern)),
        ]
    }

    private static func pattern(_ pattern: String, _ tally: FilterTally?) -> JSONValue {
        [
            "pattern": .string(pattern),
            "hits": hits(tally?.dayCount ?? 0, tally?.weekCount ?? 0),
            "lastTitle": JSONValue(nonEmpty: tally?.title),
            "lastSeen": JSONValue(tally?.at),
        ]
    }

    private static func hits(_ dayCount: Int64, _ weekCount: Int64) -> JSONValue {
        ["24h": .integer(dayCount), "7d": .integer(weekCount)]
    }

    /// Tools expect the names of the browsers where some are chosen.
    private var active: JSONValue {
        let setting = report.setting
        guard report.filter == .legacyBrowsers, setting.isOn, !setting.patterns.isEmpty else {
            return .bool(setting.isOn)
        }
        return .array(setting.patterns.map { .string($0) })
    }
}
