// Tests the settings of projects as documents of several versions hold them, and what is usual.

import FoundationEssentials
import Model
import Testing

@Suite struct ProjectSettingsTests {
    @Test(arguments: ["{}", #"{"scrubbing":{},"filters":{},"laterSetting":{"a":[1]}}"#])
    func `a document of another version is read as far as it goes`(document: String) throws {
        let settings = try JSONDecoder().decode(ProjectSettings.self, from: Data(document.utf8))

        #expect(settings == ProjectSettings())
    }

    @Test func `filters of another version are kept and not heeded`() throws {
        let document = #"{"filters":{"later-filter":{"isOn":true},"localhost":{"isOn":true}}}"#
        let settings = try JSONDecoder().decode(ProjectSettings.self, from: Data(document.utf8))

        #expect(settings.filters.setting(of: .localhost, platform: "") == FilterSetting(isOn: true))
        let again = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
        #expect(again.contains("later-filter"))
    }

    @Test(arguments: [("javascript", true), ("javascript-react", true), ("python", false), ("node", false)])
    func `crawlers and extensions are filtered where browsers are`(platform: String, isOn: Bool) {
        let filters = FilterSettings()

        #expect(filters.setting(of: .webCrawlers, platform: platform).isOn == isOn)
        #expect(filters.setting(of: .browserExtensions, platform: platform).isOn == isOn)
        #expect(!filters.setting(of: .localhost, platform: platform).isOn)
    }
}
