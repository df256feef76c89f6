internal import Foundation

/// How much a compressed input may grow, and where it is kept meanwhile.
struct SpoolLimits: Sendable {
    /// Tried in this order; the first in which a file can be made is taken.
    var folders = SpoolLimits.temporaryFolders
    /// The most bytes that may come out of one input.
    var size = 64 << 30
    /// The most that may come out for each byte of the input. Deflate itself ends at 1032, and logs stay below 100.
    var ratio = 1000
    /// Up to here the ratio does not matter.
    var ratioFloor = 64 << 20
    /// The most that is left free on the spool's file system; never more than a tenth of what is free.
    var reserve = 1 << 30

    private static var temporaryFolders: [String] {
        let chosen = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 }
        return [chosen, "/var/tmp", "/tmp"].compactMap { $0 }
    }
}
