// What an issue consists of, taking it apart, and issues like it.

import FlycatcherWire
import Model

extension WebAPI {
    /// `GET /organizations/{org}/issues/{issue}/hashes/`.
    func hashes(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        let strands = try await grouping.strands(issue)
        return APIResponse(
            .array(
                strands.enumerated().flatMap { index, strand in
                    strand.hashes.map { Self.json($0, of: strand, at: index) }
                }))
    }

    /// `DELETE /organizations/{org}/issues/{issue}/hashes/?id=…&id=…`: makes an issue of these hashes.
    func unmerge(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        let hashes = try call.request.parameters("id").map { text throws(APIError) in
            guard let hash = GroupingHash(hex: text) else { throw .badRequest("“\(text)” is no hash") }
            return hash
        }
        do {
            let new = try await store.unmerge(hashes, from: issue.id)
            try await grouping.advance()
            let body: JSONValue = ["id": JSONValue(id: new)]
            return APIResponse(status: 202, body: body.bytes)
        } catch StoreError.missing(let what) {
            throw APIError.badRequest("\(what) is not there")
        }
    }

    /// `GET /organizations/{org}/issues/{issue}/similar/`: pairs of an issue and what makes it alike.
    func similarIssues(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        let shape = try await issueShape(call)
        let similar = try await store.similarIssues(to: issue.id, limit: Self.maximumSimilarCount)
        return APIResponse(
            .array(similar.map { .array([shape.json($0.issue), Self.json($0.similarity)]) }))
    }

    private static let maximumSimilarCount = 20

    private static func json(_ hash: GroupingHash, of strand: HashStrand, at index: Int) -> JSONValue {
        [
            "id": JSONValue(id: hash),
            "strand": .integer(Int64(index)),
            "eventCount": .integer(Int64(strand.eventCount)),
            "latestEvent": strand.latest.map { event in
                [
                    "id": JSONValue(id: event.id), "eventID": JSONValue(id: event.id),
                    "title": .string(strand.title), "dateCreated": JSONValue(event.timestamp),
                ]
            } ?? .null,
        ]
    }

    private static func json(_ similarity: IssueSimilarity) -> JSONValue {
        [
            "exception:stacktrace": similarity.stack.map(json) ?? .null,
            "message": similarity.message.map(json) ?? .null,
            "score": json(similarity.score),
        ]
    }

    /// A part of one in hundredths, such as `0.75`.
    private static func json(_ share: Double) -> JSONValue {
        .text(Array("\((share * 100).rounded() / 100)".utf8))
    }
}
