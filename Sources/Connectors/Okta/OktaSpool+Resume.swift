internal import Foundation
internal import JSON
internal import Tables

extension OktaSpool {
    /// In bytes, of one file: far more than the one page that a crash can leave behind.
    private static let seenLimit = 64 << 20

    /// The events that were written after a checkpoint: those of a page whose checkpoint a crash prevented.
    ///
    /// Looks at the file that the checkpoint names, behind its mark, and at the files that are younger than the
    /// checkpoint by their names. Files that cannot be read are passed over: then events come twice, none is lost.
    func uuids(writtenAfter checkpoint: OktaCheckpoint) -> [String] {
        let young = Self.prefix + Self.stamp(Int(checkpoint.written.ticks / Timestamp.ticksPerSecond))
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return names.filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(Self.ending) }.flatMap { name -> [String] in
            if name == checkpoint.spool?.file { return uuids(in: name, from: checkpoint.spool?.length ?? 0) }
            return name >= young ? uuids(in: name, from: 0) : []
        }
    }

    private func uuids(in name: String, from start: Int) -> [String] {
        guard let bytes = try? PrivateFile.read(folder + "/" + name, limit: Self.seenLimit, from: start) else {
            return []
        }
        return bytes.split(separator: 0x0A).compactMap { (try? JSONValue(parsing: Array($0)))?["uuid"]?.string }
    }
}
