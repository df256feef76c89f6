extension [UInt8] {
    /// What the body of a refusal says when it is not JSON; a web page says nothing that helps.
    var plainWords: String {
        let first = first { $0 > 0x20 && $0 < 0x7F }
        if first == UInt8(ascii: "<") { return "(a web page)" }
        return allSatisfy { $0 <= 0x20 } ? "" : String(decoding: self, as: UTF8.self)
    }
}
