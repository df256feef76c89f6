import Testing

@testable import KQL

/// Calls and their values, as the documentation of Kusto and the notes on its engine have them.
@Suite("Calls of functions")
struct FunctionCallTests {
    @Test(
        "Strings",
        arguments: [
            (#"substring("abcdef", -2)"#, "ef"), (#"substring("abcdef", 2, 3)"#, "cde"), (#"substring("abc", 7)"#, ""),
            (#"strlen("😀é")"#, "2"), (#"string_size("é")"#, "2"), (#"reverse("aé😀")"#, "😀éa"),
            (#"countof("aaaa", "aa")"#, "3"), (#"countof("aaaa", "aa", "regex")"#, "2"),
            (#"trim("x", "xxaxx")"#, "xax"), (#"trim("x+", "xxaxx")"#, "a"),
            (#"trim_start(@"[^\w]+", "- a -")"#, "a -"),
            (#"trim_end("x", "xax")"#, "xa"), (#"replace_string("a.b.c", ".", "")"#, "abc"),
            (#"replace_string("abc", "", "x")"#, "abc"),
            (#"replace_regex("a1b22", @"(\d+)", @"<\1>")"#, "a<1>b<22>"), (#"replace("b", "x", "abc")"#, "axc"),
            (#"replace_strings("1-2", dynamic(["1", "2"]), dynamic(["a", "b"]))"#, "a-b"),
            (#"extract("([a-z]+)=([0-9]+)", 2, "a=1 b=2")"#, "1"), (#"extract("x(.)", 1, "abc")"#, ""),
            (#"extract("a", 0, "bab")"#, "a"), (#"extract("([0-9]+)", 1, "n 42", "long") + 1"#, "43"),
            (#"strcat("a", 1, true)"#, "a1True"), (#"strcat("a", int(null), "b")"#, "ab"),
            (#"strrep("ab", 3, "-")"#, "ab-ab-ab"),
            (#"tolower("ÄÉß")"#, "äéß"), (#"toupper("äéß")"#, "ÄÉß"), (#"indexof("abc", "x")"#, "-1"),
            (#"indexof("abc", "")"#, ""),
            (#"indexof_regex("a1b2", "[0-9]", 2)"#, "3"), (#"split("a,,b", ",")"#, #"["a","","b"]"#),
            (#"split("", ",")"#, #"[""]"#),
            (#"split("a,b", ",", 1)"#, #"["b"]"#), (#"split("a,b", ",")[9]"#, ""),
            (#"translate("krasp", "otsku", "spark")"#, "kusto"),
            (#"regex_quote("(a.b)")"#, #"\(a\.b\)"#), (#"tohex(255, 4)"#, "00ff"),
        ])
    func strings(call: String, expected: String) throws { try expect(call, expected) }

    @Test(
        "Dates",
        arguments: [
            ("startofweek(datetime(2025-01-08))", "2025-01-05T00:00:00.0000000Z"),
            ("endofmonth(datetime(2024-02-10))", "2024-02-29T23:59:59.9999999Z"),
            ("endofyear(datetime(9999-02-10))", "9999-12-31T23:59:59.9999999Z"),
            ("dayofweek(datetime(2025-01-08))", "3.00:00:00"), ("week_of_year(datetime(2021-01-01))", "53"),
            (#"datetime_add("month", 1, datetime(2025-01-31))"#, "2025-02-28T00:00:00.0000000Z"),
            (#"datetime_add("day", 1, datetime(9999-12-31))"#, ""),
            (#"datetime_diff("year", datetime(2025-01-01), datetime(2024-12-31))"#, "1"),
            (#"datetime_diff("week", datetime(2025-01-05), datetime(2025-01-04))"#, "1.0"),
            (#"datetime_diff("hour", datetime(2025-01-01 10:01), datetime(2025-01-01 09:59))"#, "1"),
            ("bin(datetime(2025-01-08), 7d)", "2025-01-06T00:00:00.0000000Z"), ("bin(-1, 4)", "-4"),
            ("bin(-0.5, 1)", "-1.0"),
            ("bin_at(datetime(2025-01-01), 7d, datetime(2025-01-08))", "2025-01-01T00:00:00.0000000Z"),
            (#"format_datetime(datetime(2025-01-08 15:04:05.5), "yyyy-MM-dd h:mm tt fff")"#, "2025-01-08 3:04 PM 500"),
            ("make_datetime(2025, 13, 1)", ""), ("make_datetime(2025, 2, 29)", ""),
            ("make_timespan(1, 30)", "01:30:00"),
            ("ago(1d)", "1969-12-31T00:00:00.0000000Z"), ("now(-1h)", "1969-12-31T23:00:00.0000000Z"),
            ("unixtime_seconds_todatetime(1546300800)", "2019-01-01T00:00:00.0000000Z"),
            (#"datetime_part("quarter", datetime(2025-05-01))"#, "2"), ("dayofyear(datetime(2024-03-01))", "61"),
        ])
    func dates(call: String, expected: String) throws { try expect(call, expected) }

    @Test(
        "Numbers and conditions",
        arguments: [
            ("round(2.5)", "3.0"), ("round(-2.5)", "-3.0"), ("round(1.005, 1)", "1.0"), ("ceiling(1.2)", "2.0"),
            ("abs(-5)", "5"),
            ("abs(-1d)", "1.00:00:00"), ("log(0)", "-Infinity"), ("log(-1)", ""), ("sqrt(-1)", "NaN"),
            ("sign(-3)", "-1.0"),
            ("iff(bool(null), 1, 2)", "2"), ("iff(true, 1, 2.5)", "1.0"), ("case(false, 1, bool(null), 2, 3)", "3"),
            (#"coalesce("", "b")"#, "b"), ("coalesce(int(null), int(4))", "4"), ("max_of(1, 2.5)", "2.5"),
            ("min_of(int(null), int(2))", "2"),
            (#"isnull("")"#, "False"), (#"isempty("")"#, "True"), ("isnotempty(int(null))", "False"),
            ("not(bool(null))", ""),
            ("binary_shift_left(1, 4)", "16"), ("bitset_count_ones(42)", "3"),
            (#"hash("World")"#, "1846988464401551951"),
            (#"hash("World", 100)"#, "51"), ("hash_xxhash64(datetime(2015-01-01))", "1380966698541616202"),
            (#"hash_md5("World")"#, "f5a7924e621e84c9280a9a27e1bcb7f6"),
            (#"hash_sha1("World")"#, "70c07ec18ef89c5309bbb0937f3a6342411e1fdd"),
            ("format_bytes(564)", "564 Bytes"), ("format_bytes(10332, 1)", "10.1 KB"),
            ("format_bytes(20010332, 2)", "19.08 MB"),
            (#"format_bytes(20010332, 0, "KB")"#, "19541 KB"), ("gettype(1)", "long"),
            ("gettype(parse_json('1.0'))", "double"),
            ("gettype(dynamic({}))", "dictionary"), ("todecimal('1.10')", "1.1"),
        ])
    func numbers(call: String, expected: String) throws { try expect(call, expected) }

    @Test(
        "Arrays and bags",
        arguments: [
            ("array_concat(dynamic([1]), dynamic([2, 3]))", "[1,2,3]"),
            ("array_slice(dynamic([1, 2, 3]), -2, -1)", "[2,3]"),
            ("array_shift_left(dynamic([1, 2, 3]), 1, 0)", "[2,3,0]"),
            ("array_split(dynamic([1, 2, 3]), 2)", "[[1,2],[3]]"),
            ("array_sum(dynamic([1, 2]))", "3.0"), ("array_length(dynamic({}))", ""),
            ("array_sort_asc(dynamic([3, null, 1]))", "[1,3,null]"),
            ("array_iff(dynamic([true, false]), dynamic([1, 2]), 9)", "[1,9]"), ("range(5, 1)", "[]"),
            ("range(5, 1, -2)", "[5,3,1]"),
            ("set_union(dynamic([1, '1']), dynamic([1]))", #"[1,"1"]"#),
            ("set_intersect(dynamic([1, 2, 2]), dynamic([2]))", "[2]"),
            ("set_difference(dynamic([1, 2]), dynamic([2]))", "[1]"), ("set_has_element(dynamic([1]), 1)", "True"),
            ("bag_merge(dynamic({'a': 1}), dynamic({'a': 2, 'b': 3}))", #"{"a":1,"b":3}"#),
            ("bag_keys(dynamic({'b': 1, 'a': 2}))", #"["b","a"]"#),
            ("bag_remove_keys(dynamic({'a': 1, 'b': {'c': 2, 'd': 3}}), dynamic(['a', '$.b.c']))", #"{"b":{"d":3}}"#),
            ("bag_zip(dynamic(['a', 'b']), dynamic([1]))", #"{"a":1,"b":null}"#),
            ("pack_array(1, 1d, 'x')", #"[1,"1.00:00:00","x"]"#),
            ("extract_json('$.a[1].b', '{\"a\":[0,{\"b\":\"x\"}]}')", "x"), ("repeat(1, 3)", "[1,1,1]"),
            ("zip(dynamic([1]), dynamic([2, 3]))", "[[1,2],[null,3]]"), ("parse_json('nonsense')", "nonsense"),
            ("parse_json('\"x\"')", "x"),
        ])
    func arrays(call: String, expected: String) throws { try expect(call, expected) }

    @Test(
        "Texts taken apart",
        arguments: [
            (
                "parse_url('https://u:p@host:8443/a/b?k=v&l#f')",
                #"{"Scheme":"https","Host":"host","Port":"8443","Path":"/a/b","Username":"u","Password":"p","#
                    + #""Query Parameters":{"k":"v","l":""},"Fragment":"f"}"#
            ),
            (
                "parse_path(@'C:\\temp\\file.txt.gz:x')".replacingDoubleBackslashes,
                #"{"Scheme":"","RootPath":"C:","DirectoryPath":"C:\\temp","DirectoryName":"temp","Filename":"file.txt.gz","#
                    + #""Extension":"gz","AlternateDataStreamName":"x"}"#
            ),
            ("parse_version('1.2.3.4')", "1000000020000000300000004"), ("parse_version('x')", ""),
            (#"parse_command_line(@'a "b c" \\"d', "windows")"#.replacingDoubleBackslashes, ##"["a","b c","\"d"]"##),
            ("parse_csv('a,\"b,c\"')", #"["a","b,c"]"#), ("url_decode('a%20b+c%')", "a b c%"),
            ("url_encode('a b/ü')", "a+b%2f%c3%bc"),
            ("base64_encode_tostring('Kusto')", "S3VzdG8="), ("base64_decode_tostring('S3VzdG8')", ""),
            ("base64_decode_toarray('AQI=')", "[1,2]"),
            ("zlib_decompress_from_base64_string(zlib_compress_to_base64_string('abc'))", "abc"),
            (
                "gzip_decompress_from_base64_string(gzip_compress_to_base64_string(strrep('abc', 50000))) == strrep('abc', 50000)",
                "True"
            ),
        ])
    func parsing(call: String, expected: String) throws { try expect(call, expected) }

    @Test(
        "Addresses",
        arguments: [
            ("parse_ipv4('192.168.1.1')", "3232235777"), ("parse_ipv4('192.168.1.1/24')", "3232235776"),
            ("parse_ipv4('1.2.3')", ""),
            ("ipv4_is_private('10.1.2.3')", "True"), ("ipv4_is_private('8.8.8.8')", "False"),
            ("ipv4_is_private('x')", ""),
            ("ipv4_is_in_range('10.1.2.3', '10.1.0.0/16')", "True"),
            ("ipv4_is_match('10.1.2.3', '10.1.9.9/16')", "True"),
            ("ipv4_netmask_suffix('10.1.2.3/16')", "16"), ("format_ipv4('192.168.1.255', 24)", "192.168.1.0"),
            ("format_ipv4(3232236031, 24)", "192.168.1.0"), ("format_ipv4_mask('192.168.1.255', 24)", "192.168.1.0/24"),
            ("parse_ipv6('127.0.0.1')", "0000:0000:0000:0000:0000:ffff:7f00:0001"), ("parse_ipv6('x')", ""),
            ("parse_ipv6_mask('fe80::85d:e82c:9446:7994', 120)", "fe80:0000:0000:0000:085d:e82c:9446:7900"),
            ("ipv6_is_in_any_range('::1', '::/127', '10.0.0.0/8')", "True"),
            ("has_ipv4('at 10.0.0.1, up', '10.0.0.1')", "True"),
            ("ipv4_compare('10.0.0.1', '10.0.0.2')", "-1"),
        ])
    func addresses(call: String, expected: String) throws { try expect(call, expected) }

    @Test(
        "Series",
        arguments: [
            ("series_add(dynamic([1, 2]), dynamic([3, null]))", "[4,null]"),
            ("series_divide(dynamic([1, 2]), 2)", "[0.5,1.0]"),
            ("series_fill_const(dynamic([1, null]), 0)", "[1,0]"),
            ("series_fill_backward(dynamic([null, 2]))", "[2,2]"),
            ("series_dot_product(dynamic([1, 2]), dynamic([3, 4]))", "11.0"),
            ("series_fit_line(dynamic([1, 3, 5]))[1]", "2.0"),
            ("series_fit_2lines(dynamic([0, 0, 0, 5, 10, 15]))[1]", "2"),
            (
                "series_decompose_anomalies(dynamic([1, 2, 1, 2, 1, 2, 50, 1, 2, 1, 2]), 1.5, 0)[0]",
                "[0,0,0,0,0,0,1,0,0,0,0]"
            ),
            ("series_fir(dynamic([1, 2, 3]), dynamic([1, 1]))", "[0.5,1.5,2.5]"),
            ("series_iir(dynamic([1, 1, 1]), dynamic([1]), dynamic([1, -1]))", "[1.0,2.0,3.0]"),
            (#"series_stats_dynamic(dynamic([1, 3]))["avg"]"#, "2.0"),
        ])
    func series(call: String, expected: String) throws { try expect(call, expected) }

    private func expect(_ call: String, _ expected: String) throws {
        var evaluator = try ExpressionEvaluator("print " + call)
        #expect(try evaluator.row().map(\.value.text) == [expected])
    }
}

extension String {
    /// Swift's test tables show what the query has.
    fileprivate var replacingDoubleBackslashes: String { replacing("\\\\", with: "\\") }
}
