// How the API shows one issue in full.

import Model

/// Adds to an issue what its own page shows.
struct IssueDetailShape {
    let facets: [TagFacet]

    func json(_ issue: JSONValue) -> JSONValue {
        issue.adding([
            "activity": [],
            "seenBy": [],
            "participants": [],
            "pluginActions": [],
            "userReportCount": 0,
            "tags": .array(facets.map { TagShape(facet: $0).summary }),
            "firstRelease": release { $0.firstSeen < $1.firstSeen },
            "lastRelease": release { $1.lastSeen < $0.lastSeen },
        ])
    }

    /// The release that comes first in an order; unknown when not all releases of the issue were read.
    private func release(_ isBefore: (TagCount, TagCount) -> Bool) -> JSONValue {
        guard let releases = facets.first(where: { $0.key == "release" }),
            releases.valueCount <= Int64(releases.values.count)
        else { return nil }
        return releases.values.min(by: isBefore).map { ReleaseShape(version: $0.value).json } ?? nil
    }
}
