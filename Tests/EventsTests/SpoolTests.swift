import Diagnostics
@testable import Events
import Foundation
import Testing

@Suite("How far a compressed input may grow, and where it lies")
struct SpoolTests {
    private let folder: InputFolder
    private var limits = SpoolLimits()

    init() throws {
        folder = try InputFolder()
        limits.folders = [folder.path]
    }

    /// Opens bytes as a file called `x.gz`.
    private func open(_ bytes: [UInt8], progress: @escaping SpoolSource.Progress = { _, _ in }) throws -> RawBytes {
        try RawBytes.open(path: folder.write(bytes), name: "x.gz", limits: limits, progress: progress)
    }

    @Test("What grows beyond a limit is refused", arguments: [1_000_000, 1_000_001])
    mutating func size(count: Int) throws {
        let zeros = gzip([UInt8](repeating: 0, count: count))
        limits.size = 1_000_000
        guard count > limits.size else {
            #expect(try open(zeros).count == count)
            return
        }
        #expect(throws: Diagnostic(
            "`x.gz` holds more than 1000000 bytes when it is decompressed",
            remedy: "Decompress it yourself, and name the parts that matter")
        ) { try open(zeros) }
    }

    @Test("What grows as no log does is refused, also when it is packed twice", arguments: [false, true])
    mutating func bomb(isNested: Bool) throws {
        let zeros = gzip([UInt8](repeating: 0, count: 4_000_000)), file = isNested ? gzip(zeros) : zeros
        (limits.ratio, limits.ratioFloor) = (500, 4_000_000)
        #expect(try open(file).count == 4_000_000)
        limits.ratioFloor -= 1
        #expect(throws: Diagnostic(
            "`x.gz` grows more than a log ever does when it is decompressed: it looks made to fill the disk",
            remedy: "If you trust it, decompress it yourself (`gzip -dc FILE`), and name the result")
        ) { try open(file) }
        limits.ratio = 4_000_000 / file.count + 1
        #expect(try open(file).count == 4_000_000)
    }

    @Test("Gzip three times over is refused")
    func nesting() throws {
        #expect(throws: Diagnostic(
            "`x.gz` is gzip within gzip within gzip, which is not read",
            remedy: "Decompress it yourself (`gzip -dc FILE`), and name the result")
        ) { try open(gzip(gzip(gzip("a")))) }
    }

    @Test("Where no temporary file can be made, each place is told")
    mutating func noFolder() throws {
        let file = try folder.write([], to: "file")
        limits.folders = [folder.path + "/none", file]
        #expect(throws: Diagnostic(
            "there is no place for the contents of `x.gz` (`\(folder.path)/none`: No such file or directory; "
                + "`\(file)`: Not a directory)",
            remedy: "Set TMPDIR to a folder that can be written")
        ) { try open(gzip("a")) }
        limits.folders.append(folder.path)
        #expect(try open(gzip("a")).text == "a")
    }

    @Test("Cancelling ends it")
    func cancellation() async {
        let task = Task {
            try open(gzip("a")) { _, _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
        await #expect(throws: Diagnostic.interrupted) { _ = try await task.value }
    }

    @Test("Progress counts the bytes of the file, to its end")
    func progress() async throws {
        var state: UInt64 = 1
        let noise = (0..<700_000).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        let file = gzip(gzip(noise))
        let (steps, told) = AsyncStream<[Int]>.makeStream()
        #expect(try open(file) { told.yield([$0, $1]) }.count == noise.count)
        told.finish()
        let seen = await steps.reduce(into: [[Int]]()) { $0.append($1) }
        let half = 256 << 10
        #expect(seen == [half, 2 * half, file.count, file.count].map { [$0, file.count] })
    }

    @Test("The spool has mode 0600 and no name; descriptors are closed, and nothing is left behind")
    func spool() throws {
        var spool = try SpoolFile(for: "x", limits: limits)
        try spool.write(Array("abc".utf8))
        var status = stat()
        #expect(fstat(spool.descriptor, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o600 && status.st_nlink == 0 && status.st_size == 3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    #if os(Linux)
        @Test("No descriptor stays open, whether it is read or refused")
        func descriptors() throws {
            let source = try open(gzip(gzip("a")))
            #expect(throws: Diagnostic.self) { try open(gzip(gzip(gzip("a")))) }
            #expect(throws: Diagnostic.self) { try open(gzip("PK\u{3}\u{4}")) }
            #expect(folder.openFiles == [] && source.text == "a")
            let spool = try SpoolFile(for: "x", limits: limits)
            #expect(folder.openFiles.count == 1 && spool.count == 0)
        }
    #endif
}
