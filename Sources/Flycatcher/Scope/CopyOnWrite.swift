// A large value that many hold and few change.

/// A value that is shared until one of its holders changes it, so that handing it on costs no more than a reference.
struct CopyOnWrite<Value: Sendable>: Sendable {
    /// Unchecked: the value is changed only through a holder that found itself to be the only one.
    private final class Box: @unchecked Sendable {
        var value: Value

        init(_ value: Value) {
            self.value = value
        }
    }

    private var box: Box

    init(_ value: Value) {
        box = Box(value)
    }

    var value: Value {
        get { box.value }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
            yield &box.value
        }
    }
}
