// Where errors keep what caused them.

import Foundation

/// An error inside another, and where it was found there.
struct Cause {
    let error: any Error
    let source: String?

    init(_ error: any Error, source: String?) {
        self.error = error
        self.source = source
    }
}

/// The errors inside an error: in its properties, its payload or its user info.
struct Causes {
    private(set) var list: [Cause] = []
    /// Whether the error stands for several, or is made for that.
    private(set) var areSeveral = false

    init(of error: any Error) {
        switch error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.keyNotFound(_, let context), DecodingError.dataCorrupted(let context):
            add(context.underlyingError, source: "underlyingError")
        case EncodingError.invalidValue(_, let context):
            add(context.underlyingError, source: "underlyingError")
        case _ where error.isFoundationObject || error is any CustomNSError:
            addCauses(inUserInfo: (error as NSError).userInfo)
            if list.isEmpty, !error.isOfFoundation { addCauses(in: Mirror(reflecting: error)) }
        default:
            addCauses(in: Mirror(reflecting: error))
        }
        if list.count > 1 { areSeveral = true }
    }

    private mutating func add(_ value: Any?, source: String) {
        guard let error = value as? any Error else { return }
        list.append(Cause(error, source: source))
    }

    private mutating func addCauses(inUserInfo userInfo: [String: Any]) {
        add(userInfo[NSUnderlyingErrorKey], source: NSUnderlyingErrorKey)
        add(errorsIn: userInfo[UserInfo.multipleErrorsKey], source: UserInfo.multipleErrorsKey)
    }

    /// Adds the errors among the properties, those of superclasses too, or in the payload of a case.
    private mutating func addCauses(in mirror: Mirror) {
        for child in mirror.children.prefix(WireLimits.entries) {
            let source = child.label?.trimmingPrefix("_").description ?? "_"
            if mirror.displayStyle == .enum {
                add(payload: child.value, source: source)
            } else {
                add(property: child.value, source: source)
            }
        }
        if let parent = mirror.superclassMirror, parent.subjectType != NSError.self { addCauses(in: parent) }
    }

    /// Adds the one value of a payload, or the errors among several.
    private mutating func add(payload: Any, source: String) {
        let mirror = Mirror(reflecting: payload)
        guard mirror.displayStyle == .tuple else { return add(property: payload, source: source) }
        for child in mirror.children {
            // A value without a label has its place for one: `.0`.
            let label = child.label.flatMap { $0.hasPrefix(".") ? nil : $0 }
            add(property: child.value, source: label ?? source)
        }
    }

    private mutating func add(property value: Any, source: String) {
        if value is any Error {
            add(value, source: source)
        } else {
            add(errorsIn: value, source: source)
        }
    }

    /// Adds the errors in a list or dictionary, also where each has its circumstances beside it.
    private mutating func add(errorsIn value: Any?, source: String) {
        guard let value else { return }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            add(errorsIn: mirror.children.first?.value, source: source)
        case .collection, .set:
            for (index, child) in mirror.children.prefix(ExceptionChain.maximumBreadth).enumerated() {
                addElement(child.value, source: "\(source)[\(index)]")
            }
        case .dictionary:
            for child in mirror.children.prefix(ExceptionChain.maximumBreadth) {
                let pair = Mirror(reflecting: child.value).children.map(\.value)
                guard pair.count == 2 else { continue }
                addElement(pair[1], source: "\(source)[\(BoundedText(describing: pair[0], limit: 64))]")
            }
        default: break
        }
    }

    private mutating func addElement(_ value: Any, source: String) {
        let error =
            value as? any Error
            ?? Mirror(reflecting: value).children.lazy
            .compactMap { $0.value as? any Error }.first
        guard let error else { return }
        areSeveral = true
        list.append(Cause(error, source: source))
    }
}
