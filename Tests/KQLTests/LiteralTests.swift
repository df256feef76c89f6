import Testing

@testable import KQL

/// How the first expression of `print` is printed: the literal as it was understood.
private func printed(_ literal: String) throws -> String {
    String(try Query.parse("print \(literal)").description.dropFirst("print ".count))
}

@Suite("Literals")
struct LiteralTests {
    @Test(
        "Numbers, truth values and GUIDs",
        arguments: [
            ("1", "1"), ("007", "7"), ("0x1F", "31"), ("9223372036854775807", "9223372036854775807"),
            ("-9223372036854775808", "long(-9223372036854775808)"), ("-5", "-5"), ("long(-5)", "long(-5)"),
            ("int64(5)", "5"),
            ("int(5)", "int(5)"), ("int(0xFF)", "int(255)"), ("int(null)", "int(null)"), ("long(null)", "long(null)"),
            ("1.0", "1.0"), ("1.", "1.0"), ("1e3", "1000.0"), ("1.5E-3", "0.0015"), ("real(5)", "5.0"),
            ("double(-1)", "real(-1.0)"),
            ("real(nan)", "real(nan)"), ("real(+inf)", "real(+inf)"), ("real(-inf)", "real(-inf)"),
            ("real(null)", "real(null)"),
            ("decimal(0.1000)", "decimal(0.1000)"), ("decimal(1e-3)", "decimal(1e-3)"),
            ("decimal(null)", "decimal(null)"),
            ("true", "true"), ("FALSE", "false"), ("bool(1)", "true"), ("bool(null)", "bool(null)"),
            ("typeof(int64)", "typeof(long)"),
            ("guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", "guid(74be27de-1e4e-49d9-b579-fe0b331d3642)"),
            ("guid(74BE27DE1E4E49D9B579FE0B331D3642)", "guid(74be27de-1e4e-49d9-b579-fe0b331d3642)"),
            ("guid(null)", "guid(null)"),
        ])
    func numbers(text: String, expected: String) throws {
        #expect(try printed(text) == expected)
    }

    @Test(
        "Instants and lengths of time",
        arguments: [
            ("datetime(2017-01-29)", "datetime(2017-01-29T00:00:00Z)"),
            ("datetime(2017-01-29 09:00:05)", "datetime(2017-01-29T09:00:05Z)"),
            ("datetime(2017-01-29T09:00:05.1234567+02:00)", "datetime(2017-01-29T07:00:05.1234567Z)"),
            ("datetime(2024-01-01T00:01:53.048506Z)", "datetime(2024-01-01T00:01:53.0485060Z)"),
            ("datetime(2016-12-31T06:00)", "datetime(2016-12-31T06:00:00Z)"),
            ("datetime(2016-12-31 06)", "datetime(2016-12-31T06:00:00Z)"),
            ("datetime(2017 - 08 - 01)", "datetime(2017-08-01T00:00:00Z)"),
            ("datetime(2017-08)", "datetime(2017-08-01T00:00:00Z)"),
            ("datetime(2017)", "datetime(2017-01-01T00:00:00Z)"),
            ("datetime(2025, 6, 14)", "datetime(2025-06-14T00:00:00Z)"),
            ("datetime(2025, 6, 14, 3, 4)", "datetime(2025-06-14T03:04:00Z)"),
            ("datetime(1/31/2025 10:00)", "datetime(2025-01-31T10:00:00Z)"),
            ("datetime(\"2025-01-31\")", "datetime(2025-01-31T00:00:00Z)"),
            ("datetime(Sat, 15 Jun 2019 10:00:00 GMT)", "datetime(2019-06-15T10:00:00Z)"),
            ("datetime(0001-01-01)", "datetime(0001-01-01T00:00:00Z)"), ("datetime(null)", "datetime(null)"),
            ("date(2017-08-01)", "datetime(2017-08-01T00:00:00Z)"),
            ("1d", "time(1.00:00:00)"), ("1.5h", "time(01:30:00)"), ("90min", "time(01:30:00)"),
            ("2hrs", "time(02:00:00)"),
            ("10s", "time(00:00:10)"), ("100ms", "time(00:00:00.1000000)"), ("1microsecond", "time(00:00:00.0000010)"),
            ("3ticks", "time(00:00:00.0000003)"), ("250nanoseconds", "time(00:00:00.0000002)"),
            ("time(1.02:03:04)", "time(1.02:03:04)"), ("time(02:03)", "time(02:03:00)"),
            ("time(29.09:00:05.12345)", "time(29.09:00:05.1234500)"),
            ("timespan(25min)", "time(00:25:00)"), ("time(16d)", "time(16.00:00:00)"), ("time(2)", "time(2.00:00:00)"),
            ("time(-1.5h)", "time(-01:30:00)"), ("time(\"1:00\")", "time(01:00:00)"), ("time(null)", "time(null)"),
            ("time(10675199.02:48:05.4775807)", "time(10675199.02:48:05.4775807)"),
        ])
    func times(text: String, expected: String) throws {
        #expect(try printed(text) == expected)
    }

    @Test(
        "A length of time that 64 bits of ticks do not hold is refused",
        arguments: [
            "time(10675199.02:48:05.4775808)", "time(10675199.23:00)", "time(-10675199.23:59:59)", "time(10675200d)",
        ])
    func tooLong(text: String) {
        #expect(throws: KQLFault.self) { try printed(text) }
    }

    @Test(
        "Strings",
        arguments: [
            (#""a'b""#, #""a'b""#), (#"'a"b'"#, #""a\"b""#), (#""\\ \" \' \n\t\r""#, #""\\ \" ' \n\t\r""#),
            (#""\u00e9\x41\101\U0001F600""#, #""éAA😀""#), (#"@"C:\temp\""#, #""C:\\temp\\""#),
            (#"@"say ""hi""""#, #""say \"hi\"""#),
            (#"@'it''s'"#, #""it's""#), (#"h"secret""#, #""secret""#), (#"H@'a\b'"#, #""a\\b""#), (#"h'x'"#, #""x""#),
            (#""a" 'b' @"\c""#, #""ab\\c""#), ("```two\n\"lines\"```", #""two\n\"lines\"""#), ("~~~a`b~~~", #""a`b""#),
            (#""""#, #""""#),
            ("\"// no comment\" // a comment", #""// no comment""#),
        ])
    func strings(text: String, expected: String) throws {
        #expect(try printed(text) == expected)
    }

    @Test(
        "JSON and Kusto's literals in dynamic(…)",
        arguments: [
            ("dynamic(null)", "dynamic(null)"), ("dynamic(1)", "dynamic(1)"), ("dynamic(-1.5)", "dynamic(-1.5)"),
            (#"dynamic({"a":[1,2.5,null,true]})"#, #"dynamic({"a": [1, 2.5, null, true]})"#),
            (#"dynamic({'it': {"deep": []}, "it": {}})"#, #"dynamic({"it": {"deep": []}, "it": {}})"#),
            (
                "dynamic([datetime(2020-01-01), 1d, guid(null)])",
                "dynamic([datetime(2020-01-01T00:00:00Z), time(1.00:00:00), null])"
            ),
            (#"dynamic({"a": dynamic([1,]),})"#, #"dynamic({"a": [1]})"#),
            (#"dynamic(["a" "b"])"#, #"dynamic(["ab"])"#),
            (#"dynamic(@"C:\x")"#, #"dynamic("C:\\x")"#),
        ])
    func dynamic(text: String, expected: String) throws {
        #expect(try printed(text) == expected)
    }

    @Test("Numbers with letters that are no unit are names", arguments: ["1us", "100ns", "1L", "3Dchart"])
    func names(text: String) throws {
        #expect(try printed(text) == "[\"\(text)\"]")
    }
}
