// How the SDK finds out which version of the app runs, and where.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Releases {
        let sdk = SDKTests()

        @Test
        func
            `release, dist, environment and server name are on the event, and where it applies in the trace`()
            throws
        {
            let envelopes = try sdk.envelopes {
                $0.release = "shop@1.4.2"
                $0.dist = "77"
                $0.environment = "staging"
                $0.serverName = "web-3"
            } _: {
                Flycatcher.capture(message: "x")
            }

            let event = try #require(try envelopes.first?.payloads("event").first)
            #expect(event["release"].text == "shop@1.4.2")
            #expect(event["dist"].text == "77")
            #expect(event["environment"].text == "staging")
            #expect(event["server_name"].text == "web-3")
            #expect(envelopes.first?.header.trace["release"] == "shop@1.4.2")
            #expect(envelopes.first?.header.trace["environment"] == "staging")
        }

        @Test func `an empty release is none, and the server name is the host's by default`() throws {
            let event = try sdk.event {
                $0.release = ""
            } _: {
                Flycatcher.capture(message: "x")
            }

            #expect(event["release"].isAbsent)
            #expect(event["server_name"].text == Host.name)
        }

        @Test func `the SDK names itself without naming anybody`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) { Flycatcher.capture(message: "x") }

            let headers = try #require(server.requests.first).headers
            #expect(headers["user-agent"] == "flycatcher.swift/0.1.0")
            let text = "\(headers)"
            for name in [NSUserName(), NSFullUserName(), Host.name ?? ""] where name.count > 4 {
                #expect(!text.contains(name))
            }
        }
    }
}

@Suite struct ReleaseDetectionTests {
    @Test(
        arguments: ReleaseDetection.platformVariables.indices.map { index in
            (Array(ReleaseDetection.platformVariables[index...]), ReleaseDetection.platformVariables[index])
        })
    func `of the platform's variables the first counts`(present: [String], expected: String) {
        let variables = Dictionary(uniqueKeysWithValues: present.map { ($0, "from \($0)") })

        #expect(detection(variables).release(option: nil) == "from \(expected)")
    }

    @Test func `option, variable, file, bundle, platform, repository: in this order`() throws {
        try withTemporaryFolder { folder in
            try write("from file\n", to: "Shop.release", in: folder)
            try write(String(repeating: "a", count: 40), to: ".git/HEAD", in: folder)
            let bundle = [
                "CFBundleIdentifier": "org.shop", "CFBundleShortVersionString": "1.2", "CFBundleVersion": "7",
            ]
            var variables = ["SENTRY_RELEASE": "from variable", "GITHUB_SHA": "from platform"]
            func release(
                option: String? = nil, _ program: String = "Shop", _ properties: [String: String] = bundle
            )
                -> String?
            {
                detection(variables, folder: folder, program: program, properties: properties).release(
                    option: option)
            }

            #expect(release(option: "from option") == "from option")
            #expect(release(option: "") == nil)
            #expect(release() == "from variable")
            variables["SENTRY_RELEASE"] = ""
            #expect(release() == "from file")
            #expect(release("Other") == "org.shop@1.2+7")
            #expect(release("Other", [:]) == "from platform")
            variables = [:]
            #expect(release("Other", [:]) == String(repeating: "a", count: 40))
        }
        #expect(detection([:]).release(option: nil) == nil)
    }

    @Test(arguments: [
        "a/b", "a\\b", "a\tb", "a\nb", "a\r\nb", ".", "..", "latest", " ", String(repeating: "x", count: 201),
    ])
    func `what servers refuse as a release is passed over`(name: String) {
        #expect(detection([:]).release(option: name) == nil)
        #expect(detection(["SENTRY_RELEASE": name, "GITHUB_SHA": "next"]).release(option: nil) == "next")
        #expect(detection(["SOURCE_VERSION": name, "GITHUB_SHA": "next"]).release(option: nil) == "next")
    }

    private func detection(
        _ variables: [String: String], folder: URL = URL(filePath: "/nowhere"), program: String = "Shop",
        properties: [String: String] = [:]
    ) -> ReleaseDetection {
        ReleaseDetection(
            variables: Variables(variables), executable: folder.appending(path: program),
            workingDirectory: folder,
            properties: properties, diagnostics: Diagnostics(threshold: nil))
    }
}

@Suite struct GitHeadTests {
    private static let hash = "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7e8f90123"
    private static let other = "0000000000000000000000000000000000000000"

    @Test(
        arguments: [
            ([".git/HEAD": hash], hash),
            ([".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": "\(hash)\n"], hash),
            (
                [
                    ".git/HEAD": "ref: refs/heads/a/b",
                    ".git/packed-refs": "# pack\n\(other) refs/heads/b\n\(hash) refs/heads/a/b\n^\(other)",
                ], hash
            ),
            (
                [
                    ".git/HEAD": "ref: refs/heads/main", ".git/refs/heads/main": hash,
                    ".git/packed-refs": "\(other) refs/heads/main",
                ], hash
            ),
            (
                [
                    ".git/HEAD": "ref: refs/heads/a", ".git/refs/heads/a": "ref: refs/heads/b",
                    ".git/refs/heads/b": hash,
                ], hash
            ),
            // A worktree.
            (
                [
                    ".git": "gitdir: main/.git/worktrees/w\n",
                    "main/.git/worktrees/w/HEAD": "ref: refs/heads/w",
                    "main/.git/worktrees/w/commondir": "../..\n", "main/.git/refs/heads/w": hash,
                    "main/.git/HEAD": other,
                ], hash
            ),
            (
                [
                    ".git": "gitdir: main/.git/worktrees/w",
                    "main/.git/worktrees/w/HEAD": "ref: refs/heads/w",
                    "main/.git/worktrees/w/commondir": "../..",
                    "main/.git/packed-refs": "\(hash) refs/heads/w",
                ], hash
            ),
            // A submodule.
            ([".git": "gitdir: ../.git/modules/m", "../.git/modules/m/HEAD": hash], hash),
            // A repository of the newer form SHA-256.
            ([".git/HEAD": hash + hash.prefix(24)], hash + hash.prefix(24)),
            // Nothing committed yet, a loop, no repository, nonsense, a way out.
            ([".git/HEAD": "ref: refs/heads/main"], nil),
            ([".git/HEAD": "ref: refs/a", ".git/refs/a": "ref: refs/a"], nil),
            ([:], nil), ([".git/HEAD": "nonsense"], nil), ([".git": "nonsense"], nil),
            ([".git/HEAD": ""], nil),
            ([".git/HEAD": "ref: ../../secret", "../secret": hash], nil),
            ([".git/HEAD": "ref: refs/../secret", ".git/secret": hash], nil),
        ] as [([String: String], String?)])
    func `the commit is read from the files of the repository`(
        files: [String: String], commit: String?
    ) throws {
        let found = try withTemporaryFolder { folder in
            for (path, text) in files { try write(text, to: "copy/\(path)", in: folder) }
            return GitHead(workingDirectory: folder.appending(path: "copy"))?.commit
        }

        #expect(found == commit)
    }
}

private func write(_ text: String, to path: String, in folder: URL) throws {
    let file = folder.appending(path: path).standardizedFileURL
    try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
}
