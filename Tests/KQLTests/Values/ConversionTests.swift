import JSON
import Testing

@testable import KQL

@Suite("Conversions and literals")
struct ConversionTests {
    @Test(
        "A text as another type; failing is null",
        arguments: [
            ("0x1F", ScalarType.long, "31"), ("0x1F", .real, ""), ("3.5", .int, ""), ("x", .int, ""),
            ("9223372036854775808", .long, ""),
            ("maybe", .bool, ""), ("TRUE", .bool, "True"), ("7", .bool, "True"), ("1e3", .real, "1000.0"),
            ("1.0", .decimal, "1"),
            ("2h", .timespan, "02:00:00"), ("1d", .timespan, "1.00:00:00"), ("01:30", .timespan, "01:30:00"),
            ("-1.02:03:04.5", .timespan, "-1.02:03:04.5000000"), ("5us", .timespan, ""), ("25:00", .timespan, ""),
            ("1.5h", .timespan, "01:30:00"),
            ("2025-01-31", .datetime, "2025-01-31T00:00:00.0000000Z"),
            ("2025-01-31T10:00:00+02:00", .datetime, "2025-01-31T08:00:00.0000000Z"),
            ("12-31-2024", .datetime, "2024-12-31T00:00:00.0000000Z"),
            ("02/17/2016 08:40:01", .datetime, "2016-02-17T08:40:01.0000000Z"),
            ("02/17/2016 8:40:01 PM", .datetime, "2016-02-17T20:40:01.0000000Z"),
            ("Sat, 15 Jun 2019 10:00:00 GMT", .datetime, "2019-06-15T10:00:00.0000000Z"),
            ("15 Jun 2019", .datetime, "2019-06-15T00:00:00.0000000Z"),
            ("2025-02-30", .datetime, ""), ("x", .datetime, ""),
            ("2017 - 08 - 01", .datetime, "2017-08-01T00:00:00.0000000Z"),
            ("2025, 6, 14", .datetime, "2025-06-14T00:00:00.0000000Z"),
            ("2025-01-01 01:00", .datetime, "2025-01-01T01:00:00.0000000Z"),
            ("9999-12-31T23:59:59.9999999Z", .datetime, "9999-12-31T23:59:59.9999999Z"),
            ("0001-01-01", .datetime, "0001-01-01T00:00:00.0000000Z"),
            ("{AE3133F2-6E22-49AE-B06A-16E6A9B212EB}", .guid, "ae3133f2-6e22-49ae-b06a-16e6a9b212eb"),
            ("ae3133f2", .guid, ""),
        ])
    func texts(text: String, type: ScalarType, expected: String) {
        let converted = Scalar.string(text).converted(to: type)
        #expect(converted.text == expected && converted.type == type)
    }

    @Test(
        "A value as another type",
        arguments: [
            (Scalar.real(2.9), ScalarType.int, Scalar.int(2)), (.real(-2.9), .long, .long(-2)),
            (.real(.nan), .long, .null(.long)),
            (.real(1e30), .long, .null(.long)), (.long(4_294_967_297), .int, .int(1)), (.bool(true), .int, .int(1)),
            (.bool(true), .string, .string("True")),
            (.timespan(864_000_000_000), .long, .long(864_000_000_000)),
            (.datetime(0), .long, .long(621_355_968_000_000_000)),
            (.long(1), .datetime, .datetime(CivilTime.yearOne + 1)), (.long(-1), .datetime, .null(.datetime)),
            (.null(.int), .string, .string("")),
            (.dynamic(.string("3.5")), .real, .real(3.5)), (.dynamic(.string("3.5")), .int, .null(.int)),
            (.dynamic(.long(2)), .bool, .bool(true)),
            (.dynamic(.array([])), .long, .null(.long)), (.dynamic(.bool(true)), .string, .string("true")),
            (.long(5), .dynamic, .dynamic(.long(5))),
        ])
    func values(value: Scalar, type: ScalarType, expected: Scalar) { #expect(value.converted(to: type) == expected) }

    @Test(
        "The text and JSON of a value",
        arguments: [
            (Scalar.real(100_000), "100000.0", "100000.0"), (.real(.infinity), "Infinity", #""Infinity""#),
            (.long(5), "5", "5"),
            (.timespan(1_234_567), "00:00:00.1234567", #""00:00:00.1234567""#),
            (.timespan(-432_000_000_000), "-12:00:00", #""-12:00:00""#),
            (
                .dynamic(
                    .bag(
                        Dynamic.Bag([
                            Dynamic.Bag.Member("a", .real(1)), Dynamic.Bag.Member("b", .array([.datetime(0)])),
                        ]))),
                #"{"a":1.0,"b":["1970-01-01T00:00:00.0000000Z"]}"#, #"{"a":1.0,"b":["1970-01-01T00:00:00.0000000Z"]}"#
            ),
            (.null(.datetime), "", "null"), (.decimal(DecimalNumber(coefficient: 15, exponent: -1)), "1.5", #""1.5""#),
        ])
    func texts(value: Scalar, text: String, json: String) {
        #expect(value.text == text)
        #expect(value.json.text == json)
    }

    @Test(
        "Literals",
        arguments: [
            (ScalarType.int, "5", Scalar.int(5)), (.int, "null", .null(.int)), (.real, "nan", .real(.nan)),
            (.real, "-inf", .real(-.infinity)),
            (.timespan, "1.02:03:04", .timespan(937_840_000_000)), (.timespan, "16d", .timespan(13_824_000_000_000)),
            (.bool, "true", .bool(true)),
        ])
    func literals(type: ScalarType, text: String, expected: Scalar) { #expect(Scalar(type, literal: text) == expected) }

    @Test(
        "Texts that are no literal",
        arguments: [(ScalarType.int, "5000000000"), (.string, "null"), (.datetime, "soon"), (.long, "")])
    func noLiterals(type: ScalarType, text: String) { #expect(Scalar(type, literal: text) == nil) }

    @Test("Properties and places inside dynamic values are null where there are none")
    func access() {
        let value = Dynamic(parsing: #"{"a":[1,2.5,null],"b":{"C":"x"}}"#)
        #expect(value["a"][0] == .long(1) && value["a"][-2] == .real(2.5) && value["a"][9] == .null)
        #expect(value["b"]["c"] == .null && value["b"]["C"] == .string("x") && value[0] == .null)
        #expect(Scalar(value["a"][2]).isNull)
    }

    @Test("Values that are keys: null is null, NaN is NaN, and the order of a bag's keys does not count")
    func keys() {
        #expect(Set([Scalar.null(.int), .null(.int), .real(.nan), .real(.nan)]).count == 2)
        #expect(Dynamic(parsing: #"{"a":1,"b":2}"#) == Dynamic(parsing: #"{"b":2,"a":1}"#))
        #expect(Scalar.string("é") != .string("e\u{301}") && Scalar.long(1) != .int(1))
    }
}
