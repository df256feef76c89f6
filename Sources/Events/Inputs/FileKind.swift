#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What lies at a path.
enum FileKind: Hashable, Sendable {
    /// A regular file, or a link to one.
    case file
    case folder
    case linkToFolder
    /// Something that cannot be read as a file, in words that follow `it`.
    case other(String)
    /// Nothing; with the error number.
    case absent(Int32)

    init(path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            self = .absent(errno)
            return
        }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, stat(path, &status) != 0 {
            self = .other("is a link to nothing")
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = isLink ? .linkToFolder : .folder
        case S_IFIFO: self = .other("is a named pipe")
        case S_IFSOCK: self = .other("is a socket")
        default: self = .other("is a device")
        }
    }
}
