import Testing

extension JSONCases {
    /// A text that a parser may read or refuse, and what becomes of it here: the value read, written anew, or why it is
    /// refused and at which byte.
    struct Open: Sendable {
        let text: JSONCase
        let outcome: Outcome

        enum Outcome: Hashable, Sendable {
            case read(String)
            case refused(String, at: Int)
        }
    }

    /// `i_`.
    static let open = openNumbers + openEscapes + openBytes

    private static let openNumbers = [
        read("i_number_double_huge_neg_exp", "[123.456e-789]", "[0.0]"),
        refused("i_number_huge_exp", "[0.4e0066\(nines(113))6\(nines(7))006]", outOfRange, at: 1),
        refused("i_number_neg_int_huge_exp", "[-1e+9999]", outOfRange, at: 1),
        refused("i_number_pos_double_huge_exp", "[1.5e+9999]", outOfRange, at: 1),
        refused("i_number_real_neg_overflow", "[-123123e100000]", outOfRange, at: 1),
        refused("i_number_real_pos_overflow", "[123123e100000]", outOfRange, at: 1),
        read("i_number_real_underflow", "[123e-10000000]", "[0.0]"),
        read("i_number_too_big_neg_int", "[-123123123123123123123123123123]", "[-1.2312312312312312e+29]"),
        read("i_number_too_big_pos_int", "[100000000000000000000]", "[1e+20]"),
        read(
            "i_number_very_big_negative_int", "[-237462374673276894279832749832423479823246327846]",
            "[-2.374623746732769e+47]"),
    ]

    /// A surrogate without its partner has no UTF-8: U+FFFD stands for it.
    private static let openEscapes = [
        read("i_object_key_lone_2nd_surrogate", #"{"\uDFAA":0}"#, "{\"\u{FFFD}\":0}"),
        read("i_string_1st_surrogate_but_2nd_missing", #"["\uDADA"]"#, "[\"\u{FFFD}\"]"),
        read("i_string_1st_valid_surrogate_2nd_invalid", #"["\uD888\u1234"]"#, "[\"\u{FFFD}\u{1234}\"]"),
        read("i_string_incomplete_surrogate_and_escape_valid", #"["\uD800\n"]"#, "[\"\u{FFFD}\\n\"]"),
        read("i_string_incomplete_surrogate_pair", #"["\uDd1ea"]"#, "[\"\u{FFFD}a\"]"),
        read("i_string_incomplete_surrogates_escape_valid", #"["\uD800\uD800\n"]"#, "[\"\u{FFFD}\u{FFFD}\\n\"]"),
        read("i_string_invalid_lonely_surrogate", #"["\ud800"]"#, "[\"\u{FFFD}\"]"),
        read("i_string_invalid_surrogate", #"["\ud800abc"]"#, "[\"\u{FFFD}abc\"]"),
        read("i_string_inverted_surrogates_U+1D11E", #"["\uDd1e\uD834"]"#, "[\"\u{FFFD}\u{FFFD}\"]"),
        read("i_string_lone_second_surrogate", #"["\uDFAA"]"#, "[\"\u{FFFD}\"]"),
    ]

    private static let openBytes = [
        refused("i_string_UTF-16LE_with_BOM", "<FF><FE>[<00>\"<00><E9><00>\"<00>]<00>", noValue, at: 0),
        refused("i_string_UTF-8_invalid_sequence", #"["<E6><97><A5><D1><88><FA>"]"#, notUTF8, at: 7),
        refused("i_string_UTF8_surrogate_U+D800", #"["<ED><A0><80>"]"#, notUTF8, at: 2),
        refused("i_string_invalid_utf-8", #"["<FF>"]"#, notUTF8, at: 2),
        refused("i_string_iso_latin_1", #"["<E9>"]"#, notUTF8, at: 2),
        refused("i_string_lone_utf8_continuation_byte", #"["<81>"]"#, notUTF8, at: 2),
        refused("i_string_not_in_unicode_range", #"["<F4><BF><BF><BF>"]"#, notUTF8, at: 2),
        refused("i_string_overlong_sequence_2_bytes", #"["<C0><AF>"]"#, notUTF8, at: 2),
        refused("i_string_overlong_sequence_6_bytes", #"["<FC><83><BF><BF><BF><BF>"]"#, notUTF8, at: 2),
        refused("i_string_overlong_sequence_6_bytes_null", #"["<FC><80><80><80><80><80>"]"#, notUTF8, at: 2),
        refused("i_string_truncated-utf-8", #"["<E0><FF>"]"#, notUTF8, at: 2),
        refused("i_string_utf16BE_no_BOM", "<00>[<00>\"<00><E9><00>\"<00>]", noValue, at: 0),
        refused("i_string_utf16LE_no_BOM", "[<00>\"<00><E9><00>\"<00>]<00>", noValue, at: 1),
        refused("i_structure_500_nested_arrays", brackets("[", 500) + brackets("]", 500), tooDeep, at: 64),
        refused("i_structure_UTF-8_BOM_empty_object", "<EF><BB><BF>{}", noValue, at: 0),
    ]

    private static let outOfRange = "has a number out of range"
    private static let notUTF8 = "has bytes that are not UTF-8 inside a string"
    private static let tooDeep = "nests deeper than 64 levels"
    private static let noValue = "has a character that begins no value"

    private static func nines(_ count: Int) -> String { String(repeating: "9", count: count) }

    private static func brackets(_ bracket: String, _ count: Int) -> String { String(repeating: bracket, count: count) }

    private static func read(_ name: String, _ notation: String, _ value: String) -> Open {
        Open(text: JSONCase(name, notation), outcome: .read(value))
    }

    private static func refused(_ name: String, _ notation: String, _ reason: String, at byte: Int) -> Open {
        Open(text: JSONCase(name, notation), outcome: .refused(reason, at: byte))
    }
}

extension JSONCases.Open: CustomTestStringConvertible {
    var testDescription: String { text.name }
}
