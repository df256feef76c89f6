internal import Diagnostics
internal import Foundation
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Another program, run once: without a shell, without input, within a time and a size.
struct ChildProcess: Sendable {
    /// The program's full path.
    let executable: String
    /// Handed over as they are.
    let arguments: [String]
    let limit: Duration

    /// What became of it.
    enum Outcome: Sendable, Equatable {
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
                Thread.detachNewThread { continuation.resume(returning: ChildProcessRun(self, isCancelled).perform()) }
            }
        } onCancel: {
            isCancelled.set()
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

/// The thread's part: starts the program, reads what it says, and watches the time.
private final class ChildProcessRun {
    private let child: ChildProcess
    private let isCancelled: CancelFlag
    private let process = Process()
    private let output = Pipe(), errors = Pipe()
    private var said: [[UInt8]] = [[], []]
    private var isOpen = [true, true]

    /// How often time and cancellation are looked at, in milliseconds.
    private static let glance: Int32 = 50

    init(_ child: ChildProcess, _ isCancelled: CancelFlag) {
        (self.child, self.isCancelled) = (child, isCancelled)
    }

    func perform() -> ChildProcess.Outcome {
        process.executableURL = URL(filePath: child.executable)
        process.arguments = child.arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        if isCancelled.isSet { return .cancelled }
        do { try process.run() } catch { return .notStarted(error.localizedDescription) }
        let outcome = attend()
        if process.isRunning { end() }
        return outcome
    }

    private func attend() -> ChildProcess.Outcome {
        let deadline = ContinuousClock.now + child.limit
        while true {
            if isCancelled.isSet { return .cancelled }
            if ContinuousClock.now >= deadline { return .tooSlow }
            let wasRunning = process.isRunning
            let heard = listen()
            if said.contains(where: { $0.count > ChildProcess.outputLimit }) { return .tooMuch }
            // What it started may hold the pipes open; its own end is what counts.
            if !wasRunning, !heard {
                return .ended(status: process.terminationStatus, output: said[0], errors: said[1])
            }
        }
    }

    /// Waits a moment for more to read; false when there was nothing.
    private func listen() -> Bool {
        let files = [output, errors].map { $0.fileHandleForReading.fileDescriptor }
        var polled = files.indices.map { pollfd(fd: isOpen[$0] ? files[$0] : -1, events: Int16(POLLIN), revents: 0) }
        guard poll(&polled, nfds_t(polled.count), Self.glance) > 0 else { return false }
        var heard = false
        for index in polled.indices where isOpen[index] && polled[index].revents != 0 {
            var piece = [UInt8](repeating: 0, count: 16 << 10)
            let count = read(files[index], &piece, piece.count)
            if count > 0 {
                said[index] += piece[..<count]
                heard = true
            } else if count == 0 || errno != EINTR {
                isOpen[index] = false
            }
        }
        return heard
    }

    /// Ends the program and all that it started, which shares its process group.
    private func end() {
        let id = process.processIdentifier
        guard id > 1 else { return }
        kill(getpgid(id) == id ? -id : id, SIGKILL)
    }
}
