// Every path that the web API answers.

extension WebAPI {
    /// The paths below `/api/0/`; the first that fits answers.
    static let routes: [Route] = [
        Route("", scope: nil) { try await $0.root($1) },

        Route("organizations/", scope: .organizationRead) { try await $0.organizations($1) },
        Route("organizations/{org}/", scope: .organizationRead) { try await $0.organization($1) },
        Route("organizations/{org}/projects/", scope: .projectRead) { try await $0.projects($1) },
        Route("projects/{org}/{project}/", scope: .projectRead) { try await $0.project($1) },
        Route("projects/{org}/{project}/", method: "PUT", scope: .projectWrite) {
            try await $0.changeProject($1)
        },
        Route("projects/{org}/{project}/keys/", scope: .projectRead) { try await $0.keys($1) },
        Route("projects/{org}/{project}/keys/", method: "POST", scope: .projectWrite) {
            try await $0.makeKey($1)
        },
        Route("projects/{org}/{project}/keys/{key}/", scope: .projectRead) { try await $0.key($1) },
        Route("projects/{org}/{project}/keys/{key}/", method: "PUT", scope: .projectWrite) {
            try await $0.changeKey($1)
        },
        Route("projects/{org}/{project}/keys/{key}/", method: "DELETE", scope: .projectWrite) {
            try await $0.deleteKey($1)
        },

        Route("projects/{org}/{project}/filters/", scope: .projectRead) { try await $0.filters($1) },
        Route("projects/{org}/{project}/filters/{filter}/", method: "PUT", scope: .projectWrite) {
            try await $0.changeFilter($1)
        },
        Route("organizations/{org}/stats_v2/", scope: .organizationRead) { try await $0.stats($1) },

        Route("organizations/{org}/erasures/", scope: .organizationRead) { try await $0.erasures($1) },
        Route("organizations/{org}/erasures/", method: "POST", scope: .organizationAdmin) {
            try await $0.orderErasure($1)
        },
        Route("organizations/{org}/erasures/{erasure}/", scope: .organizationRead) {
            try await $0.erasure($1)
        },

        Route("organizations/{org}/issues/", scope: .eventRead) { try await $0.organizationIssues($1) },
        Route("projects/{org}/{project}/issues/", scope: .eventRead) { try await $0.projectIssues($1) },
        Route("organizations/{org}/issues/{issue}/", scope: .eventRead) { try await $0.issue($1) },
        Route("organizations/{org}/issues/{issue}/tags/", scope: .eventRead) { try await $0.tags($1) },
        Route("organizations/{org}/issues/{issue}/tags/{key}/", scope: .eventRead) { try await $0.tag($1) },
        Route("organizations/{org}/shortids/{issue}/", scope: .eventRead) { try await $0.shortID($1) },

        Route("organizations/{org}/issues/{issue}/events/", scope: .eventRead) {
            try await $0.issueEvents($1)
        },
        Route("organizations/{org}/issues/{issue}/events/{event}/", scope: .eventRead) {
            try await $0.issueEvent($1)
        },
        Route("organizations/{org}/eventids/{event}/", scope: .eventRead) { try await $0.eventID($1) },
        Route("projects/{org}/{project}/events/{event}/", scope: .eventRead) { try await $0.event($1) },
        Route("projects/{org}/{project}/events/{event}/json/", scope: .eventRead) {
            try await $0.eventJSON($1)
        },
        Route("projects/{org}/{project}/events/{event}/attachments/", scope: .eventRead) {
            try await $0.attachments($1)
        },
        Route("projects/{org}/{project}/events/{event}/attachments/{attachment}/", scope: .eventRead) {
            try await $0.attachment($1)
        },

        Route("projects/{org}/{project}/user-feedback/", scope: .eventRead) { try await $0.userFeedback($1) },
        Route("organizations/{org}/monitors/", scope: .projectRead) { try await $0.monitors($1) },
        Route("organizations/{org}/monitors/{monitor}/checkins/", scope: .projectRead) {
            try await $0.checkIns($1)
        },
        Route("projects/{org}/{project}/sessions/", scope: .projectRead) { try await $0.sessions($1) },
        Route("projects/{org}/{project}/trace/{trace}/", scope: .eventRead) { try await $0.trace($1) },

        Route("projects/{org}/{project}/events/{event}/grouping-info/", scope: .eventRead) {
            try await $0.groupingInfo($1)
        },
        Route("organizations/{org}/issues/{issue}/hashes/", scope: .eventRead) { try await $0.hashes($1) },
        Route("organizations/{org}/issues/{issue}/hashes/", method: "DELETE", scope: .eventWrite) {
            try await $0.unmerge($1)
        },
        Route("organizations/{org}/issues/{issue}/similar/", scope: .eventRead) {
            try await $0.similarIssues($1)
        },
        Route("organizations/{org}/issues/{issue}/", method: "PUT", scope: .eventWrite) {
            try await $0.changeIssue($1)
        },
        Route("organizations/{org}/issues/{issue}/", method: "DELETE", scope: .eventWrite) {
            try await $0.deleteIssue($1)
        },
        Route("projects/{org}/{project}/grouping/", scope: .projectRead) { try await $0.rules($1) },
        Route("projects/{org}/{project}/grouping/", method: "PUT", scope: .projectWrite) {
            try await $0.changeRules($1)
        },
    ]
}
