internal import Dispatch
internal import Foundation
internal import KQL
internal import Synchronization

/// One run of a query on a thread of its own, which is let go of when it is cancelled or its time is over.
///
/// The engine looks for both on its way; where it is busy with something else the caller does not wait for it.
struct QueryRun {
    let engine: QueryEngine
    let limits: QueryLimits
    var seed: UInt64?

    /// How much longer than its limit the engine may take to notice that time is over.
    private static let grace = Duration.milliseconds(500)

    /// How a run ended.
    enum Ending: Sendable {
        case result(QueryResult)
        case fault(KQLFault)
        case cancelled
    }

    /// Runs a query to its end, or until the task is cancelled.
    func run(_ text: String) async -> Ending {
        let end = EndingPlace()
        let work = Task.detached(executorPreference: QueryThreads.shared) {
            do throws(KQLFault) {
                end.set(.result(try engine.run(text, limits: limits, seed: seed)))
            } catch {
                end.set(Task.isCancelled ? .cancelled : .fault(error))
            }
        }
        let timer = limits.time.map { time in
            let item = DispatchWorkItem { end.set(.fault(.timeIsOver)) }
            DispatchQueue.global().asyncAfter(deadline: .now() + (time + Self.grace) / .seconds(1), execute: item)
            return item
        }
        defer {
            timer?.cancel()
            work.cancel()
        }
        return await withTaskCancellationHandler {
            await end.value
        } onCancel: {
            work.cancel()
            end.set(.cancelled)
        }
    }
}

/// Where the first of several ends is kept for the one that waits.
private final class EndingPlace: Sendable {
    private struct State {
        var ending: QueryRun.Ending?
        var waiting: CheckedContinuation<QueryRun.Ending, Never>?
    }

    private let state = Mutex(State())

    func set(_ ending: QueryRun.Ending) {
        let waiting = state.withLock { state -> CheckedContinuation<QueryRun.Ending, Never>? in
            guard state.ending == nil else { return nil }
            state.ending = ending
            return state.waiting.take()
        }
        waiting?.resume(returning: ending)
    }

    var value: QueryRun.Ending {
        get async {
            await withCheckedContinuation { continuation in
                let ending = state.withLock { state -> QueryRun.Ending? in
                    if state.ending == nil { state.waiting = continuation }
                    return state.ending
                }
                if let ending { continuation.resume(returning: ending) }
            }
        }
    }
}

/// A thread for each job: a query that is let go of does not hold up the program's own tasks, and one that is nested
/// deeply has room on the stack.
private final class QueryThreads: TaskExecutor {
    static let shared = QueryThreads()
    private static let stackBytes = 64 << 20

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let thread = Thread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        thread.stackSize = Self.stackBytes
        thread.start()
    }
}
