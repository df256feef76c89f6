@testable import Events
import Foundation

/// A file mapped right below memory that may not be touched, so that reading on beyond its last page ends the process.
/// Its name is gone once it is mapped.
///
/// The system chooses where a file is mapped; it takes the highest gap that is large enough. So a gap of just that size
/// is made below a fence, and higher gaps are filled until then. Where other threads map memory at the same time, or
/// the system chooses otherwise, the file is mapped without the fence; see ``isFenced``.
final class FencedFile {
    let source: RawBytes
    /// Whether the fence is in its place.
    let isFenced: Bool
    private let fence: UnsafeMutableRawPointer

    static let page = sysconf(Int32(_SC_PAGESIZE))

    init(_ text: String) throws {
        let path = NSTemporaryDirectory() + "/watchfloor-\(UUID().uuidString)"
        defer { unlink(path) }
        try Data(text.utf8).write(to: URL(filePath: path))
        let length = (text.utf8.count + Self.page - 1) / Self.page * Self.page
        let gap = Self.reserved(length + Self.page)
        munmap(gap, length)
        fence = gap + length
        var fillers: [UnsafeMutableRawPointer] = []
        while fillers.last != gap, fillers.count < 100 { fillers.append(Self.reserved(length)) }
        if fillers.last == gap { munmap(fillers.removeLast(), length) }
        source = try RawBytes(path: path)
        for filler in fillers { munmap(filler, length) }
        isFenced = source.withBytes { $0.baseAddress == UnsafeRawPointer(gap) }
    }

    private static func reserved(_ length: Int) -> UnsafeMutableRawPointer {
        mmap(nil, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    }

    deinit { munmap(fence, Self.page) }
}
