internal import Synchronization

/// How far the reading of inputs is.
public struct IngestProgress: Hashable, Sendable {
    /// Bytes read so far, of decompressed inputs.
    public var bytes: Int
    /// Bytes in all.
    public var totalBytes: Int
    /// Events read so far, before duplicates and others outside the window are left out.
    public var events: Int
}

/// Adds up what several readers have done.
final class IngestMeter: Sendable {
    private let progress: Mutex<IngestProgress>
    private let report: EventReader.Progress

    init(total: Int, report: @escaping EventReader.Progress) {
        progress = Mutex(IngestProgress(bytes: 0, totalBytes: total, events: 0))
        self.report = report
    }

    func add(_ bytes: Int, events: Int) {
        let now = progress.withLock { progress in
            progress.bytes += bytes
            progress.events += events
            return progress
        }
        report(now)
    }
}
