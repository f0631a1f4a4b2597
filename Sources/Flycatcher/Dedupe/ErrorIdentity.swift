// Which error it is, apart from what it says.

/// Knows an error again as long as it lives, without keeping it alive.
///
/// An object is itself. Errors that are values live in a box that is made when they are thrown and handed on by
/// `throw`, `catch`, `Result`, tasks and continuations, so the box is the identity. It is lost where the static type
/// is a concrete one, as in `catch let error as OrderError`: what is thrown on from there is another error.
///
/// Unchecked: the object is compared, and never otherwise used.
struct ErrorIdentity: @unchecked Sendable {
    private let address: UInt
    private weak var object: AnyObject?

    init(_ error: any Error) {
        let object = type(of: error) is AnyClass ? error as AnyObject : Self.box(of: error)
        address = UInt(bitPattern: ObjectIdentifier(object).hashValue)
        self.object = object
    }

    /// The box around a value: an `any Error` is one pointer to it, which AnyObject is too.
    private static func box(of error: any Error) -> AnyObject {
        // Without the `as` the value would be taken out of its box first.
        unsafeBitCast(error as any Error, to: AnyObject.self)
    }

    /// Whether both mean the same error; one that is gone is none, whoever lives at its address now.
    func isSame(as other: ErrorIdentity) -> Bool {
        guard address == other.address, let object else { return false }
        return object === other.object
    }
}
