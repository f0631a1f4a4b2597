// The platforms that the setup page knows first steps for.

import FlycatcherWire

/// A way to send events.
enum SetupPlatform: String, CaseIterable, Sendable {
    case python
    case django
    case flask
    case browser
    case node
    case go
    case rust
    case dotnet
    case java
    case ruby
    case php
    case swift
    case sentryCLI = "sentry-cli"
    case curl

    /// Takes the name in a URL, or a platform as events name it.
    init?(named name: String) {
        switch name {
        case "javascript": self = .browser
        case "csharp": self = .dotnet
        case "native", "cocoa": self = .swift
        default: self.init(rawValue: name)
        }
    }

    var title: String {
        switch self {
        case .python: "Python"
        case .django: "Django"
        case .flask: "Flask"
        case .browser: "JavaScript"
        case .node: "Node.js"
        case .go: "Go"
        case .rust: "Rust"
        case .dotnet: ".NET"
        case .java: "Java"
        case .ruby: "Ruby"
        case .php: "PHP"
        case .swift: "Swift"
        case .sentryCLI: "sentry-cli"
        case .curl: "curl"
        }
    }

    /// What to do, in order; the last step sends a first event.
    func steps(for dsn: DSN) -> [SetupStep] {
        SetupStep.texts(of: self, dsn: dsn).map { SetupStep(title: $0, code: $1) }
    }
}

/// Something to do, with the code that does it.
struct SetupStep: View {
    let title: String
    let code: String

    func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "code": code
        default: false
        }
    }
}
