extension ScalarFunctions {
    /// Taking texts of known formats apart.
    static let parsing: [ScalarFunction] = [
        ScalarFunction("parse_url", aliases: ["parseurl"], [.text("url")], .dynamic) { arguments, _ in
            url(arguments.text(0))
        },
        ScalarFunction("parse_urlquery", aliases: ["parseurlquery"], [.text("query")], .dynamic) { arguments, _ in
            .bag([("Query Parameters", query(arguments.text(0)[...]))])
        },
        ScalarFunction("parse_csv", [.text("csv_text")], .dynamic, naming: .firstArgument) { arguments, _ in
            .array(record(arguments.text(0)))
        },
        ScalarFunction("parse_version", [.text("version")], .of(.decimal)) { arguments, _ in
            version(arguments.text(0)).map { .decimal($0) } ?? .null(.decimal)
        },
        ScalarFunction("parse_command_line", [.any("command"), .string("parser")], .dynamic) { arguments, _ in
            guard arguments.text(1).lowercased() == "windows", !arguments[0].isEmpty else { return .null(.dynamic) }
            return .array(CommandLine.words(of: arguments.text(0)))
        },
        ScalarFunction(
            "parse_user_agent", [.text("user_agent"), FunctionParameter("look_for", [.string, .dynamic]).optional],
            .dynamic
        ) { arguments, context in
            let parts = arguments.elements(1)?.map(\.text) ?? (arguments.count > 1 ? [arguments.text(1)] : ["browser"])
            return UserAgent(arguments.text(0), context).bag(of: parts)
        },
    ]

    /// `scheme://user:password@host:port/path?query#fragment`, whose parts may be missing.
    private static func url(_ text: String) -> Scalar {
        var rest = text[...], scheme = "", host = "", port = "", user = "", password = ""
        var fragment = Substring(), parameters = Substring()
        if let cut = rest.firstIndex(of: "#") { (rest, fragment) = (rest[..<cut], rest[cut...].dropFirst()) }
        if let cut = rest.firstIndex(of: "?") { (rest, parameters) = (rest[..<cut], rest[cut...].dropFirst()) }
        if let cut = rest.firstRange(of: "://") {
            scheme = String(rest[..<cut.lowerBound])
            rest = rest[cut.upperBound...]
            var authority = rest.prefix { $0 != "/" }
            rest = rest[authority.endIndex...]
            if let cut = authority.lastIndex(of: "@") {
                let names = authority[..<cut].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                user = String(names[0])
                password = names.count > 1 ? String(names[1]) : ""
                authority = authority[cut...].dropFirst()
            }
            let end = authority.lastIndex(of: "]") ?? authority.startIndex
            if let colon = authority[end...].lastIndex(of: ":") {
                port = String(authority[colon...].dropFirst())
                authority = authority[..<colon]
            }
            host = String(authority)
        }
        return .bag([
            ("Scheme", .string(scheme)), ("Host", .string(host)), ("Port", .string(port)),
            ("Path", .string(String(rest))),
            ("Username", .string(user)), ("Password", .string(password)), ("Query Parameters", query(parameters)),
            ("Fragment", .string(String(fragment))),
        ])
    }

    private static func query(_ text: Substring) -> Dynamic {
        let pairs = text.split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        }
        var builder = BagBuilder()
        for pair in pairs { builder.add(String(pair[0]), .string(pair.count > 1 ? String(pair[1]) : "")) }
        return .bag(builder.bag)
    }

    /// The first record alone; a quote inside quotes is doubled (RFC 4180).
    private static func record(_ text: String) -> [String] {
        var fields: [String] = [], field: [UInt8] = [], isQuoted = false, wasQuote = false
        loop: for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""):
                if !isQuoted, wasQuote { field.append(byte) }
                isQuoted.toggle()
                wasQuote = !isQuoted
                continue
            case UInt8(ascii: ",") where !isQuoted:
                fields.append(String(decoding: field, as: UTF8.self))
                field = []
            case 0x0A where !isQuoted, 0x0D where !isQuoted: break loop
            default: field.append(byte)
            }
            wasQuote = false
        }
        return fields + [String(decoding: field, as: UTF8.self)]
    }

    /// Up to four parts of at most eight digits, the first the weightiest.
    private static func version(_ text: String) -> DecimalNumber? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 8 }) else { return nil }
        let numbers = parts.compactMap { Digits.number($0) }
        guard numbers.count == parts.count else { return nil }
        let total = (numbers + [0, 0, 0]).prefix(4).reduce(UInt128(0)) { $0 * 100_000_000 + UInt128($1) }
        return DecimalNumber(coefficient: total, exponent: 0)
    }
}

/// Windows' rules for the words of a command line (`CommandLineToArgvW`).
enum CommandLine {
    /// Blanks part words outside quotes. Backslashes count only before a quote: two are one, and an odd one keeps the
    /// quote as it is. Linear.
    static func words(of text: String) -> [String] {
        var words: [String] = [], word: [UInt8] = [], isQuoted = false, isOpen = false, slashes = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\\") {
                slashes += 1
                isOpen = true
                continue
            }
            let isQuote = byte == UInt8(ascii: "\"")
            word += [UInt8](repeating: UInt8(ascii: "\\"), count: isQuote ? slashes / 2 : slashes)
            let isKept = isQuote && slashes % 2 == 1
            slashes = 0
            switch byte {
            case UInt8(ascii: "\"") where !isKept:
                isQuoted.toggle()
                isOpen = true
            case 0x20 where !isQuoted, 0x09 where !isQuoted:
                if isOpen { words.append(String(decoding: word, as: UTF8.self)) }
                (word, isOpen) = ([], false)
            default:
                word.append(byte)
                isOpen = true
            }
        }
        word += [UInt8](repeating: UInt8(ascii: "\\"), count: slashes)
        return isOpen ? words + [String(decoding: word, as: UTF8.self)] : words
    }
}
