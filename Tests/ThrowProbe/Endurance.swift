// What many throws do to a process, and what a process may do to the recording of throws.

import CFlycatcher
import Flycatcher
import Foundation

extension ThrowProbe {
    /// Throws a million errors, all of them recorded, and prints by how many kilobytes that made the process grow.
    static func throwAMillion() async {
        var rules = flycatcher_throw_rules(passed_over: nil, passed_over_count: 0, burst: .max)
        flycatcher_record_throws(&rules)
        throwing(20_000)
        let before = residentKilobytes
        throwing(1_000_000)
        print(residentKilobytes - before)
    }

    private static func throwing(_ count: Int) {
        for number in 1...count {
            do { _ = try outer(number) } catch {}
            do throws(Choice) { _ = try typedMiddle(number) } catch {}
        }
    }

    /// Two threads throw, one captures, one looks for the newest throw: for Thread Sanitizer to watch.
    static func throwAtOnce() async {
        var rules = flycatcher_throw_rules(passed_over: nil, passed_over_count: 0, burst: .max)
        flycatcher_record_throws(&rules)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { throwing(50_000) } }
            group.addTask {
                for number in 1...2000 {
                    do { _ = try outer(number) } catch { Flycatcher.capture(error: error) }
                }
            }
            group.addTask {
                var addresses = [UInt64](repeating: 0, count: Int(flycatcher_throw_capacity))
                var (asyncStart, age) = (0, UInt64(0))
                for _ in 0..<200 {
                    flycatcher_newest_throw(-1, &addresses, addresses.count, &asyncStart, &age)
                }
            }
        }
        print("done")
    }

    private static var residentKilobytes: Int {
        // Only Linux tells it in a file; elsewhere the bound is not looked at.
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4 } ?? 0
    }

    static func beSilenced() async {}

    static func splitInTwo() async {}
}
