// Which version this is.

/// The version of the server and its command line.
public enum FlycatcherVersion {
    /// The number that releases are named by.
    public static let current = "0.1.0"
}
