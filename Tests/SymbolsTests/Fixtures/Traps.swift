// Functions that give up when they are called with the wrong number, as optimised code does: without a word.

/// A place in the library from which the others are found.
@_cdecl("traps_anchor") public func trapsAnchor() {}

/// Reads behind the end.
public func trapAtIndex(_ list: [Int], _ index: Int) -> Int { list[index] }
// swift-format-ignore: NeverForceUnwrap
/// Unwraps nothing.
public func trapAtNil(_ value: Int?) -> Int { value! }
/// Adds too much.
public func trapAtSum(_ left: Int, _ right: Int) -> Int { left + right }
/// Takes away too much.
public func trapAtDifference(_ left: UInt, _ right: UInt) -> UInt { left - right }
/// Multiplies too much.
public func trapAtProduct(_ left: Int, _ right: Int) -> Int { left * right }
/// Divides by zero.
public func trapAtQuotient(_ left: Int, _ right: Int) -> Int { left / right }
/// Leaves the remainder of a division by zero.
public func trapAtRemainder(_ left: Int, _ right: Int) -> Int { left % right }
/// Makes a number smaller than it is.
public func trapAtNarrowing(_ value: Int) -> Int8 { Int8(value) }
/// Makes a number without a sign of one with it.
public func trapAtSign(_ value: Int) -> UInt { UInt(value) }
/// Demands what is not so.
public func trapAtPrecondition(_ value: Int) { precondition(value > 3, "a text that is dropped") }
/// Makes a range that is upside down.
public func trapAtRange(_ low: Int, _ high: Int) -> Int { (low..<high).count }
/// Takes the last of nothing.
public func trapAtEmpty(_ list: inout [Int]) -> Int { list.removeLast() }
