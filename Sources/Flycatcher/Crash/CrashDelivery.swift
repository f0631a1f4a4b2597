// Sends the record of a crash while the crashed process waits: the door by which C calls Swift.

import CFlycatcher
import FlycatcherWire
import Foundation

/// Sends a record that is an open file, before `main`, in a process that was started for it alone by `deliver.c`.
///
/// It puts up no handlers and starts no client: what is done here is done on this thread.
@_cdecl("flycatcher_deliver")
func deliverCrash(_ file: Int32) {
    CrashDelivery(file: file).run()
}

/// The delivery of one record, given as an open file.
struct CrashDelivery {
    let file: Int32

    func run() {
        // Should this process crash too, the next start counts it as a try.
        let bytes = EarlierRun.read(file, flycatcher_run_size)
        guard let header = RunHeader(bytes), !header.isDelivered else { return }
        write(header.raw.attempts + 1, at: MemoryLayout<flycatcher_run>.offset(of: \.attempts))
        guard let record = RunRecord(bytes),
            let settings = Settings(Flycatcher.Options(record.facts), Variables([:]))
        else { return }
        let discards = Discards(settings.diagnostics)
        let pipeline = EventPipeline(settings, discards, Sessions(settings))
        let delivery = Delivery(settings, discards)
        let parcel = pipeline.parcel(from: Capture(endOf: record, settings))
        let isDone = parcel.map(delivery.attempt) ?? true
        write(isDone ? 1 : 0, at: MemoryLayout<flycatcher_run>.offset(of: \.is_delivered))
        write(header.raw.attempts, at: MemoryLayout<flycatcher_run>.offset(of: \.attempts))
    }

    private func write(_ word: UInt64, at offset: Int?) {
        guard let offset else { return }
        _ = withUnsafeBytes(of: word) { pwrite(file, $0.baseAddress, $0.count, off_t(offset)) }
    }
}
