// The steps that may drop an event: by a list, by the app's hooks, by chance.

extension EventPipeline {
    /// Drops errors that the options name.
    func ignore(_ draft: inout EventDraft) throws(EventDrop) {
        let patterns = settings.options.ignoreErrors
        let isIgnored =
            switch draft.capture.content {
            case .error(let error, _): patterns.match(error)
            case .line(let line): line.error.map(patterns.match) ?? false
            case .event(let event): event.exceptions.last.map(patterns.match) ?? false
            case .end(let end): end.event.exceptions.last.map(patterns.match) ?? false
            case .message, .feedback: false
            }
        if isIgnored { throw .ignored }
    }

    /// Asks the processors of the current, the isolation and the global scope, then those of the options.
    func askProcessors(_ draft: inout EventDraft) throws(EventDrop) {
        let processors = draft.capture.scopes.flatMap(\.processors) + settings.options.eventProcessors
        for processor in processors {
            try ask("an event processor", processor, about: &draft, else: .refusedByProcessor)
        }
    }

    /// Keeps the names of users out of the paths that the SDK has collected.
    func hideHomeFolders(_ draft: inout EventDraft) {
        let isCollected = draft.capture.content.wantsStack || draft.capture.isOfEarlierRun
        guard !settings.dataCollection.userInfo, isCollected else { return }
        draft.event.hideHomeFolders()
    }

    func askBeforeSend(_ draft: inout EventDraft) throws(EventDrop) {
        guard let beforeSend = settings.options.beforeSend else { return }
        try ask("beforeSend", beforeSend, about: &draft, else: .refusedByBeforeSend)
    }

    func askBeforeSendFeedback(_ draft: inout EventDraft) throws(EventDrop) {
        guard let beforeSendFeedback = settings.options.beforeSendFeedback else { return }
        try ask("beforeSendFeedback", beforeSendFeedback, about: &draft, else: .refusedByBeforeSend)
    }

    private func ask(
        _ name: String, _ processor: Flycatcher.EventProcessor, about draft: inout EventDraft,
        else drop: EventDrop
    ) throws(EventDrop) {
        let (event, hint) = (draft.event, draft.hint)
        guard let answer = Hook.ask(name, settings.diagnostics, { try processor(event, hint) }) else {
            throw drop
        }
        draft.event = answer
        // What `capture` returned is what people look for.
        draft.event.id = draft.capture.id
    }

    /// Lets chance decide, by the rate that the sampler has for the event, else by that for all.
    func sample(_ draft: EventDraft) throws(EventDrop) {
        let own = settings.options.errorSampler.flatMap { sampler in
            Hook.rate("errorSampler", settings.diagnostics) { try sampler(draft.event, draft.hint) }
        }
        let rate = own ?? Flycatcher.SampleRate(settings.sampleRate)
        guard rate.decides() else { throw .sampledOut }
    }
}
