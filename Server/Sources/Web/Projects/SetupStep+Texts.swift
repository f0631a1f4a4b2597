// The table of first steps: for each platform what to install, what to write, what to try.

import FlycatcherWire

extension SetupStep {
    /// Titles and code of a platform's steps.
    static func texts(of platform: SetupPlatform, dsn: DSN) -> [(title: String, code: String)] {
        let text = dsn.publicText
        return switch platform {
        case .python: python(text)
        case .django: django(text)
        case .flask: flask(text)
        case .browser: browser(text)
        case .node: node(text)
        case .go: go(text)
        case .rust: rust(text)
        case .dotnet: dotnet(text)
        case .java: java(text)
        case .ruby: ruby(text)
        case .php: php(text)
        case .swift: swift(text)
        case .sentryCLI: sentryCLI(text)
        case .curl: curl(dsn)
        }
    }

    private typealias Texts = [(title: String, code: String)]

    private static func python(_ dsn: String) -> Texts {
        [
            ("Install", "pip install sentry-sdk"),
            (
                "Start it before anything else, then fail once",
                """
                import sentry_sdk

                sentry_sdk.init("\(dsn)")

                1 / 0
                """
            ),
        ]
    }

    private static func django(_ dsn: String) -> Texts {
        [
            ("Install", "pip install sentry-sdk"),
            (
                "Add to settings.py",
                """
                import sentry_sdk

                sentry_sdk.init("\(dsn)", send_default_pii=True)
                """
            ),
            (
                "Add a view that fails to urls.py, and open it",
                """
                def fail(request):
                    return 1 / 0

                urlpatterns += [path("fail/", fail)]
                """
            ),
        ]
    }

    private static func flask(_ dsn: String) -> Texts {
        [
            ("Install", "pip install 'sentry-sdk[flask]'"),
            (
                "Start it before the app, then open /fail",
                """
                import sentry_sdk
                from flask import Flask

                sentry_sdk.init("\(dsn)")
                app = Flask(__name__)

                @app.get("/fail")
                def fail():
                    return 1 / 0
                """
            ),
        ]
    }

    private static func browser(_ dsn: String) -> Texts {
        [
            ("Install", "npm install @sentry/browser"),
            (
                "Start it where your page starts, then fail once",
                """
                import * as Sentry from "@sentry/browser";

                Sentry.init({ dsn: "\(dsn)" });

                setTimeout(() => { throw new Error("first event"); });
                """
            ),
        ]
    }

    private static func node(_ dsn: String) -> Texts {
        [
            ("Install", "npm install @sentry/node"),
            (
                "Write instrument.mjs",
                """
                import * as Sentry from "@sentry/node";

                Sentry.init({ dsn: "\(dsn)" });
                """
            ),
            ("Load it first", "node --import ./instrument.mjs app.mjs"),
            ("Fail once, anywhere in the app", "throw new Error(\"first event\");"),
        ]
    }

    private static func go(_ dsn: String) -> Texts {
        [
            ("Install", "go get github.com/getsentry/sentry-go"),
            (
                "Start it in main, then report an error",
                """
                err := sentry.Init(sentry.ClientOptions{Dsn: "\(dsn)"})
                if err != nil {
                    log.Fatal(err)
                }
                defer sentry.Flush(2 * time.Second)

                sentry.CaptureException(errors.New("first event"))
                """
            ),
        ]
    }

    private static func rust(_ dsn: String) -> Texts {
        [
            ("Install", "cargo add sentry"),
            (
                "Keep the guard alive in main, then panic",
                """
                fn main() {
                    let _guard = sentry::init("\(dsn)");

                    panic!("first event");
                }
                """
            ),
        ]
    }

    private static func dotnet(_ dsn: String) -> Texts {
        [
            ("Install", "dotnet add package Sentry"),
            (
                "Start it in Program.cs, then throw",
                """
                using Sentry;

                using var sentry = SentrySdk.Init(options => options.Dsn = "\(dsn)");

                throw new InvalidOperationException("first event");
                """
            ),
        ]
    }

    private static func java(_ dsn: String) -> Texts {
        [
            ("Add to build.gradle", "implementation 'io.sentry:sentry:8.+'"),
            (
                "Start it in main, then report an error",
                """
                import io.sentry.Sentry;

                Sentry.init(options -> options.setDsn("\(dsn)"));

                Sentry.captureException(new IllegalStateException("first event"));
                """
            ),
        ]
    }

    private static func ruby(_ dsn: String) -> Texts {
        [
            ("Install", "bundle add sentry-ruby"),
            (
                "Start it, then report an error",
                """
                require "sentry-ruby"

                Sentry.init { |config| config.dsn = "\(dsn)" }

                Sentry.capture_exception(RuntimeError.new("first event"))
                """
            ),
        ]
    }

    private static func php(_ dsn: String) -> Texts {
        [
            ("Install", "composer require sentry/sentry"),
            (
                "Start it before anything else, then throw",
                """
                \\Sentry\\init(['dsn' => '\(dsn)']);

                throw new RuntimeException('first event');
                """
            ),
        ]
    }

    private static func swift(_ dsn: String) -> Texts {
        [
            (
                "Start it in main, then report an error",
                """
                import Flycatcher

                Flycatcher.start { $0.dsn = "\(dsn)" }

                Flycatcher.capture(message: "first event")
                Flycatcher.flush()
                """
            )
        ]
    }

    private static func sentryCLI(_ dsn: String) -> Texts {
        [
            ("Install", "npm install --global @sentry/cli"),
            ("Send a message", "SENTRY_DSN='\(dsn)' sentry-cli send-event -m 'first event'"),
        ]
    }

    private static func curl(_ dsn: DSN) -> Texts {
        [
            (
                "Send a message",
                """
                curl '\(dsn.endpointURL("store"))' \\
                  -H 'X-Sentry-Auth: Sentry sentry_version=7, sentry_key=\(dsn.publicKey)' \\
                  -d '{"message": "first event", "level": "info"}'
                """
            )
        ]
    }
}
