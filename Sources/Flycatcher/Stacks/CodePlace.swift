// A place in the code that a stack leads through.

/// Where a function was when the stack was walked.
struct CodePlace: Hashable, Sendable {
    /// What the address of a place means.
    enum Kind: Sendable {
        /// Where a call returns to, which is behind it.
        case returnAddress
        /// Where a function goes on that awaits another.
        case continuation
        /// The instruction itself, such as the one that a crash happened at.
        case instruction
    }

    let address: UInt64
    let kind: Kind

    init(address: UInt64, kind: Kind) {
        self.address = address
        self.kind = kind
    }

    init(address: UInt64, isContinuation: Bool) {
        self.init(address: address, kind: isContinuation ? .continuation : .returnAddress)
    }

    var isContinuation: Bool {
        kind == .continuation
    }

    /// An address of the call itself, which the one behind it may already be beyond.
    var instruction: UInt64 {
        kind == .returnAddress ? address &- 1 : address
    }
}
