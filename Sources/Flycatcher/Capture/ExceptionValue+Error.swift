// What an error is and says.

import Foundation

extension Flycatcher.ExceptionValue {
    /// Describes one error that the app has caught, without its causes.
    init(describing error: any Error) {
        let name = TypeName(of: error)
        self.init(type: name.type, value: error.reportedText, module: name.module)
        mechanism = Flycatcher.Mechanism(isHandled: true, meta: error.platformCodes, data: error.codingPlace)
        guard error.isFoundationObject else { return }
        (type, module) = ((error as NSError).domain, nil)
    }
}

extension Error {
    /// The error in words: what it says for people, and for an enum which case it is, with its payload.
    fileprivate var reportedText: String {
        if isFoundationObject || isDeclaredByFoundation { return (self as NSError).localizedDescription }
        let words = (self as? any LocalizedError)?.errorDescription
        if Mirror(reflecting: self).displayStyle == .enum {
            let ownCase = String(describing: self)
            return words.map { $0 == ownCase ? $0 : "\(ownCase): \($0)" } ?? ownCase
        }
        return words ?? reflection
    }

    /// Whether it is one of Foundation's structs around an `NSError`, which print all their user info.
    private var isDeclaredByFoundation: Bool {
        self is any CustomNSError && TypeName(of: self).module?.hasPrefix("Foundation") == true
    }

    /// The error as it prints; a class that has nothing but its name to print shows its fields too.
    private var reflection: String {
        let text = String(describing: self)
        guard text == String(reflecting: Swift.type(of: self)) else { return text }
        let children = Mirror(reflecting: self).children.prefix(WireLimits.entries)
        let fields = children.map { "\($0.label ?? "_"): \($0.value)" }
        return "\(TypeName(of: self).type)(\(fields.joined(separator: ", ")))"
    }

    /// The numbers by which the platform knows the error.
    fileprivate var platformCodes: [String: Flycatcher.JSONValue] {
        if let posix = self as? POSIXError {
            return ["errno": ["number": .integer(Int(posix.code.rawValue))]]
        }
        guard isFoundationObject || self is any CustomNSError else { return [:] }
        let error = self as NSError
        return ["ns_error": ["domain": .string(error.domain), "code": .integer(error.code)]]
    }

    /// Where in a document coding went wrong.
    fileprivate var codingPlace: [String: Flycatcher.JSONValue] {
        guard let path = codingPath else { return [:] }
        let text = path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return ["coding_path": .string(text.hasPrefix(".") ? String(text.dropFirst()) : text)]
    }

    private var codingPath: [any CodingKey]? {
        switch self as any Error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            context.codingPath
        case DecodingError.keyNotFound(let key, let context): context.codingPath + [key]
        case EncodingError.invalidValue(_, let context): context.codingPath
        default: nil
        }
    }
}

/// A type's name, the same in every run and every build.
struct TypeName {
    let module: String?
    let type: String

    init(of value: any Error) {
        self.init(qualified: String(reflecting: Swift.type(of: value)))
    }

    /// Reads `Module.Outer.Inner`, and the forms that private types and types in extensions have:
    /// `Module.(unknown context at $7f00).Inner`, `(extension in Module):Other.Inner`.
    init(qualified name: String) {
        var name = name[...]
        var extending: Substring?
        if name.hasPrefix("(extension in "), let end = name.firstIndex(of: ")") {
            extending = name[..<end].dropFirst("(extension in ".count)
            name = name[end...].dropFirst(2)
        }
        let dot = name.firstIndex(of: ".") ?? name.endIndex
        let path = name[dot...].dropFirst()
        module = path.isEmpty ? nil : String(extending ?? name[..<dot])
        type = Self.withoutAddresses(path.isEmpty ? name : path)
    }

    private static func withoutAddresses(_ path: Substring) -> String {
        var rest = path
        var kept = ""
        while let start = rest.firstRange(of: "(unknown context at "),
            let end = rest[start.upperBound...].firstIndex(of: ")")
        {
            kept += rest[..<start.lowerBound]
            rest = rest[end...].dropFirst()
            if rest.first == "." { rest.removeFirst() }
        }
        return kept + rest
    }
}
