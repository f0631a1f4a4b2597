// Tests how the settings are read.

import Testing

@testable import FlycatcherServer

@Suite struct ConfigurationTests {
    @Test func `without settings it serves this machine from the current folder`() throws {
        let configuration = try Configuration()

        #expect(configuration.dataFolder == "./flycatcher-data")
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8000)
        #expect(configuration.publicURL == nil)
        #expect(configuration.logLevel == .info)
        #expect(configuration.metricsToken == nil)
        #expect(configuration.trustedProxies.isEmpty)
    }

    @Test func `every setting can be given as an option`() throws {
        let configuration = try Configuration(options: [
            .data: "/srv/f", .host: "0.0.0.0", .port: "0", .url: "https://errors.example/x/",
            .database: "sqlite",
            .logLevel: "Debug", .metricsToken: "0123456789abcdef", .trustedProxies: "10.0.0.0/8, ::1",
        ])

        #expect(configuration.dataFolder == "/srv/f")
        #expect(configuration.host == "0.0.0.0")
        #expect(configuration.port == 0)
        #expect(configuration.publicURL?.description == "https://errors.example/x")
        #expect(configuration.logLevel == .debug)
        #expect(configuration.metricsToken?.matches("0123456789abcdef") == true)
        #expect(configuration.trustedProxies.count == 2)
    }

    @Test func `an option wins over its variable`() throws {
        let configuration = try Configuration(
            options: [.port: "9000"], environment: ["FLYCATCHER_PORT": "9001", "FLYCATCHER_HOST": "::1"])

        #expect(configuration.port == 9000)
        #expect(configuration.host == "::1")
    }

    @Test func `an empty variable is none`() throws {
        #expect(try Configuration(environment: ["FLYCATCHER_PORT": ""]).port == 8000)
    }

    @Test func `every setting has its variable`() {
        let names = Setting.allCases.map(\.variable)

        #expect(names.contains("FLYCATCHER_LOG_LEVEL") && names.contains("FLYCATCHER_METRICS_TOKEN"))
        #expect(Set(names).count == Setting.allCases.count)
    }

    @Test(
        arguments: [
            (.port, "65536"), (.port, "-1"), (.port, "http"), (.port, ""), (.host, ""), (.host, "a b"),
            (.url, "example.org"),
            (.url, "ftp://example.org"), (.url, "https://a@b"), (.logLevel, "loud"), (.trustedProxies, "1"),
            (.trustedProxies, "10.0.0.0/33"), (.url, "https://e.example/api/x"),
            (.data, ""),
            (.database, "postgres://localhost"), (.metricsToken, "short"),
            (.sampling, "0"), (.sampling, "-1"), (.sampling, "1000001"), (.sampling, "on"), (.sampling, ""),
            (.diskGuard, "yes"), (.diskGuard, "On"), (.diskGuard, ""),
            (.envelopeSize, "20"), (.envelopeSize, "0MB"), (.envelopeSize, "201MB"), (.envelopeSize, "1TB"),
            (.envelopeSize, "50%"), (.envelopeSize, "none"), (.envelopeSize, "-1MB"),
        ] as [(Setting, String)])
    func `what makes no sense is refused by its name`(setting: Setting, value: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(options: [setting: value]) }

        #expect(error?.description.hasPrefix(setting.option) == true)
    }

    @Test func `a message names the variable and what would be right`() {
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration(environment: ["FLYCATCHER_PORT": "many"])
        }

        #expect(
            error?.description
                == "FLYCATCHER_PORT 'many' does not work: a number from 0 to 65535 is expected; 0 picks a free port"
        )
    }

    @Test func `how much is kept can be set, and left to the usual`() throws {
        let usual = try Configuration()
        #expect(usual.sampling == 200 && usual.guardsDisk && usual.envelopeBytes == 20 << 20)

        let set = try Configuration(
            options: [.sampling: "500", .diskGuard: "off"],
            environment: ["FLYCATCHER_ENVELOPE_SIZE": "200 mb"])
        #expect(set.sampling == 500 && !set.guardsDisk && set.envelopeBytes == 200 << 20)
        #expect(try Configuration(options: [.sampling: "off"]).sampling == nil)
        #expect(try Configuration(options: [.diskGuard: "on"]).guardsDisk)
    }

    @Test(arguments: [
        (
            "FLYCATCHER_SAMPLING", "some",
            "FLYCATCHER_SAMPLING 'some' does not work: a number of events, such as 200, or 'off' is expected"
        ),
        (
            "FLYCATCHER_DISK_GUARD", "true",
            "FLYCATCHER_DISK_GUARD 'true' does not work: 'on' or 'off' is expected"
        ),
        (
            "FLYCATCHER_ENVELOPE_SIZE", "big",
            "FLYCATCHER_ENVELOPE_SIZE 'big' does not work: a size from 1MB to 200MB, such as 20MB, is expected"
        ),
    ])
    func `a message says what to change`(variable: String, value: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration(environment: [variable: value])
        }

        #expect(error?.description == message)
    }

    @Test func `a message repeats no secret`() {
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration(options: [.metricsToken: "hunter2"])
        }

        #expect(error?.description.contains("hunter2") == false)
        #expect("\(String(describing: AccessToken("0123456789abcdef")))".contains("0123") == false)
    }
}
