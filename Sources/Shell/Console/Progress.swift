import Events
import Foundation
import Synchronization

/// Progress of long work, on standard error of a terminal: one line that is rewritten, and wiped at the end.
final class ProgressLine: Sendable {
    private struct State {
        var shown = false
        /// Whether the line was wiped for good.
        var isOver = false
        var last = ContinuousClock.now
        /// When the inputs were last seen being opened, which is before they are read.
        var opening: ContinuousClock.Instant?
        /// Shows how long something has been waited for.
        var waiting: Task<Void, Never>?
    }

    private let isOn: Bool
    private let state = Mutex(State())
    private let began = ContinuousClock.now
    /// Work shorter than this shows nothing.
    private static let patience = Duration.milliseconds(400)
    private static let interval = Duration.milliseconds(100)

    init(isOn: Bool) { self.isOn = isOn }

    /// Shows a line at once: a long wait follows.
    func showNow(_ text: String) {
        guard isOn else { return }
        state.withLock { state in
            state.shown = true
            state.last = .now
        }
        StandardStreams.notice("\r\u{1B}[K" + text)
    }

    /// Shows a line when the work has lasted a while and the last line is old enough.
    func show(_ text: @autoclosure () -> String) {
        guard isOn else { return }
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            guard !state.isOver, now - began > Self.patience else { return false }
            guard !state.shown || now - state.last > Self.interval else { return false }
            state.shown = true
            state.last = now
            return true
        }
        if isDue { StandardStreams.notice("\r\u{1B}[K" + text()) }
    }

    /// Bytes of the inputs that are open, and how long the rest will last.
    func showOpening(_ done: Int, of total: Int) {
        let now = ContinuousClock.now
        state.withLock { $0.opening = now }
        let amount = Amount(done, of: total, seconds: (now - began) / .seconds(1))
        show("  \(amount.bar) decompressed  \(amount.secondsLeft) s left  (Ctrl-C reads nothing)")
    }

    /// Bytes and events read, how fast, and how long it will last.
    func show(_ ingest: IngestProgress) {
        let start = state.withLock { $0.opening } ?? began
        let seconds = max(0.001, (ContinuousClock.now - start) / .seconds(1))
        let amount = Amount(ingest.bytes, of: ingest.totalBytes, seconds: seconds)
        let rate = Int(Double(ingest.events) / seconds)
        show("  \(amount.bar)  \(rate) events/s  \(amount.secondsLeft) s left  (Ctrl-C keeps what is read)")
    }

    /// How much of some bytes is done.
    private struct Amount {
        /// A bar, and both numbers.
        let bar: String
        /// As long as it goes on as it went.
        let secondsLeft: Int

        init(_ done: Int, of total: Int, seconds: Double) {
            let fraction = Double(done) / Double(max(1, total))
            bar = "\(progressBar(fraction: fraction)) \(scaled(done, "B")) of \(scaled(total, "B"))"
            secondsLeft = fraction > 0 ? Int((seconds / fraction - seconds).rounded(.up)) : 0
        }
    }

    /// Things done, one by one.
    func showCount(_ done: Int, of total: Int, _ what: String) {
        show("  \(progressBar(fraction: Double(done) / Double(max(1, total)))) \(done)/\(total) \(what)  (Ctrl-C keeps what is done)")
    }

    /// Shows how long something has lasted, for as long as the task that is given back lives.
    func showTime(_ what: String) -> Task<Void, Never> {
        Task {
            while (try? await Task.sleep(for: Self.interval)) != nil {
                show("  \(what) … \((ContinuousClock.now - began).brief)  (Ctrl-C ends it)")
            }
        }
    }

    /// Shows how long something has been waited for, until it is called again; `nil` wipes the line.
    func showWait(_ what: String?) {
        let wasShown = state.withLock { state in
            state.waiting?.cancel()
            defer { state.shown = false }
            let start = ContinuousClock.now
            state.waiting = what.map { what in
                Task {
                    while (try? await Task.sleep(for: Self.interval)) != nil {
                        show("  \(what) … \((ContinuousClock.now - start).brief)  (Ctrl-C ends it)")
                    }
                }
            }
            return state.shown
        }
        if wasShown { StandardStreams.notice("\r\u{1B}[K") }
    }

    /// Wipes the line; nothing is shown from here on.
    func finish() {
        if state.withLock({ state in
            state.waiting?.cancel()
            defer { (state.shown, state.isOver) = (false, true) }
            return state.shown
        }) { StandardStreams.notice("\r\u{1B}[K") }
    }
}
