// What Foundation's errors carry besides their description.

import Foundation

/// The user info of errors, without secrets and what is reported elsewhere.
enum UserInfo {
    /// `NSMultipleUnderlyingErrorsKey`, which Foundation on Linux lacks.
    static let multipleErrorsKey = "NSMultipleUnderlyingErrorsKey"

    private static let reportedElsewhere: Set<String> = [
        NSUnderlyingErrorKey, multipleErrorsKey, NSLocalizedDescriptionKey,
    ]

    /// The user infos of a chain's errors by their domain, the outermost first; empty ones are left out.
    static func byDomain(of errors: [any Error]) -> [String: Flycatcher.JSONValue] {
        var infos: [String: Flycatcher.JSONValue] = [:]
        for error in errors where error.isFoundationObject || error is any CustomNSError {
            let error = error as NSError
            let info = filtered(error.userInfo)
            if !info.isEmpty, infos[error.domain] == nil { infos[error.domain] = .object(info) }
        }
        return infos
    }

    private static func filtered(_ userInfo: [String: Any]) -> [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = [:]
        for (key, value) in userInfo where !reportedElsewhere.contains(key) {
            guard fields.count < WireLimits.entries else { break }
            fields[key] =
                SensitiveName.isOne(key)
                ? .string(filteredText) : Flycatcher.JSONValue(describing: value, depth: 5)
        }
        return fields
    }
}
