import Tables
import Testing

@Suite("CSV, cut into records")
struct CSVReaderTests {
    /// What a reader gives: texts, or the reason of a fault and its byte.
    private static func records(_ bytes: [UInt8], from start: Int = 0, delimiter: UInt8? = nil) -> [[String]] {
        bytes.withUnsafeBytes { bytes in
            var reader = CSVReader(bytes, from: start, delimiter: delimiter)
            var records: [[String]] = []
            while let record = reader.next() {
                let fault = record.fault.map { ["FAULT \($0.byte) \($0.reason)"] }
                records.append(fault ?? reader.texts(of: record) ?? ["not UTF-8"])
            }
            return records
        }
    }

    private static let open = "has a quote that is never closed", more = "goes on after the quote that closes a field"

    @Test("Records", arguments: [
        ("", []), ("\n\r\n\n", []), ("a", [["a"]]), ("a,b", [["a", "b"]]), ("a,b\n", [["a", "b"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]), ("a,b\n\n\r\n1,2", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,\n,b\n,\n", [["a", ""], ["", "b"], ["", ""]]),
        ("a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]), ("a,b \n 1,2", [["a", "b "], [" 1", "2"]]),
        ("\"a\",\"b\"\r\n\"1\",\"\"\r\n", [["a", "b"], ["1", ""]]),
        ("a,b\n\"x,y\",\"say \"\"hi\"\"\"", [["a", "b"], ["x,y", "say \"hi\""]]),
        ("a,b\n\"\"\"\",\"\"\"\"\"\"", [["a", "b"], ["\"", "\"\""]]),
        ("a,b\n\"one\ntwo\r\nthree\",2\n3,4", [["a", "b"], ["one\ntwo\r\nthree", "2"], ["3", "4"]]),
        ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]), ("a\tb\n\"x\ty\"\t2\n", [["a", "b"], ["x\ty", "2"]]),
        ("\"a;;;\",b\n1,2\n", [["a;;;", "b"], ["1", "2"]]), ("a,b\n5\" disk,2\n", [["a", "b"], ["5\" disk", "2"]]),
        ("a,b\n\0,\u{1B}[2J\n", [["a", "b"], ["\0", "\u{1B}[2J"]]), ("a,b\n1\r2,3\n", [["a", "b"], ["1\r2", "3"]]),
        ("caf\u{E9},e\u{301}\n", [["caf\u{E9}", "e\u{301}"]]),
    ] as [(String, [[String]])])
    func records(input: String, expected: [[String]]) {
        #expect(Self.records(Array(input.utf8)) == expected)
    }

    @Test("A fault costs its own record only", arguments: [
        ("a,b\n1,\"2\n3,4\n5,6\n", [["a", "b"], ["FAULT 6 \(open)"], ["3", "4"], ["5", "6"]]),
        ("a,b\n1,\"2\n3,\"4\"\n5,6\n", [["a", "b"], ["FAULT 12 \(more)"], ["3", "4"], ["5", "6"]]),
        ("a,b\n\"1\"x,2\n3,4\n", [["a", "b"], ["FAULT 7 \(more)"], ["3", "4"]]),
        ("a,b\n1,\"2\n3,4\n5,\",6\n7,8\n", [
            ["a", "b"], ["FAULT 4 spans lines and has 3 fields for 2 columns"], ["3", "4"], ["FAULT 15 \(open)"],
            ["7", "8"],
        ]),
        ("a,b\nx\"y,\"2\n3\",4\n5,6", [["a", "b"], ["FAULT 8 \(open)"], ["3\"", "4"], ["5", "6"]]),
        ("a,b\n\"1\n2\",x\"y\n3,4\n", [
            ["a", "b"], ["FAULT 11 has a quote inside a field without quotes"], ["2\"", "x\"y"], ["3", "4"],
        ]),
        ("\"a\nb\n", [["FAULT 0 \(open)"], ["b"]]), ("a\n\"", [["a"], ["FAULT 2 \(open)"]]),
    ] as [(String, [[String]])])
    func faults(input: String, expected: [[String]]) {
        #expect(Self.records(Array(input.utf8)) == expected)
        #expect(Self.records(Array(input.replacing("\n", with: "\r\n").utf8)).map(\.count) == expected.map(\.count))
    }

    @Test("Bytes that are not UTF-8 are in no text, and harm no neighbour")
    func bytes() {
        let bytes = Array("a,b\n1,".utf8) + [0xFF] + Array("\n3,4".utf8)
        #expect(Self.records(bytes) == [["a", "b"], ["not UTF-8"], ["3", "4"]])
        #expect(Self.records([0xFF, 0xFE, 0x61, 0x00]) == [["not UTF-8"]])
    }

    @Test("The places of a record and its fields")
    func places() throws {
        let text = Array("\u{FEFF}a,b\r\n\"x\ny\",22\r\n\"open\r\nz,\r\n".utf8)
        try text.withUnsafeBytes { bytes in
            var reader = CSVReader(bytes)
            #expect(reader.delimiter == UInt8(ascii: ","))
            let first = reader.next(), second = reader.next(), third = reader.next(), last = reader.next()
            let header = try #require(first), record = try #require(second), broken = try #require(third)
            #expect(header.range == 3..<6 && header.fields == [3..<4, 5..<6] && header.fault == nil)
            #expect(record.range == 8..<16 && record.fields == [8..<13, 14..<16])
            #expect(String(decoding: bytes[record.range], as: UTF8.self) == "\"x\ny\",22")
            #expect(broken.range == 18..<23 && broken.fields == [] && broken.fault?.byte == 18)
            #expect(last?.fields == [25..<26, 27..<27])
            // One record alone, as it is read again later.
            let alone = UnsafeRawBufferPointer(rebasing: bytes[record.range])
            var again = CSVReader(alone, delimiter: reader.delimiter)
            let texts = again.next().flatMap { again.texts(of: $0) }
            #expect(texts == ["x\ny", "22"])
        }
    }

    @Test("Reading from the middle, and from beyond the end", arguments: [
        (4, [["1", "2"]]), (7, []), (8, []), (99, []),
    ] as [(Int, [[String]])])
    func start(from start: Int, expected: [[String]]) {
        #expect(Self.records(Array("a,b\n1,2\n".utf8), from: start) == expected)
    }

    @Test("A delimiter that is given counts, whatever the first line has")
    func delimiter() {
        #expect(Self.records(Array("1;5,2".utf8), delimiter: UInt8(ascii: ",")) == [["1;5", "2"]])
    }

    @Test("Cut at any byte, the records before the cut stay whole")
    func cuts() {
        let text = "\u{FEFF}a,b\r\n1,\"x\"\"y\"\r\n\"one\ntwo\",2\r\n\"caf\u{E9}\",\r\n5\" disk,\"\"\r\n,\"z\"\n7,8\n"
        let bytes = Array(text.utf8), whole = Self.records(bytes)
        let ends = bytes.withUnsafeBytes { bytes in
            var reader = CSVReader(bytes)
            return Array(sequence(state: ()) { _ in reader.next()?.range.upperBound })
        }
        #expect(whole.count == 7 && ends.count == 7)
        for cut in 0...bytes.count {
            let records = Self.records(Array(bytes[..<cut])), intact = ends.filter { $0 <= cut }.count
            #expect(Array(records.prefix(intact)) == Array(whole.prefix(intact)), "cut at \(cut)")
            // Only what lies behind the last whole record may be broken.
            #expect(records.count - intact <= 2, "cut at \(cut)")
        }
    }

    @Test("Random damage never crashes, and every place is inside")
    func damage() {
        let text = Array("a,b\n1,\"x\"\"y\"\n\"one\ntwo\",2\r\n5\" disk,\"\"\n".utf8)
        let alphabet = Array("\",;\t\r\n\0x".utf8) + [0xFF]
        var state: UInt64 = 5
        for turn in 0..<3000 {
            var bytes = text
            for _ in 0...turn % 5 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = alphabet[Int(state >> 20) % alphabet.count]
            }
            bytes.withUnsafeBytes { buffer in
                var reader = CSVReader(buffer), last = 0
                while let record = reader.next() {
                    #expect(record.range.lowerBound >= last && record.range.upperBound <= buffer.count)
                    #expect(record.fields.allSatisfy { record.range.contains($0.lowerBound) || $0.isEmpty })
                    #expect(record.fields.isEmpty == (record.fault != nil))
                    #expect(record.fault.map { (0...buffer.count).contains($0.byte) } ?? true)
                    _ = reader.texts(of: record)
                    last = record.range.upperBound
                }
            }
        }
    }

    @Test("A hundred thousand columns, and as many broken lines, in linear time", .timeLimit(.minutes(10)), arguments: [
        "a,\"b\n", "x\",y,\"z\n", "\"\n", "\",x,\",\n", "\"\"\"\n", "a,\"\"\"\"b\n", "\"a\"b\n", "\",\n", ",\"\n,\n",
    ])
    func linear(line: String) {
        let wide = Self.records(Array((String(repeating: "c,", count: 100_000) + "\n").utf8))
        #expect(wide.map(\.count) == [100_001])
        #expect(!Self.records(Array(("a,b\n" + String(repeating: line, count: 20_000)).utf8)).isEmpty)
    }
}
