#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A program under way, as its thread sees it: reads what it says, and watches the time.
///
/// Foundation's `Process` would not do: on Linux it takes a program for running as long as anything that it left
/// behind runs.
struct ChildProcessRun: ~Copyable {
    private let id: pid_t
    private let files: [Int32]
    private var said: [[UInt8]] = [[], []]
    private var isOpen = [true, true]
    /// Once it has ended and was collected.
    private var status: Int32?

    /// How often time and cancellation are looked at, in milliseconds.
    private static let glance: Int32 = 50

    /// Why a program could not be started.
    struct Fault: Error {
        let reason: String

        init(_ code: Int32) { reason = String(cString: strerror(code)) }
    }

    private init(id: pid_t, files: [Int32]) {
        self.id = id
        self.files = files
    }

    /// Starts the program as the leader of a process group, with nothing to read.
    static func start(_ child: ChildProcess) throws(Fault) -> ChildProcessRun {
        let output = try openPipe()
        let errors: (reading: Int32, writing: Int32)
        do { errors = try openPipe() } catch {
            for end in [output.reading, output.writing] { close(end) }
            throw error
        }
        let outcome = ChildProcessSpawn.start(
            child.executable, child.arguments, output: output.writing, errors: errors.writing)
        for end in [output.writing, errors.writing] { close(end) }
        switch outcome {
        case .success(let id): return ChildProcessRun(id: id, files: [output.reading, errors.reading])
        case .failure(let fault):
            for end in [output.reading, errors.reading] { close(end) }
            throw fault
        }
    }

    private static func openPipe() throws(Fault) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Fault(errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Ends the program and all of its group that is left of a failure, and closes the pipes.
    deinit {
        if id > 1, status == nil {
            kill(-id, SIGKILL)
            var ended: Int32 = 0
            while waitpid(id, &ended, 0) < 0, errno == EINTR {}
        }
        for file in files { close(file) }
    }

    /// Stays until the program has ended or must be ended.
    mutating func attend(
        until deadline: ContinuousClock.Instant, _ isCancelled: CancelFlag
    ) -> ChildProcess.Outcome {
        while true {
            if isCancelled.isSet { return .cancelled }
            if ContinuousClock.now >= deadline { return .tooSlow }
            collect()
            let heard = listen()
            if said.contains(where: { $0.count > ChildProcess.outputLimit }) { return .tooMuch }
            // What it started may hold the pipes open; its own end is what counts.
            if let status, !heard { return .ended(status: status, output: said[0], errors: said[1]) }
        }
    }

    private mutating func collect() {
        var ended: Int32 = 0
        guard status == nil, waitpid(id, &ended, WNOHANG) == id else { return }
        let signal = ended & 0x7F
        status = signal == 0 ? (ended >> 8) & 0xFF : 128 + signal
    }

    /// Waits a moment for more to read; false when there was nothing.
    private mutating func listen() -> Bool {
        var polled = files.indices.map { pollfd(fd: isOpen[$0] ? files[$0] : -1, events: Int16(POLLIN), revents: 0) }
        guard poll(&polled, nfds_t(polled.count), status == nil ? Self.glance : 0) > 0 else { return false }
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
}
