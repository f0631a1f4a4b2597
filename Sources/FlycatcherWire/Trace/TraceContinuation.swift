// Whether a trace that begins elsewhere goes on here.

/// The rule by which a service continues the traces of others (protocol section 12.6).
public struct TraceContinuation: Hashable, Sendable {
    /// The service's organisation, if it is known.
    public var organizationID: String?
    /// Whether a trace must name its organisation where ours is known, and must not where it is not.
    public var isStrict: Bool

    /// Makes the rule of a service.
    public init(organizationID: String? = nil, isStrict: Bool = false) {
        self.organizationID = organizationID
        self.isStrict = isStrict
    }

    /// Whether a trace from `organizationID` is continued; the alternative is to begin a new one.
    public func continues(traceOf organizationID: String?) -> Bool {
        switch (self.organizationID, organizationID) {
        case (let ours?, let theirs?): ours == theirs
        case (nil, nil): true
        default: !isStrict
        }
    }
}
