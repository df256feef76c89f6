import Testing

@testable import KQL

/// Calls and their values, as the documentation of Kusto has them.
@Suite("Calls of rarer functions")
struct DocumentedFunctionTests {
    @Test(
        "Units",
        arguments: [
            ("convert_energy(1.2, 'Joule', 'BritishThermalUnit')", 0.00113738054437598),
            ("convert_length(1.2, 'Meter', 'Foot')", 3.93700787401575),
            ("convert_mass(1.2, 'Kilogram', 'Pound')", 2.64554714621853),
            ("convert_temperature(1.2, 'Kelvin', 'DegreeCelsius')", -271.95),
            ("convert_temperature(98.6, 'DegreeFahrenheit', 'DegreeCelsius')", 37),
            ("convert_volume(1.2, 'CubicMeter', 'AcreFoot')", 0.0009728568),
            ("convert_speed(36, 'kilometerperhour', 'MeterPerSecond')", 10),
            ("convert_angle(1, 'Revolution', 'NatoMil')", 6400),
            ("beta_cdf(0.9, 10.0, 20.0)", 0.999999999999959), ("beta_inv(0.1, 10.0, 20.0)", 0.226415022388749),
            // Made with SciPy's ttest_ind_from_stats(equal_var=False).
            ("welch_test(20.82, 7.9, 15, 22.98, 2.9, 15)", 0.018055663516668864),
        ])
    func numbers(call: String, expected: Double) throws {
        var evaluator = try ExpressionEvaluator("print " + call)
        let value = try #require(try evaluator.row()[0].value.double)
        #expect(abs(value - expected) <= 1e-9 * abs(expected))
    }

    @Test(
        "Unknown units, and shares that are none, are null",
        arguments: [
            ("convert_length(1.2, 'Meter', 'Furlong')", ""), ("beta_inv(1.5, 10.0, 20.0)", ""),
            ("beta_cdf(1.5, 10.0, 20.0)", "NaN"),
        ])
    func nothing(call: String, expected: String) throws { try expect(call, expected) }

    @Test(
        "XML",
        arguments: [
            ("<e/>", #"{"e":null}"#), ("<e>text</e>", #"{"e":"text"}"#),
            (#"<e name="value" />"#, #"{"e":{"@name":"value"}}"#),
            (#"<e name="value">text</e>"#, ##"{"e":{"@name":"value","#text":"text"}}"##),
            ("<e> <a>text</a> <b>text</b> </e>", #"{"e":{"a":"text","b":"text"}}"#),
            ("<e> <a>text</a> <a>text</a> </e>", #"{"e":{"a":["text","text"]}}"#),
            ("<e> text <a>text</a> </e>", ##"{"e":{"#text":"text","a":"text"}}"##),
            (#"<?xml version="1.0"?><!-- c --><e>a &amp; &#x41;<![CDATA[<b>]]></e>"#, #"{"e":"a & A<b>"}"#),
            ("<e>", ""), ("<e></f>", ""), ("text", ""), ("<e>&unknown;</e>", ""), ("", ""), ("<a/><b/>", ""),
        ])
    func documents(xml: String, expected: String) throws {
        let function = try #require(ScalarFunctions.named("parse_xml"))
        #expect(try function.evaluate([.string(xml)], EvaluationContext(now: 0)).text == expected)
    }

    @Test("Deep nesting of XML is refused, not followed")
    func depth() throws {
        let xml = String(repeating: "<a>", count: 100_000)
        let function = try #require(ScalarFunctions.named("parse_xml"))
        #expect(try function.evaluate([.string(xml)], EvaluationContext(now: 0)).isNull)
    }

    @Test(
        "Names of hosts, ranges and paths",
        arguments: [
            ("punycode_domain_from_string('xn--Ge-mia.Bulg.edu')", "Gáe.Bulg.edu"),
            ("punycode_domain_to_string('Lúin.Celtchair.org')", "xn--Lin-8na.Celtchair.org"),
            (
                "ipv4_range_to_cidr_list('1.1.128.0', '1.1.140.255')",
                #"["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"]"#
            ),
            ("ipv4_range_to_cidr_list('0.0.0.0', '255.255.255.255')", #"["0.0.0.0/0"]"#),
            ("ipv4_range_to_cidr_list('1.1.1.2', '1.1.1.1')", ""),
            ("has_ipv6('at 2001:db8::1, up', '2001:0db8:0:0:0:0:0:1')", "True"),
            ("has_ipv6_prefix('at 2001:db8::1', '2001:db8:')", "True"),
            ("has_any_ipv6('a::b:c', '::1', '::2')", "False"),
            ("treepath(parse_json('{\"a\":\"b\",\"c\":123}'))", #"["['a']","['c']"]"#),
            (
                "treepath(parse_json('{\"list\":[100,\"abcde\",{\"x\":\"y\"}]}'))",
                #"["['list']","['list'][0]","['list'][0]['x']"]"#
            ),
        ])
    func texts(call: String, expected: String) throws { try expect(call, expected) }

    @Test(
        "Series",
        arguments: [
            ("series_pow(dynamic([1, 2, 3, 4]), dynamic([1, 2, 3, 0.5]))", "[1.0,4.0,27.0,2.0]"),
            (
                "series_seasonal(dynamic([2, 5, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1]))",
                "[1.0,2.0,3.0,4.0,3.0,2.0,1.0,2.0,3.0,4.0,3.0,2.0,1.0,2.0,3.0,4.0,3.0,2.0,1.0,2.0,3.0,4.0,3.0,2.0,1.0]"
            ),
            ("series_seasonal(dynamic([1, 3, 5, 2, 4, 6, 1, 3, 5]))", "[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0]"),
            ("series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)", "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]"),
            ("series_fft(dynamic([1, 1, 1]))[0][0]", "3.0"),
            ("series_fft(dynamic([1, 2, 3, 4]))[1]", "[0.0,2.0,0.0,-2.0]"),
            ("series_ifft(dynamic([4, 0, 0, 0]))[0]", "[1.0,1.0,1.0,1.0]"),
            ("series_decompose_forecast(dynamic([1, 2, 3, 4, 5, 0, 0]), 2, 0)", "[1.0,2.0,3.0,4.0,5.0,6.0,7.0]"),
        ])
    func series(call: String, expected: String) throws { try expect(call, expected) }

    @Test("A polynomial is found again")
    func polynomials() throws {
        let numbers: [Int] = (1...20).map { x in 2 * x * x * x - 5 * x + 7 }
        let values = numbers.map { String($0) }.joined(separator: ", ")
        var evaluator = try ExpressionEvaluator("print x = series_fit_poly(dynamic([\(values)]), dynamic(null), 3)[1]")
        let found = try #require(try evaluator.row()[0].value.packed.elements).compactMap { Scalar($0).double }
        let expected: [Double] = [2, 0, -5, 7]
        #expect(found.count == 4)
        for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-6) }
    }

    private func expect(_ call: String, _ expected: String) throws {
        var evaluator = try ExpressionEvaluator("print x = " + call)
        #expect(try evaluator.row().map(\.value.text) == [expected])
    }
}
