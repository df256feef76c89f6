import Dispatch
import Synchronization

/// Does asynchronous work and waits for it on this thread, so that the line editor can keep to one thread.
///
/// Ctrl-C meanwhile cancels the work and does not end the program. Never call it from a task.
///
/// - Parameters:
///   - desk: Where the work asks questions.
///   - answer: Answers one, on this thread.
func awaitInterruptibly<Value: Sendable>(
    asking desk: QuestionDesk? = nil, answer: (QuestionDesk.Question) -> Bool = { _ in false },
    _ body: @escaping @Sendable () async -> Value
) -> Value {
    let place = ResultPlace<Value>()
    let done = desk?.bell ?? DispatchSemaphore(value: 0)
    let task = Task {
        let value = await body()
        place.value.withLock { $0 = value }
        done.signal()
    }
    let watch = InterruptSignal.watch { task.cancel() }
    defer {
        watch.cancel()
        _ = InterruptSignal.take()
    }
    while true {
        done.wait()
        if let value = place.value.withLock({ $0 }) { return value }
        if let desk, let question = desk.question { desk.answer(answer(question)) }
    }
}

/// Where a task leaves its result for the thread that waits.
private final class ResultPlace<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
