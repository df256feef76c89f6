internal import Diagnostics
internal import JSON
internal import Tables

/// Where a polling fetch stopped, and how much of what it read was on disk by then.
struct OktaCheckpoint: Hashable {
    /// How far a spool file was written.
    struct Mark: Hashable {
        /// Its name, without the folder.
        let file: String
        /// In bytes.
        let length: Int
    }

    /// The URL that Okta gave to go on from.
    let next: String
    /// The newest `published` so far.
    let newest: Timestamp?
    let written: Timestamp
    let spool: Mark?

    private static let version: Int64 = 1

    func json(key: String) -> JSONValue {
        [
            "version": .integer(Self.version), "key": .string(key), "next": .string(next),
            "newest": JSONValue(newest?.description), "written": .string(written.description),
            "spool": spool.map { ["file": .string($0.file), "length": .integer(Int64($0.length))] } ?? .null,
        ]
    }

    /// `nil` for what is no checkpoint of this version, of this org and of this filter.
    init?(_ json: JSONValue, key: String) {
        guard json["version"]?.integer == Self.version, json["key"]?.string == key, let next = json["next"]?.string,
            let written = json["written"]?.string.flatMap({ Timestamp($0) })
        else { return nil }
        self.next = next
        self.written = written
        newest = json["newest"]?.string.flatMap { Timestamp($0) }
        if let file = json["spool"]?["file"]?.string, let length = json["spool"]?["length"]?.integer, length >= 0 {
            spool = Mark(file: file, length: Int(length))
        } else {
            spool = nil
        }
    }

    init(next: String, newest: Timestamp?, written: Timestamp, spool: Mark?) {
        self.next = next
        self.newest = newest
        self.written = written
        self.spool = spool
    }
}
