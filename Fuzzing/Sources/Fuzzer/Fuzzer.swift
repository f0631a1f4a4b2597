// What libFuzzer calls, over and over, with bytes that it has made up.

import FuzzTargets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The reader that is tried: the one that FLYCATCHER_FUZZ names.
private let target: FuzzTarget = {
    let name = getenv("FLYCATCHER_FUZZ").map { String(cString: $0) } ?? "event"
    guard let target = FuzzTarget(rawValue: name) else {
        fatalError("FLYCATCHER_FUZZ is one of \(FuzzTarget.allCases.map(\.rawValue)), not \(name)")
    }
    return target
}()

/// Tries one input; libFuzzer keeps it when it reaches new code, and reports it when this traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let complaint = target.complaint(about: bytes) { fatalError(complaint) }
    return 0
}
