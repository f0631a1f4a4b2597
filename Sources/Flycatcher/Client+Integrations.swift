// Sets up what connects the SDK to other parts of the process.

import Synchronization

extension Client {
    /// Installs the SDK's own integrations and those of the options; one that fails is left out.
    func installIntegrations() {
        for integration in Self.defaultIntegrations(settings) + settings.options.integrations {
            do {
                try integration.install(settings.options)
                integrations.withLock { $0.append(integration) }
            } catch {
                settings.diagnostics.complain("\(integration.name) could not be set up: \(error)")
            }
        }
    }

    /// Takes away what was installed.
    func uninstallIntegrations() {
        let installed = integrations.withLock { integrations in
            defer { integrations = [] }
            return integrations
        }
        installed.forEach { $0.uninstall() }
    }

    /// Those that come with the SDK.
    private static func defaultIntegrations(_ settings: Settings) -> [any Flycatcher.Integration] {
        guard settings.options.defaultIntegrations else { return [] }
        let recording = settings.recordsThrows ? [ThrowRecording(diagnostics: settings.diagnostics)] : []
        return [ExitFlush()] + recording
    }
}
