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

    /// Another library takes the hook for itself, and again, and then one that passes calls on: prints after each whether
    /// a throw is found, at the first and at the second try.
    static func beSilenced() async {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "_swift_willThrow") else { exit(65) }
        let hook = symbol.assumingMemoryBound(to: ThrowHook?.self)
        print("before", await isFound(1), await isFound(2))
        let ours = hook.pointee
        hook.pointee = { _ in }
        print("taken", await isFound(3), await isFound(4), address(hook.pointee) == address(ours))
        hook.pointee = { _ in }
        print("taken again", await isFound(5), await isFound(6))
        passingOn = ours
        hook.pointee = { passingOn?($0) }
        let theirs = hook.pointee
        print("passed on", await isFound(7), await isFound(8), address(hook.pointee) == address(theirs))
    }

    /// Whether a report of an error that is thrown here shows that; every number makes another error.
    private static func isFound(_ number: Int) async -> Bool {
        let event = await reported {
            do { _ = try outer(number) } catch { Flycatcher.capture(error: error) }
        }
        return event?.exceptions.last?.stackTrace?.isSnapshot == false
    }

    /// Throws in the child of a fork while another thread of the parent does nothing but throw; then starts anew there.
    static func splitInTwo() async {
        Thread.detachNewThread { while true { throwing(1000) } }
        for _ in 0..<20 {
            let child = forkProcess()
            if child == 0 {
                throwing(1000)
                let id = Flycatcher.capture()
                Flycatcher.start { $0.transport = Nowhere() }
                throwing(1000)
                exit("\(id)".allSatisfy { $0 == "0" } ? 0 : 1)
            }
            var status: Int32 = 0
            waitpid(child, &status, 0)
            guard status == 0 else { exit(66) }
        }
        print("done")
        exit(0)
    }

    /// Swift hides `fork`, rightly; here it is what is tested.
    private static func forkProcess() -> pid_t {
        typealias Fork = @convention(c) () -> pid_t
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "fork") else { return -1 }
        return unsafeBitCast(symbol, to: Fork.self)()
    }
}

typealias ThrowHook = @convention(c) (UnsafeMutableRawPointer?) -> Void

/// Who is called by the one that passes calls on.
///
/// Unsafe: written before anyone throws again.
nonisolated(unsafe) private var passingOn: ThrowHook?

private func address(_ hook: ThrowHook?) -> UInt { unsafeBitCast(hook, to: UInt.self) }
