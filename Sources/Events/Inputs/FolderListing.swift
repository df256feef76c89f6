#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The names in a folder, one at a time; closes the folder at the end of its life.
struct FolderListing: ~Copyable {
    private let stream: Stream
    /// The error number that ended the names too early; 0 when they are complete.
    private(set) var fault: Int32 = 0

    #if canImport(Glibc)
        private typealias Stream = OpaquePointer
    #else
        private typealias Stream = UnsafeMutablePointer<DIR>
    #endif

    /// A name as the file system has it.
    struct Name {
        /// What is not UTF-8 in it is replaced by U+FFFD; the file cannot then be named by it.
        let text: String
        let isUTF8: Bool
    }

    /// - Parameter followsLink: Whether the path may end in a link to a folder.
    /// - Returns: `nil`, with `errno` set, when there is no such folder or it cannot be read.
    init?(path: String, followsLink: Bool) {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)
        let descriptor = open(path, flags)
        guard descriptor >= 0 else { return nil }
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            return nil
        }
        self.stream = stream
    }

    deinit { closedir(stream) }

    /// The next name, without `.` and `..`; `nil` at the end.
    mutating func next() -> Name? {
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
        while true {
            // The end and a fault look the same but for this.
            errno = 0
            guard let entry = readdir(stream) else {
                fault = errno
                return nil
            }
            // Not through the field: it is declared longer than the entry's memory may be.
            let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
            let bytes = UnsafeRawBufferPointer(start: start, count: strlen(start))
            if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) { continue }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return Name(text: String(decoding: bytes, as: UTF8.self), isUTF8: false)
            }
            return Name(text: text, isUTF8: true)
        }
    }
}
