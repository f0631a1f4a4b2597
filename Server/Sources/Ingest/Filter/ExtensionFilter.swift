// Finds errors in pages that come from extensions of the browser, not from the page.

import TapeJSON

/// By what such errors say, and by the file that they were thrown in.
enum ExtensionFilter {
    static let finds: @Sendable (EventDraft) -> Bool = { draft in
        // Only pages are disturbed by extensions.
        guard draft.platform == "javascript" else { return false }
        return draft.exceptions.contains { exception in
            if let value = draft.document.member("value", of: exception),
                draft.document.withText(value, { phrases.finds(in: $0) }) == true
            {
                return true
            }
            return newestFile(of: exception, draft).map { file in
                draft.document.withText(file) { sources.finds(in: $0) } ?? false
            } ?? false
        }
    }

    /// The file of the newest frame that is of a file at all.
    private static func newestFile(of exception: JSONNode, _ draft: EventDraft) -> JSONNode? {
        guard let trace = draft.document.member("stacktrace", of: exception),
            let frames = draft.document.member("frames", of: trace)
        else { return nil }
        var file: JSONNode?
        for frame in draft.document.children(of: frames) {
            guard
                let path = draft.document.member("abs_path", of: frame)
                    ?? draft.document.member("filename", of: frame),
                !draft.document.isString(path, "<anonymous>"), !draft.document.isString(path, "[native code]")
            else { continue }
            file = path
        }
        return file
    }

    private static let phrases = WordSearch([
        // The programming interfaces that only extensions have.
        "extension context invalidated", "extension context was invalidated",
        "message port closed before a response",
        "could not establish connection. receiving end does not exist", "runtime.sendmessage",
        "chrome.runtime",
        "browser.runtime", "failed to invoke extension method", "plugin.setsuspendstate",
        // What password managers, wallets, translators and toolbars leave in pages.
        "_autofillcallbackhandler", "__gcrweb", "__firefox__", "instantsearchsdkjsbridgeclearhighlight",
        "myapp_removeallhighlights", "zalojsv2", "ucbrowser", "can't find variable: gmo", "mucommander",
        "cannot redefine property: ethereum", "cannot redefine property: solana", "metamask", "inpage.js",
        "talisman extension", "webkit.messagehandlers", "bmi_safeaddonload", "ebcallbackmessagereceived",
        "conduitpage", "atomicfindclose", "fb_xd_fragment", "ziteread", "originalcreatenotification",
        "top.globals", "jigsaw is not defined", "combosearch is not defined", "elt.parentnode",
    ])

    private static let sources = WordSearch([
        "chrome-extension://", "moz-extension://", "safari-extension://", "safari-web-extension://",
        "edge-extension://", "ms-browser-extension://", "webkit-masked-url://hidden", "chrome://",
        "resource://",
        "extensions/", "kaspersky-labs.com", "kis.v2.scr.", "webappstoolbarba.texthelp.com",
        "metrics.itunes.apple.com.edgesuite.net", "connect.facebook.net", "graph.facebook.com",
        "static.woopra.com", "superfish.com", "translate.googleapis.com",
    ])
}
