// Makes the event of a run that did not end as it should.

import CFlycatcher
import FlycatcherWire

/// Tells of a crash, or of an end without a word, from the run's file alone.
struct CrashEvent {
    private let record: RunRecord
    private let rule: InAppRule
    private let symbols: Symbolizer
    private let frameLimit: Int
    private let contextLines: Int

    init(_ record: RunRecord, _ settings: Settings) {
        self.record = record
        rule = InAppRule(settings)
        frameLimit = settings.maxStackFrames
        contextLines = settings.frameContextLines
        symbols = Symbolizer(images: record.crash?.images(program: record.facts.program) ?? [])
    }

    /// The event without what scopes say.
    func event() -> Flycatcher.Event {
        var event = Flycatcher.Event(level: .fatal, id: record.header.eventID)
        event.release = record.facts.release
        event.dist = record.facts.dist
        event.environment = record.facts.environment
        event.serverName = record.facts.serverName
        event.contexts = record.facts.contexts
        event.contexts["trace"] = trace
        if let crash = record.crash {
            tell(crash, in: &event)
        } else {
            tellEnd(in: &event)
        }
        return event
    }

    private var trace: [String: Flycatcher.JSONValue] {
        let traceID = record.crash?.traceID?.description ?? record.facts.traceID
        let spanID = record.crash?.traceID == nil ? record.facts.spanID : record.crash?.spanID?.description
        return ["trace_id": traceID, "span_id": spanID].compactMapValues { $0.map { .string($0) } }
    }

    // MARK: A crash

    private func tell(_ crash: CrashRecord, in event: inout Flycatcher.Event) {
        let cause = CrashCause(crash) { symbols.trapReason(at: $0) }
        let crashedStack = crash.crashedStack
        // An error that nobody caught is told of where it was thrown; how it then ended the program says nothing.
        let thrown = cause.isUncaughtError ? crash.throwStack : nil
        var exception = Flycatcher.ExceptionValue(
            type: cause.type, value: cause.value, mechanism: cause.mechanism)
        exception.stackTrace = (thrown ?? crashedStack).map { trace(of: $0, isExact: thrown == nil) }
        exception.stackTrace?.registers = RegisterNames.named(crash.registers)
        exception.threadID = crash.signal.thread
        event.timestamp = crash.signal.moment
        event.exceptions = [exception]
        event.images = crash.images(program: record.facts.program)
        event.threads = threads(crash, thrown == nil ? nil : crashedStack)
    }

    /// All threads; the stack of the crashed one is that of the exception, unless another is given.
    private func threads(
        _ crash: CrashRecord, _ crashedStack: CrashRecord.Stack?
    ) -> [Flycatcher.ThreadState] {
        let own = Flycatcher.ThreadState(
            id: crash.signal.thread, name: crash.stack?.name, isCurrent: true, isCrashed: true,
            isMain: crash.signal.thread == Int(record.header.raw.pid),
            stackTrace: crashedStack.map { trace(of: $0, isExact: true) })
        let others = crash.threads.map { stack in
            Flycatcher.ThreadState(
                id: stack.thread, name: stack.name, isMain: stack.thread == Int(record.header.raw.pid),
                stackTrace: stack.addresses.isEmpty ? nil : trace(of: stack, isExact: true))
        }
        return ([own] + others).sorted { $0.id < $1.id }
    }

    /// Names the calls of a stack, the oldest first; its newest address may be that of an instruction itself instead
    /// of what a call returns to.
    private func trace(of stack: CrashRecord.Stack, isExact: Bool) -> Flycatcher.StackTrace {
        let places = stack.addresses.enumerated().map { index, address in
            let kind: CodePlace.Kind =
                index >= stack.asyncStart
                ? .continuation : index == 0 && isExact ? .instruction : .returnAddress
            return CodePlace(address: address, kind: kind)
        }
        let named = symbols.calls(at: Array(Set(places)))
        var frames: [Flycatcher.Frame] = []
        var hasContinuation = false
        for place in places {
            var calls = named[place] ?? [Flycatcher.Frame(at: place)]
            if place.isContinuation, !hasContinuation, !calls.isEmpty {
                calls[0].isStackStart = true
                hasContinuation = true
            }
            frames += calls
        }
        frames.reverse()
        for index in frames.indices { frames[index].isInApp = rule.isInApp(frames[index]) }
        frames = frames.keepingEnds(Swift.max(frameLimit, Self.frames))
        SourceContext.add(contextLines, to: &frames)
        return Flycatcher.StackTrace(frames: frames)
    }

    /// A crash may show more calls than other events, since deep recursion is told by both ends.
    private static let frames = WireLimits.frames

    // MARK: An end without a word

    private func tellEnd(in event: inout Flycatcher.Event) {
        let isSameStart = record.header.raw.boot_id == ProcessIdentity.currentBootID
        let value =
            isSameStart
            ? "The process was gone without having ended: killed, for want of memory perhaps"
            : "The machine stopped while the process ran"
        var mechanism = Flycatcher.Mechanism(type: "abnormal_exit", isHandled: false)
        mechanism.isSynthetic = true
        event.timestamp = Swift.max(
            record.header.startedAt, Timestamp(microseconds: Int64(clamping: record.header.raw.last_sign)))
        event.exceptions = [
            Flycatcher.ExceptionValue(type: "Abnormal exit", value: value, mechanism: mechanism)
        ]
    }
}

extension CrashRecord {
    /// What was in memory; the program itself goes without a path there.
    func images(program: String) -> [Flycatcher.DebugImage] {
        images.map { image in
            guard image.codeFile.isEmpty else { return image }
            var image = image
            image.codeFile = program
            return image
        }
    }
}

/// What a crash is called, and why it happened.
struct CrashCause {
    let type: String
    let value: String
    let mechanism: Flycatcher.Mechanism
    let isUncaughtError: Bool

    /// Takes the most telling of what is known; `trapReason` says why code gave up at an address.
    init(_ crash: CrashRecord, trapReason: (UInt64) -> String?) {
        let signal = SignalName(number: crash.signal.number, code: crash.signal.code)
        var mechanism = Flycatcher.Mechanism(
            type: "signalhandler", isHandled: false, meta: ["signal": .object(signal.meta)])
        if signal.hasAddress {
            mechanism.data["relevant_address"] = .string("0x\(String(crash.signal.address, radix: 16))")
        }
        if crash.faultCount > 0 { mechanism.data["record_faults"] = .integer(crash.faultCount) }
        let fatal = crash.fatalText.map { FatalText($0) }
        mechanism.data["source"] = (fatal?.place).map { .string($0) }
        isUncaughtError = fatal?.isUncaughtError ?? false
        if let fatal {
            (type, value) = (fatal.kind, fatal.text.isEmpty ? signal.description : fatal.text)
        } else if let text = crash.abortText, signal.number == 6 {
            (type, value) = (signal.name, FatalText(text).text)
        } else if let reason = crash.crashedStack?.addresses.first.flatMap(trapReason), !signal.isSent {
            (type, value) = ("Fatal error", reason)
        } else {
            type = signal.name
            value =
                signal.hasAddress && [7, 11].contains(signal.number)
                ? "\(signal.description) at 0x\(String(crash.signal.address, radix: 16))" : signal.description
            mechanism.isSynthetic = true
        }
        self.mechanism = mechanism
    }
}

extension SignalName {
    fileprivate var meta: [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = [
            "number": .integer(number), "name": .string(name), "code": .integer(code),
        ]
        fields["code_name"] = codeName.map { .string($0) }
        return fields
    }
}

/// The names of the general registers, in the order in which the system lists them.
enum RegisterNames {
    static func named(_ values: [UInt64]) -> [String: UInt64] {
        Dictionary(zip(all, values)) { first, _ in first }
    }

    #if arch(x86_64)
        private static let all = [
            "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rdi", "rsi", "rbp", "rbx", "rdx", "rax",
            "rcx", "rsp", "rip", "rflags",
        ]
    #else
        private static let all = (0..<29).map { "x\($0)" } + ["fp", "lr", "sp", "pc", "pstate"]
    #endif
}
