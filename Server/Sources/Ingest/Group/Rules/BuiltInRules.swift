// The stack-trace rules that ship with the server, for the platforms of the official SDKs.

import Model

/// Frames that are never the app's own, and frames that only report what others did.
///
/// SDKs mark most frames themselves; these rules are for what they cannot know or get wrong.
enum BuiltInRules {
    static let stacks: [StackRule] = RuleLine.all(of: text) { line throws(RuleError) in try StackRule(line) }
        .rules

    static let text = """
        # Scripts: packages, bundlers, the runtime itself, and the SDK that caught the error.
        family:javascript path:**/node_modules/** -app
        family:javascript path:node:* -app
        family:javascript path:internal/** -app
        family:javascript path:webpack/bootstrap* -app
        family:javascript path:**/@sentry/** -app
        family:javascript module:@sentry/* -app
        # Python
        family:python path:**/site-packages/** -app
        family:python path:**/dist-packages/** -app
        family:python module:sentry_sdk.* -app -group
        # Ruby, PHP
        family:ruby path:**/gems/** -app
        family:php path:**/vendor/** -app
        # The Java virtual machine
        family:java,kotlin module:java.* -app
        family:java,kotlin module:javax.* -app
        family:java,kotlin module:jdk.* -app
        family:java,kotlin module:sun.* -app
        family:java,kotlin module:kotlin.* -app
        family:java,kotlin module:kotlinx.* -app
        family:java,kotlin module:android.* -app
        family:java,kotlin module:androidx.* -app
        family:java,kotlin module:com.android.* -app
        family:java,kotlin module:io.sentry.* -app
        # .NET
        family:csharp module:System.* -app
        family:csharp module:Microsoft.* -app
        family:csharp function:System.* -app
        family:csharp module:Sentry.* -app
        # Go
        family:go module:runtime -app
        family:go module:github.com/getsentry/sentry-go* -app -group
        # Rust
        family:rust,native function:std::* -app
        family:rust,native function:core::* -app
        family:rust,native function:alloc::* -app
        family:rust,native function:std::panicking::* -group
        family:rust,native function:core::panicking::* -group
        family:rust,native function:rust_begin_unwind -app -group
        family:rust,native function:sentry_panic::* -app -group
        # Compiled code: what the system brings along
        family:native package:/usr/lib/** -app
        family:native package:/lib/** -app
        family:native package:/lib64/** -app
        family:native package:/System/Library/** -app
        family:native package:/system/** -app
        family:native package:/apex/** -app
        family:native package:**/Xcode.app/** -app
        family:native package:C:/Windows/** -app
        family:native package:**/libswift*.so -app
        family:native package:**/libFoundation*.so -app
        family:native package:**/libdispatch.so -app
        family:native package:**/libc.so* -app
        # Swift: the standard library, what ships with it, and usual companions
        family:swift module:Swift -app
        family:swift module:Foundation* -app
        family:swift module:_Concurrency -app
        family:swift module:Dispatch -app
        family:swift module:NIO* -app
        family:swift module:Hummingbird* -app
        family:swift module:Vapor -app
        family:swift module:ServiceLifecycle -app
        family:swift module:AsyncHTTPClient -app
        family:swift module:Flycatcher* -app -group
        """
}
