// Why events are grouped as they are, and changing it.

import FlycatcherWire
import Model
import TapeJSON

extension WebAPI {
    /// `GET /projects/{org}/{project}/events/{event}/grouping-info/`.
    func groupingInfo(_ call: APICall) async throws -> APIResponse {
        let event = try await requireEvent(call)
        guard let explanation = grouping.explain(event) else {
            throw APIError.notFound("an explanation of event \(event.summary.id)")
        }
        return APIResponse(Self.json(explanation))
    }

    /// `PUT /organizations/{org}/issues/{issue}/` with `{"merge": "FLY-2"}` or `{"discard": true}`.
    func changeIssue(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        let body = try call.request.object()
        if let name = body["merge"].flatMap({ body.string($0) ?? body.numberText($0) }) {
            let other = try await requireIssue(
                APICall(request: call.request, parameters: call.parameters.merging(["issue": name]) { $1 }))
            do {
                let left = try await store.merge([issue.id, other.id])
                let gone = left == issue.id ? other.id : issue.id
                return APIResponse([
                    "merge": ["parent": JSONValue(id: left), "children": [JSONValue(id: gone)]]
                ])
            } catch StoreError.conflict(let what) {
                throw APIError.badRequest("cannot merge with \(what)")
            }
        }
        if body["discard"].flatMap({ body.bool($0) }) == true {
            try await store.discard(issue.id, at: call.request.now)
            return APIResponse(status: 204, body: [])
        }
        throw APIError.badRequest("nothing to change: merge and discard are understood")
    }

    /// `DELETE /organizations/{org}/issues/{issue}/`.
    func deleteIssue(_ call: APICall) async throws -> APIResponse {
        try await store.delete(try await requireIssue(call).id)
        return APIResponse(status: 204, body: [])
    }

    /// `GET /projects/{org}/{project}/grouping/`.
    func rules(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        return APIResponse(Self.json(try await store.groupingSettings()[project.id] ?? GroupingSettings()))
    }

    /// `PUT /projects/{org}/{project}/grouping/` with `fingerprintingRules`, `groupingEnhancements`, `groupingConfig`.
    ///
    /// With `?dryRun=1` nothing is saved, and the answer says what the rules would do to stored events; with
    /// `?regroup=1` they are applied to these too, after the answer if it takes long.
    func changeRules(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        var settings = try await store.groupingSettings()[project.id] ?? GroupingSettings()
        let body = try call.request.object()
        settings.fingerprintRules =
            body["fingerprintingRules"].flatMap { body.string($0) } ?? settings.fingerprintRules
        settings.stackRules = body["groupingEnhancements"].flatMap { body.string($0) } ?? settings.stackRules
        if let version = body["groupingConfig"].flatMap({ body.string($0) }) {
            guard grouping.versions.contains(version) else {
                let versions = grouping.versions.joined(separator: ", ")
                throw APIError.badRequest("there are these versions: \(versions)")
            }
            settings = settings.moved(to: version, at: call.request.now)
        }
        let errors = grouping.errors(settings)
        guard errors.fingerprints.isEmpty, errors.stacks.isEmpty else {
            return APIResponse(
                status: 400,
                body: JSONValue.object([
                    (key: "fingerprintingRules", value: Self.json(errors.fingerprints)),
                    (key: "groupingEnhancements", value: Self.json(errors.stacks)),
                ]).bytes)
        }
        if call.request.isSet("dryRun") {
            return APIResponse(Self.json(try await grouping.forecast(project.id, settings)))
        }
        try await store.setGroupingSettings(settings, of: project.id)
        if call.request.isSet("regroup") {
            try await store.regroup(project.id)
            try await grouping.advance()
        }
        return APIResponse(Self.json(settings))
    }

    private static func json(_ explanation: GroupingExplanation) -> JSONValue {
        [
            "version": .string(explanation.version),
            "summary": .string(explanation.summary),
            "variants": .array(explanation.variants.map(json)),
        ]
    }

    private static func json(_ variant: GroupingExplanation.Variant) -> JSONValue {
        [
            "name": .string(variant.name),
            "hash": JSONValue(id: variant.hash),
            "contributes": .bool(variant.hash != nil),
            "reason": JSONValue(nonEmpty: variant.reason),
            "parts": .array(
                variant.parts.map { part in
                    [
                        "kind": .string(part.kind), "text": .string(part.text),
                        "contributes": .bool(part.isContributing), "reason": JSONValue(nonEmpty: part.reason),
                    ]
                }),
        ]
    }

    private static func json(_ settings: GroupingSettings) -> JSONValue {
        [
            "groupingConfig": .string(settings.algorithm),
            "secondaryGroupingConfig": JSONValue(nonEmpty: settings.transition?.from),
            "secondaryGroupingExpiry": settings.transition.map {
                .integer($0.until.microseconds / 1_000_000)
            } ?? .null,
            "fingerprintingRules": .string(settings.fingerprintRules),
            "groupingEnhancements": .string(settings.stackRules),
        ]
    }

    private static func json(_ errors: [RuleError]) -> JSONValue {
        .array(errors.map { .string($0.description) })
    }

    private static func json(_ forecast: GroupingForecast) -> JSONValue {
        func names(_ issues: [ShortID]) -> JSONValue { .array(issues.map { JSONValue(id: $0) }) }
        return [
            "events": .integer(Int64(forecast.eventCount)),
            "issues": .integer(Int64(forecast.issueCount)),
            "merges": .array(forecast.merges.map(names)),
            "splits": names(forecast.splits),
            "moves": names(forecast.moves),
        ]
    }
}

extension APIRequest {
    /// The body as a JSON object.
    func object() throws(APIError) -> JSONDocument {
        do throws(JSONError) {
            let document = try JSONDocument(parsing: body)
            if document.kind(document.root) == .object { return document }
        } catch {
            throw .badRequest("the body is no JSON: \(error)")
        }
        throw .badRequest("the body is no JSON object")
    }
}
