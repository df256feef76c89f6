// This folder also stands in the tests of events, as a symbolic link: the same texts, there within events.
import Testing

/// One text of JSONTestSuite by Nicolas Seriot (github.com/nst/JSONTestSuite, MIT), folder `test_parsing`: the names
/// and what each text is are taken from there, the tables are ours.
///
/// In the tables `<E5>` stands for the byte 0xE5; all else is UTF-8.
struct JSONCase: Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ name: String, _ notation: String) {
        self.name = name
        bytes = Self.bytes(of: notation)
    }

    private static func bytes(of notation: String) -> [UInt8] {
        var bytes: [UInt8] = [], rest = Array(notation.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "<"), rest.dropFirst(2).first == UInt8(ascii: ">"),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}

extension JSONCase: CustomTestStringConvertible {
    var testDescription: String { name }
}

/// The texts, by what a parser owes them.
enum JSONCases {
    /// `n_`: to be refused.
    static let refused = refusedArrays + refusedNumbers + refusedObjects + refusedStrings + refusedStructures

    static func cases(_ rows: KeyValuePairs<String, String>) -> [JSONCase] { rows.map { JSONCase($0, $1) } }
}
