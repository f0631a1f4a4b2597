// How the server was told to run: read once at start, a typed value from then on.

import Model

/// All settings, checked.
public struct Configuration: Hashable, Sendable {
    /// The folder that keeps everything.
    public var dataFolder: String
    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 picks a free one.
    public var port: Int
    /// Where people reach the server; nil for the address it listens on.
    public var publicURL: PublicURL?
    /// How much is logged.
    public var logLevel: LogLevel
    /// In what form.
    public var logFormat: LogFormat
    /// Whom the server tells of its own errors.
    public var selfReports: SelfReportTarget
    /// What a scraper of `/metrics` must show unless it asks from this machine; nil lets no other machine scrape.
    public var metricsToken: AccessToken?
    /// The proxies in front, which are believed about whom they speak for; mostly none.
    public var trustedProxies: [IPNetwork]
    /// What may come in unless a project says otherwise.
    var quotas: QuotaPlan
    /// Bytes that an envelope may have as it comes, packed or not.
    var envelopeBytes: Int
    /// Whether less is kept as the disk fills up.
    var guardsDisk: Bool
    /// So many events of an issue are kept whole in an hour before a sample is; nil keeps all.
    var sampling: Int64?

    /// What the server's own TLS shows; nil for none, as behind a proxy.
    public var certificate: CertificatePaths?

    /// How long and how much is kept where a project says nothing.
    public var retention: RetentionDefaults

    /// What was said, and by what, in the order of the settings; secrets as `***`.
    public private(set) var said: [Said] = []

    /// A setting that somebody gave.
    public struct Said: Hashable, Sendable {
        public let setting: Setting
        public let text: String
        /// An option or a variable.
        public let origin: String
    }

    /// Where everything is kept unless someone says otherwise.
    public static let defaultDataFolder = "./flycatcher-data"

    /// Reads the settings; an option wins over its variable, and an empty variable is none.
    ///
    /// - Throws: ``ConfigurationError``.
    public init(
        options: [Setting: String] = [:], environment: [String: String] = [:]
    ) throws(ConfigurationError) {
        let reader = SettingReader(options: options, environment: environment)
        try reader.read(.database) { $0 == "sqlite" ? $0 : nil }
        dataFolder = try reader.read(.data) { Self.isPath($0) ? $0 : nil } ?? Self.defaultDataFolder
        host = try reader.read(.host) { Self.isHost($0) ? $0 : nil } ?? "127.0.0.1"
        port = try reader.read(.port) { Self.number($0, in: 0...65535) } ?? 8000
        publicURL = try reader.read(.url) { PublicURL($0).flatMap { $0.hidesNothing ? $0 : nil } }
        logLevel = try reader.read(.logLevel) { LogLevel(rawValue: $0.lowercased()) } ?? .info
        logFormat = try reader.read(.logFormat) { LogFormat(rawValue: $0.lowercased()) } ?? .text
        selfReports = try reader.read(.selfDSN) { SelfReportTarget($0) } ?? .nobody
        metricsToken = try reader.read(.metricsToken) { AccessToken($0) }
        retention = try Self.retention(reader)
        certificate = try Self.certificate(reader)
        said = Setting.allCases.compactMap { reader.said($0) }
        trustedProxies = try reader.read(.trustedProxies) { Self.networks($0) } ?? []
        quotas = QuotaPlan(
            burst: (try reader.read(.burstLimit, Self.allowance) ?? .standard)
                .limit(orElse: QuotaPlan.standardBurst),
            project: try reader.read(.projectLimit, Self.allowance)?.limit(orElse: nil),
            installation: try reader.read(.installationLimit, Self.allowance)?.limit(orElse: nil),
            spikes: try reader.read(.spikeProtection) { SpikeAllowance(text: $0) }?.minimum(orElse: nil))
        envelopeBytes = try reader.read(.envelopeSize, Self.envelopeSize) ?? IntakeLimits.packedBytes
        guardsDisk = try reader.read(.diskGuard) { ["on": true, "off": false][$0] } ?? true
        sampling = try reader.read(.sampling, Self.sampling) ?? .some(200)
    }

    /// Certificate and key go together.
    private static func certificate(_ reader: SettingReader) throws(ConfigurationError) -> CertificatePaths? {
        let certificate = try reader.read(.tlsCertificate) { isPath($0) ? $0 : nil }
        let key = try reader.read(.tlsKey) { isPath($0) ? $0 : nil }
        if let certificate, let key { return CertificatePaths(certificate: certificate, key: key) }
        if let certificate { throw reader.refusal(of: .tlsCertificate, certificate) }
        if let key { throw reader.refusal(of: .tlsKey, key) }
        return nil
    }

    private static func retention(_ reader: SettingReader) throws(ConfigurationError) -> RetentionDefaults {
        var retention = RetentionDefaults()
        let days: (String) -> Int? = { number($0, in: RetentionLimits.dayRange) }
        if let days = try reader.read(.retentionDays, days) { retention.days = days }
        if let days = try reader.read(.attachmentDays, days) { retention.attachmentDays = days }
        if let budget = try reader.read(.retentionSize, { ByteBudget($0) }) { retention.budget = budget }
        return retention
    }

    private static func isPath(_ text: String) -> Bool {
        !text.isEmpty && !text.utf8.contains(0)
    }

    private static func isHost(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
        return isPlain && (1...255).contains(text.utf8.count)
    }

    /// Addresses and ranges between commas; an empty list is one as well.
    private static func networks(_ text: String) -> [IPNetwork]? {
        let texts = text.split { $0 == "," || $0 == " " }
        let networks = texts.compactMap { IPNetwork($0) }
        return networks.count == texts.count && networks.count <= maximumNetworkCount ? networks : nil
    }

    private static let maximumNetworkCount = 100

    /// Nil for what makes no sense, nothing within for `off`.
    private static func sampling(_ text: String) -> Int64?? {
        if text == "off" { return .some(nil) }
        return number(text, in: 1...1_000_000).map { Int64($0) }
    }

    /// Nobody needs more packed than may be unpacked.
    private static func envelopeSize(_ text: String) -> Int? {
        guard case .bytes(let count) = ByteBudget(text) else { return nil }
        return (1 << 20...Int64(IntakeLimits.unpackedBytes)).contains(count) ? Int(count) : nil
    }

    private static func allowance(_ text: String) -> Allowance? {
        text.isEmpty ? nil : Allowance(text: text)
    }

    private static func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
        Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
}

/// Finds the text of a setting and remembers where it came from.
private struct SettingReader {
    let options: [Setting: String]
    let environment: [String: String]

    @discardableResult
    func read<Value>(
        _ setting: Setting, _ parse: (String) -> Value?
    ) throws(ConfigurationError) -> Value? {
        guard let (origin, text) = given(setting) else { return nil }
        if let value = parse(text) { return value }
        throw Self.refusal(of: setting, text, origin: origin)
    }

    /// What is said of a setting that makes no sense beside others.
    func refusal(of setting: Setting, _ text: String) -> ConfigurationError {
        Self.refusal(of: setting, text, origin: given(setting)?.origin ?? setting.option)
    }

    private static func refusal(of setting: Setting, _ text: String, origin: String) -> ConfigurationError {
        ConfigurationError(
            origin: origin, value: setting.isSecret ? nil : text, expectation: setting.expectation)
    }

    func said(_ setting: Setting) -> Configuration.Said? {
        given(setting).map { origin, text in
            Configuration.Said(setting: setting, text: setting.isSecret ? "***" : text, origin: origin)
        }
    }

    /// An option that is empty was typed, so it counts; a variable that is empty is how shells unset one.
    private func given(_ setting: Setting) -> (origin: String, text: String)? {
        if let text = options[setting] { return (setting.option, text) }
        guard let text = environment[setting.variable], !text.isEmpty else { return nil }
        return (setting.variable, text)
    }
}
