import CCurl
import Diagnostics
import Synchronization

/// One exchange with a server, as its three parties see it: the caller that waits for the head, the reader
/// of the body, and the thread that moves the bytes.
final class Transfer: Sendable {
    let request: HTTPRequest
    let server: Endpoint
    let multi: MultiHandle
    private let body: AsyncThrowingStream<[UInt8], any Error>.Continuation
    private let state: Mutex<State>

    private struct State {
        /// The caller of `open`, until it has the head or an error.
        var caller: CheckedContinuation<HTTPStream, any Error>?
        /// The body until it is handed over: to keep it longer would hide that the reader let go of it.
        var pieces: AsyncThrowingStream<[UInt8], any Error>?
        var isCancelled = false
        /// When the body may end by itself.
        var graceEnds: ContinuousClock.Instant?
    }

    init(_ request: HTTPRequest, _ server: Endpoint) throws(Diagnostic) {
        guard let multi = MultiHandle() else {
            throw request.unavailable("libcurl has no memory for another transfer", remedy: "Close other programs")
        }
        self.request = request
        self.server = server
        self.multi = multi
        let (pieces, body) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        self.body = body
        state = Mutex(State(pieces: pieces))
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }
    var graceEnds: ContinuousClock.Instant? { state.withLock { $0.graceEnds } }

    /// Starts the thread; `caller` is resumed exactly once.
    func start(_ caller: CheckedContinuation<HTTPStream, any Error>) {
        let isCancelled = state.withLock { state in
            state.caller = caller
            return state.isCancelled
        }
        if isCancelled { return finish(.interrupted) }
        body.onTermination = { [weak self] _ in self?.cancel() }
        let context = Unmanaged.passRetained(self).toOpaque()
        let status = ccurl_start_thread(
            { context in
                if let context { TransferRun.perform(Unmanaged<Transfer>.fromOpaque(context).takeRetainedValue()) }
                return nil
            }, context)
        if status != 0 {
            Unmanaged<Transfer>.fromOpaque(context).release()
            finish(request.unavailable("the system has no thread for another transfer", remedy: "Close other programs"))
        }
    }

    /// Ends the transfer at once, from any thread.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        multi.wakeUp()
    }

    /// Gives the caller its head.
    func deliver(_ head: HTTPResponseHead) {
        guard let (caller, pieces) = takeCaller(), let pieces else { return }
        let stream = HTTPStream(head: head, body: pieces) { grace in
            self.state.withLock { $0.graceEnds = .now + grace }
            self.multi.wakeUp()
        }
        caller.resume(returning: stream)
    }

    /// Gives the reader a piece.
    func deliver(_ piece: [UInt8]) { body.yield(piece) }

    /// Ends the body, or the wait for it; later calls have no effect.
    func finish(_ failure: Diagnostic?) {
        body.finish(throwing: failure)
        guard let (caller, _) = takeCaller() else { return }
        caller.resume(throwing: failure ?? request.unavailable("\(server) ended without an answer"))
    }

    private func takeCaller() -> (
        CheckedContinuation<HTTPStream, any Error>, AsyncThrowingStream<[UInt8], any Error>?
    )? {
        state.withLock { state in
            defer { (state.caller, state.pieces) = (nil, nil) }
            return state.caller.map { ($0, state.pieces) }
        }
    }
}

/// libcurl's handle for driving transfers.
///
/// Unchecked, for the pointer: the transfer's thread alone drives it, and the only function that other threads
/// call, `curl_multi_wakeup`, is documented as safe from any thread while the handle lives, as `self` does.
final class MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    private static let isReady = ccurl_global_init() == CURLE_OK

    init?() {
        guard Self.isReady, let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
    }

    deinit { curl_multi_cleanup(pointer) }

    func wakeUp() { curl_multi_wakeup(pointer) }
}
