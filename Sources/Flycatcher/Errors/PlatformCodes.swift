// The numbers by which the platform knows an error.

import Foundation

/// Finds `errno` and `ns_error` (protocol section 22.1), in packages' types too, which the SDK does not know.
enum PlatformCodes {
    /// The members of a mechanism's `meta`.
    static func of(_ error: any Error) -> [String: Flycatcher.JSONValue] {
        if let number = number(of: error) { return ["errno": .object(description(of: number))] }
        guard error.isFoundationObject || error is any CustomNSError else { return [:] }
        let error = error as NSError
        return ["ns_error": ["domain": .string(error.domain), "code": .integer(error.code)]]
    }

    private static func description(of number: Int32) -> [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = ["number": .integer(Int(number))]
        if let code = POSIXErrorCode(rawValue: number) { fields["name"] = .string("\(code)") }
        return fields
    }

    private static func number(of error: any Error) -> Int32? {
        if let error = error as? POSIXError { return error.code.rawValue }
        if error.isFoundationObject {
            let error = error as NSError
            return error.domain == NSPOSIXErrorDomain ? Int32(exactly: error.code) : nil
        }
        return numberStored(in: error)
    }

    /// The number that `Errno` keeps as its raw value, and others under a name that says so: in a property, or as the
    /// payload of a case that a property holds, as NIO's `IOError` does.
    private static func numberStored(in error: any Error) -> Int32? {
        let mirror = Mirror(reflecting: error)
        let isErrno = TypeName(of: error).type.split(separator: ".").last == "Errno"
        for child in mirror.children.prefix(WireLimits.entries) {
            if let number = child.value as? Int32 {
                if isErrno || isNamedErrno(child.label) { return number }
            } else if let payload = payload(of: child.value), isNamedErrno(payload.label) {
                return payload.value as? Int32
            }
        }
        return nil
    }

    private static func payload(of value: Any) -> Mirror.Child? {
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .enum ? mirror.children.first : nil
    }

    private static func isNamedErrno(_ label: String?) -> Bool {
        label.map { ["errno", "errnoCode", "_errno"].contains($0) } ?? false
    }
}
