extension ScalarFunctions {
    /// URLs, base64 and compressed texts.
    static let encodings: [ScalarFunction] = [
        change("url_encode", "url") { PercentEncoding.encoded($0, keeping: "-_.!*()", blank: "+") },
        change("url_encode_component", "url") { PercentEncoding.encoded($0, keeping: "-_.~!*'()", blank: "%20") },
        change("url_decode", "encoded_url", PercentEncoding.decoded),
        change("base64_encode_tostring", aliases: ["base64_encodestring"], "string") { Base64.encoded(Array($0.utf8)) },
        change("base64_decode_tostring", aliases: ["base64_decodestring"], "base64_string") { text in
            Base64.decoded(text).flatMap { String(validating: $0, as: UTF8.self) } ?? ""
        },
        ScalarFunction("base64_decode_toarray", [.text("base64_string")], .dynamic) { arguments, _ in
            Base64.decoded(arguments.text(0)).map { .array($0.map { .long(Int64($0)) }) } ?? .null(.dynamic)
        },
        ScalarFunction("base64_decode_toguid", [.text("base64_string")], .guid) { arguments, _ in
            Base64.decoded(arguments.text(0)).flatMap { GUID(mixedEndian: $0) }.map { .guid($0) } ?? .null(.guid)
        },
        ScalarFunction("base64_encode_fromguid", [FunctionParameter("guid", .guid)], .string) { arguments, _ in
            guard case .guid(let guid) = arguments[0] else { return .string("") }
            return .string(Base64.encoded(guid.mixedEndian))
        },
        ScalarFunction("base64_encode_fromarray", [.dynamic("bytes")], .string) { arguments, _ in
            let numbers = arguments.elements(0) ?? []
            let bytes = numbers.compactMap { Scalar($0).long.flatMap { UInt8(exactly: $0) } }
            return .string(bytes.count == numbers.count ? Base64.encoded(bytes) : "")
        },
        change("zlib_decompress_from_base64_string", "string") { inflated($0, skipping: Inflation.zlibBody) },
        change("gzip_decompress_from_base64_string", "string") { inflated($0, skipping: Inflation.gzipBody) },
        change("zlib_compress_to_base64_string", "string") { Base64.encoded(StoredDeflate.zlib(Array($0.utf8))) },
        change("gzip_compress_to_base64_string", "string") { Base64.encoded(StoredDeflate.gzip(Array($0.utf8))) },
        change("punycode_from_string", "string", Punycode.encoded),
        change("punycode_to_string", "string", Punycode.decoded),
    ]

    private static func change(
        _ name: String, aliases: [String] = [], _ parameter: String, _ change: @escaping @Sendable (String) -> String
    ) -> ScalarFunction {
        ScalarFunction(name, aliases: aliases, [.text(parameter)], .string) { arguments, _ in
            .string(change(arguments.text(0)))
        }
    }

    private static func inflated(_ text: String, skipping head: ([UInt8]) -> ArraySlice<UInt8>?) -> String {
        guard let bytes = Base64.decoded(text), let body = head(bytes) else { return "" }
        return Inflation.inflated(body, limit: ValueLimits.bytes).flatMap { String(validating: $0, as: UTF8.self) }
            ?? ""
    }
}

/// Percent signs in URLs.
enum PercentEncoding {
    static func encoded(_ text: String, keeping signs: String, blank: String) -> String {
        let kept = Set(signs.utf8)
        var result = ""
        for byte in text.utf8 {
            if byte.isDecimalDigit || TextFolding.folded(byte) &- UInt8(ascii: "a") < 26 || kept.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += byte == 0x20 ? blank : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return result
    }

    /// `+` is a blank; a percent sign without two hexadecimal digits is itself.
    static func decoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = [], index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = bytes[index + 1].hexadecimalDigit,
                let low = bytes[index + 2].hexadecimalDigit
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// Base64 of RFC 4648 with its padding.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encoded(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for place in 0..<4 {
                let code = alphabet[Int(bits >> UInt32(18 - 6 * place)) & 63]
                result.append(place <= part.count ? code : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `nil` for a text that is no base64: other characters, a wrong length or padding elsewhere than at the end.
    static func decoded(_ text: String) -> [UInt8]? {
        var bits: UInt32 = 0, count = 0, padding = 0
        var result: [UInt8] = []
        for byte in text.utf8 where byte != 0x0A && byte != 0x0D {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte + 4
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="):
                padding += 1
                continue
            default: return nil
            }
            guard padding == 0 else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count % 4 != 1 {
                result.append(UInt8(truncatingIfNeeded: bits >> [0, 0, 4, 2][count % 4 == 0 ? 0 : count % 4]))
            }
        }
        return (count + padding) % 4 == 0 && padding <= 2 && count % 4 != 1 ? result : nil
    }
}
