internal import Foundation
internal import Synchronization

/// Another program, run once: without a shell, without input, within a time and a size.
struct ChildProcess: Sendable {
    /// The program's full path.
    let executable: String
    /// Handed over as they are.
    let arguments: [String]
    let limit: Duration

    /// What became of it.
    enum Outcome: Sendable, Equatable {
        /// By itself; the status is 128 and more when a signal ended it, as shells count.
        case ended(status: Int32, output: [UInt8], errors: [UInt8])
        /// It was ended with all that it started: too slow, or too talkative.
        case tooSlow, tooMuch
        case notStarted(String)
        case cancelled
    }

    /// In bytes, for each of output and errors.
    static let outputLimit = 256 << 10

    /// Runs the program on a thread of its own; a cancelled task ends the program.
    func run() async -> Outcome {
        let isCancelled = CancelFlag()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: perform(isCancelled)) }
            }
        } onCancel: {
            isCancelled.set()
        }
    }

    private func perform(_ isCancelled: CancelFlag) -> Outcome {
        if isCancelled.isSet { return .cancelled }
        do throws(ChildProcessRun.Fault) {
            var run = try ChildProcessRun.start(self)
            return run.attend(until: .now + limit, isCancelled)
        } catch {
            return .notStarted(error.reason)
        }
    }

    /// The full path of a program that stands in one of the folders of `PATH`; relative folders are passed over, so
    /// that no program of the working directory is run by its name.
    static func find(_ name: String, path: String?) -> String? {
        (path ?? "").split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// Set once, from any thread.
final class CancelFlag: Sendable {
    private let flag = Mutex(false)

    var isSet: Bool { flag.withLock { $0 } }
    func set() { flag.withLock { $0 = true } }
}
