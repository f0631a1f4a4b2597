// An error and its causes, as exceptions.

import Foundation

/// Follows an error to what caused it (protocol section 22.1).
struct ExceptionChain {
    /// How many causes are followed; a chain that bites its own tail ends here too.
    static let maximumDepth = 10

    /// The root cause first, the error itself last.
    private(set) var values: [Flycatcher.ExceptionValue] = []

    init(_ error: any Error) {
        var next: Cause? = Cause(error: error, source: nil)
        while let cause = next, values.count < Self.maximumDepth {
            var value = Flycatcher.ExceptionValue(describing: cause.error)
            value.mechanism?.source = cause.source
            values.append(value)
            next = Cause(of: cause.error)
        }
        if values.count > 1 { number() }
        values.reverse()
    }

    /// Says of each error which one it caused.
    private mutating func number() {
        for index in values.indices {
            values[index].mechanism?.exceptionID = index
            values[index].mechanism?.parentID = index > 0 ? index - 1 : nil
        }
    }
}

/// An error inside another, and where it was found there.
private struct Cause {
    static let labels: Set<String> = ["underlyingError", "underlying", "cause", "wrapped", "error"]

    var error: any Error
    var source: String?

    init(error: any Error, source: String?) {
        self.error = error
        self.source = source
    }

    /// Looks for the cause of an error in the places where Swift programs keep it.
    init?(of error: any Error) {
        if error.isFoundationObject {
            guard let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error else {
                return nil
            }
            self.init(error: underlying, source: "NSUnderlyingError")
            return
        }
        let mirror = Mirror(reflecting: error)
        if mirror.displayStyle == .enum {
            self.init(payloadOf: mirror)
        } else {
            self.init(propertyOf: mirror)
        }
    }

    /// Takes the payload of a case, or the first error among several.
    private init?(payloadOf mirror: Mirror) {
        guard let payload = mirror.children.first else { return nil }
        if let error = payload.value as? any Error {
            self.init(error: error, source: payload.label)
            return
        }
        let found = Mirror(reflecting: payload.value).children.first { $0.value is any Error }
        guard let error = found?.value as? any Error else { return nil }
        self.init(error: error, source: payload.label)
    }

    private init?(propertyOf mirror: Mirror) {
        for child in mirror.children {
            guard let label = child.label, Self.labels.contains(label), let error = child.value as? any Error
            else { continue }
            self.init(error: error, source: label)
            return
        }
        return nil
    }
}

extension Error {
    /// Whether it is an `NSError` itself, and not merely convertible to one as every error is.
    var isFoundationObject: Bool {
        type(of: self) is NSError.Type
    }
}
