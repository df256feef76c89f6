internal import Digests
public import JSON

/// The chain of hashes that ties each record of a transcript to all before it (`contract.md`, *Sessions*).
///
/// A record's hash is SHA-256 over the previous record's hash, a newline, and the record's bytes up to and
/// excluding `,"hash":`. A changed byte anywhere shows; a cut tail shows only beside a head that was written down.
public struct HashChain: Hashable, Sendable {
    /// The hash that stands before the first record.
    public static let genesis = String(repeating: "0", count: 64)

    /// The hash of the last record.
    public private(set) var head: String
    /// The `seq` of the next record.
    public private(set) var next: Int

    /// A chain without records.
    public init() {
        head = Self.genesis
        next = 0
    }

    /// Goes on after a record.
    public init(head: String, next: Int) {
        self.head = head
        self.next = next
    }

    /// Makes the next record's line.
    ///
    /// - Parameters:
    ///   - time: UTC with `Z`.
    ///   - members: What the record says, without `v`, `seq`, `ts`, `type`, `prev` and `hash`.
    public mutating func seal(type: String, time: String, _ members: [JSONValue.Member]) -> String {
        let record = JSONValue.object([
            JSONValue.Member("v", 1), JSONValue.Member("seq", .integer(Int64(next))),
            JSONValue.Member("ts", .string(time)), JSONValue.Member("type", .string(type)),
        ] + members + [JSONValue.Member("prev", .string(head))])
        let body = record.text.dropLast()
        head = SHA256(head + "\n" + body).hex
        next += 1
        return body + ",\"hash\":\"\(head)\"}"
    }

    /// The first place where lines do not make a chain.
    public struct Break: Hashable, Sendable {
        /// The line in the file, from 1.
        public let line: Int
        /// The record's `seq`, when it can be read.
        public let seq: Int?
        /// Begins with "it" or "its", without a full stop: `it does not follow the record before it`.
        public let reason: String
    }

    /// Checks a transcript's lines, in order; empty lines do not count.
    ///
    /// - Returns: The head and the number of records when all agree.
    public static func verify(_ lines: [(number: Int, text: String)]) -> Result<HashChain, ChainError> {
        var chain = HashChain()
        for line in lines {
            let value = try? JSONValue(parsing: line.text)
            let seq = value?["seq"]?.integer.map { Int($0) }
            if let reason = chain.fault(in: line.text, value) {
                return .failure(ChainError(place: Break(line: line.number, seq: seq, reason: reason)))
            }
            chain.head = value?["hash"]?.string ?? ""
            chain.next += 1
        }
        return .success(chain)
    }

    private func fault(in text: String, _ value: JSONValue?) -> String? {
        guard let value, value.members?.last?.key == "hash", let hash = value["hash"]?.string else {
            return "it is not a sealed record"
        }
        guard value["seq"]?.integer == Int64(next) else { return "its number is not \(next)" }
        guard value["prev"]?.string == head else { return "it does not follow the record before it" }
        let ending = ",\"hash\":\"\(hash)\"}"
        // By bytes: `hasSuffix` would take texts that are merely equivalent.
        guard text.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8),
            SHA256([UInt8]((head + "\n").utf8) + text.utf8.dropLast(ending.utf8.count)).hex == hash
        else {
            return "its bytes are not those that were sealed"
        }
        return nil
    }
}

/// Thrown, or returned, when a chain is broken.
public struct ChainError: Error, Hashable, Sendable {
    /// The first break.
    public let place: HashChain.Break
}
