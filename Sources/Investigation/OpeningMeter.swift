internal import Foundation
internal import Synchronization

/// Adds up how much of some files is open, while those that are compressed are inflated side by side.
final class OpeningMeter: Sendable {
    private let sizes: [Int]
    private let total: Int
    /// By file, in bytes as they lie on disk.
    private let done: Mutex<[Int]>
    private let report: @Sendable (_ done: Int, _ total: Int) -> Void

    /// - Parameter report: Told the bytes of all files that are done, and their number, from any thread.
    init(_ paths: [String], report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) {
        sizes = paths.map(Self.size)
        total = sizes.reduce(0, +)
        done = Mutex([Int](repeating: 0, count: paths.count))
        self.report = report
    }

    /// Notes how many bytes of a file are done, and tells of it.
    func advance(_ file: Int, to bytes: Int) { report(note(bytes, of: file), total) }

    /// Notes that a file is open; nothing is told of files that were at once.
    func finish(_ file: Int) { _ = note(sizes[file], of: file) }

    /// The bytes of all files that are done now.
    private func note(_ bytes: Int, of file: Int) -> Int {
        done.withLock { done in
            // A file may have grown since its size was asked for.
            done[file] = min(bytes, sizes[file])
            return done.reduce(0, +)
        }
    }

    /// In bytes; 0 for what is not there, of which opening says more.
    private static func size(of path: String) -> Int {
        let file = URL(filePath: path).resolvingSymlinksInPath().path
        return (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
    }
}
