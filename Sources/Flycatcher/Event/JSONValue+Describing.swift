// Makes a JSON value of whatever an app has at hand.

import FlycatcherWire
import Foundation

extension Flycatcher.JSONValue {
    /// Describes a value of any type: dictionaries with any keys, lists, structs, enums, objects, numbers, dates.
    ///
    /// Types that describe themselves (`CustomStringConvertible`) become their description, other structs and classes
    /// an object of their stored properties. Dates are written in ISO 8601, data in base 64. Objects that contain
    /// themselves end in `(cycle)`. At most ten thousand values are looked at, a hundred of each list.
    ///
    /// - Parameters:
    ///   - value: what to describe.
    ///   - depth: how many levels of lists and objects are followed; what lies deeper is left out.
    public init(describing value: Any, depth: Int = 10) {
        var description = Description()
        self = description.value(of: value, depth: depth)
    }
}

/// The state of one description: what it may still cost, and what it is inside of.
private struct Description {
    private var budget = WireLimits.values
    private var open: Set<ObjectIdentifier> = []

    mutating func value(of value: Any, depth: Int) -> Flycatcher.JSONValue {
        budget -= 1
        guard budget > 0 else { return "..." }
        let value = Self.unboxed(value)
        let mirror = Mirror(reflecting: value)
        // Lists first: asking one whether it is an object of Foundation converts all that it holds.
        switch mirror.displayStyle {
        case .optional:
            return mirror.children.first.map { self.value(of: $0.value, depth: depth) } ?? .null
        case .collection where !(type(of: value) == Data.self): return list(mirror.children, depth)
        case .set: return list(mirror.children, depth)
        case .dictionary: return dictionary(mirror, depth)
        default: break
        }
        if let scalar = Self.scalar(value) { return scalar }
        if value is any CustomStringConvertible { return Self.text(value) }
        if mirror.displayStyle == .enum { return enumeration(value, mirror, depth) }
        guard !mirror.children.isEmpty || mirror.superclassMirror != nil else { return Self.text(value) }
        return mirror.displayStyle == .class
            ? object(value as AnyObject, mirror, depth) : fields(mirror, depth)
    }

    private mutating func list(_ children: Mirror.Children, _ depth: Int) -> Flycatcher.JSONValue {
        guard depth > 0 else { return "[...]" }
        return .array(children.prefix(WireLimits.entries).map { value(of: $0.value, depth: depth - 1) })
    }

    private mutating func dictionary(_ mirror: Mirror, _ depth: Int) -> Flycatcher.JSONValue {
        let pairs = mirror.children.prefix(WireLimits.entries).map {
            Mirror(reflecting: $0.value).children.map(\.value)
        }
        return members(pairs.filter { $0.count == 2 }.map { (Self.key($0[0]), $0[1]) }, depth)
    }

    private mutating func members(_ pairs: [(String, Any)], _ depth: Int) -> Flycatcher.JSONValue {
        guard depth > 0 else { return "{...}" }
        var members: [String: Flycatcher.JSONValue] = [:]
        for (key, value) in pairs.prefix(WireLimits.entries) {
            members[key] = self.value(of: value, depth: depth - 1)
        }
        return .object(members)
    }

    /// A case is its name, with a payload an object with that name for its key.
    private mutating func enumeration(_ value: Any, _ mirror: Mirror, _ depth: Int) -> Flycatcher.JSONValue {
        guard let payload = mirror.children.first else { return Self.text(value) }
        return members([(payload.label ?? "_", payload.value)], depth)
    }

    private mutating func object(_ object: AnyObject, _ mirror: Mirror, _ depth: Int) -> Flycatcher.JSONValue
    {
        let identity = ObjectIdentifier(object)
        guard open.insert(identity).inserted else { return "(cycle)" }
        defer { open.remove(identity) }
        return fields(mirror, depth)
    }

    /// The stored properties, those of superclasses first; a tuple without names is a list.
    private mutating func fields(_ mirror: Mirror, _ depth: Int) -> Flycatcher.JSONValue {
        var children = Array(mirror.children.prefix(WireLimits.entries))
        if mirror.displayStyle == .tuple, children.allSatisfy({ $0.label?.hasPrefix(".") ?? true }) {
            return list(mirror.children, depth)
        }
        var parent = mirror.superclassMirror
        while let mirror = parent {
            children.insert(contentsOf: mirror.children.prefix(WireLimits.entries), at: 0)
            parent = mirror.superclassMirror
        }
        return members(children.map { ($0.label ?? "_", $0.value) }, depth)
    }

    private static func key(_ key: Any) -> String {
        BoundedText(describing: unboxed(key), limit: WireLimits.nameBytes).text.truncated(
            to: WireLimits.nameBytes)
    }

    private static func text(_ value: Any) -> Flycatcher.JSONValue {
        let text = TypeName.withoutAddresses(BoundedText(describing: value).text)
        return .string(text.truncated(to: WireLimits.textBytes))
    }
}

extension Description {
    /// What a type-erased value holds, found without a cast, which would convert whole trees of lists.
    private static func unboxed(_ value: Any) -> Any {
        type(of: value) == AnyHashable.self ? (value as? AnyHashable)?.base ?? value : value
    }

    /// The value of a type that has a form of its own in JSON, or is a single text.
    private static func scalar(_ value: Any) -> Flycatcher.JSONValue? {
        // Asked first: a number of Foundation can be cast to a truth value too.
        if type(of: value) is NSNumber.Type { return (value as? NSNumber).map(number) }
        return switch value {
        case let value as Flycatcher.JSONValue: value
        case is NSNull: .null
        case let value as Bool: .bool(value)
        case let value as any BinaryInteger: Int(exactly: value).map { .integer($0) } ?? .string("\(value)")
        case let value as any BinaryFloatingPoint: .double(Double(value))
        case let value as any StringProtocol: .string(String(value).truncated(to: WireLimits.textBytes))
        case let value as NSString: .string(value.description.truncated(to: WireLimits.textBytes))
        case let value as Date: date(value)
        case let value as URL: .string(value.absoluteString.truncated(to: WireLimits.textBytes))
        case let value as Data: data(value)
        case let value as any Error: .string("\(TypeName(of: value).type): \(ErrorText.of(value))")
        default: nil
        }
    }

    private static func number(_ value: NSNumber) -> Flycatcher.JSONValue {
        // What Foundation makes of a truth value has the type of a C character.
        if ["c", "B"].contains(String(cString: value.objCType)) { return .bool(value.boolValue) }
        return Int(exactly: value.doubleValue).map { .integer($0) } ?? .double(value.doubleValue)
    }

    private static func date(_ value: Date) -> Flycatcher.JSONValue {
        .string(Flycatcher.Timestamp(seconds: value.timeIntervalSince1970)?.description ?? "\(value)")
    }

    private static func data(_ value: Data) -> Flycatcher.JSONValue {
        guard value.count <= WireLimits.textBytes / 2 else { return .string("(\(value.count) bytes)") }
        return .string(value.base64EncodedString())
    }
}
