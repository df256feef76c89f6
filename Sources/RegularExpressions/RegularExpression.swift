internal import CRE2
public import Diagnostics

/// A compiled pattern of RE2's syntax: https://github.com/google/re2/wiki/Syntax.
///
/// Matching takes time linear in the text for every pattern, since there are no back-references and no look-around
/// (threat 10 of the security notes). It is unanchored: a pattern that means the whole text says `^` and `$`.
/// Texts are bytes in UTF-8; letters are compared as they are, or, ignoring case, by Unicode's simple folding.
/// May be used by many threads at the same time.
///
/// ```swift
/// let login = try RegularExpression("^(\\w+)@example\\.com$", .ignoresCase)
/// login.matches("Ann@example.com")               // true
/// login.firstMatch(in: Array("ann@example.com".utf8))?.ranges  // [0..<15, 0..<3]
/// ```
public final class RegularExpression: Sendable {
    /// How a pattern is read.
    public struct Options: OptionSet, Hashable, Sendable {
        /// The bits of the options.
        public let rawValue: UInt8

        /// Options from their bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Letters match in either case.
        public static let ignoresCase = Options(rawValue: 1)
        /// `^` and `$` match at the beginning and end of each line as well.
        public static let multiline = Options(rawValue: 2)
        /// `.` matches a newline as well.
        public static let dotMatchesNewline = Options(rawValue: 4)
    }

    /// The pattern as it was written.
    public let pattern: String
    /// How it is read.
    public let options: Options
    /// How many groups in brackets it has.
    public let groupCount: Int
    private let compiled: Compiled

    /// How long a pattern may be, in bytes.
    public static let lengthLimit = 32 << 10
    /// What the program of a pattern and its state machines may take together, in bytes.
    private static let memoryLimit: Int64 = 8 << 20

    /// Compiles a pattern.
    ///
    /// - Throws: When it is no pattern of RE2's syntax, is longer than ``lengthLimit`` or would need too much memory;
    ///   without a place, which the caller knows.
    public init(_ pattern: String, _ options: Options = []) throws(Diagnostic) {
        guard pattern.utf8.count <= Self.lengthLimit else {
            throw Diagnostic(
                "the regular expression is longer than \(Self.lengthLimit) bytes", remedy: "Shorten it, or use several")
        }
        compiled = try Compiled(options.contains(.multiline) ? "(?m)" + pattern : pattern, options)
        groupCount = compiled.groupCount
        self.pattern = pattern
        self.options = options
    }

    /// The pattern in RE2's hands. Const after `init`, and RE2 locks what it caches by itself, hence `@unchecked`.
    private final class Compiled: @unchecked Sendable {
        let pointer: OpaquePointer

        init(_ pattern: String, _ options: Options) throws(Diagnostic) {
            var pattern = pattern
            let settings = cre2_options(
                ignores_case: options.contains(.ignoresCase),
                dot_matches_newline: options.contains(.dotMatchesNewline), memory: RegularExpression.memoryLimit)
            var reason = [CChar](repeating: 0, count: 256)
            let made = pattern.withUTF8 { text in
                text.withMemoryRebound(to: CChar.self) {
                    cre2_compile($0.baseAddress, $0.count, settings, &reason, reason.count)
                }
            }
            guard let made else {
                let text = String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                throw Diagnostic(
                    "the regular expression does not compile: \(text)",
                    remedy: "Use RE2's syntax: no back-references, no look-ahead or look-behind")
            }
            pointer = made
        }

        deinit { cre2_free(pointer) }

        var groupCount: Int { Int(cre2_group_count(pointer)) }
    }
}

// MARK: Matching

extension RegularExpression {
    /// Whether it matches anywhere in these bytes, which are UTF-8.
    public func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        cre2_matches(compiled.pointer, text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count)
    }

    /// As ``matches(_:)-(UnsafeRawBufferPointer)``, for text.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
    }

    /// Where a pattern matched.
    public struct Match: Hashable, Sendable {
        /// Bytes of the text: first those of the whole match, then those of each group; `nil` where a group took
        /// no part.
        public let ranges: [Range<Int>?]
    }

    /// The first match that begins at `start` or later, leftmost and by Perl's preferences; `nil` where there is none.
    ///
    /// - Parameters:
    ///   - text: Bytes in UTF-8.
    ///   - start: What lies before it is seen by `^` and `\b` alone.
    public func firstMatch(in text: UnsafeRawBufferPointer, from start: Int = 0) -> Match? {
        guard start >= 0, start <= text.count else { return nil }
        var found = [cre2_range](repeating: cre2_range(start: -1, end: -1), count: groupCount + 1)
        let isFound = cre2_find(
            compiled.pointer, text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count, start, &found,
            Int32(found.count))
        guard isFound else { return nil }
        return Match(ranges: found.map { $0.start < 0 ? nil : $0.start..<$0.end })
    }

    /// As ``firstMatch(in:from:)-(UnsafeRawBufferPointer,_)``, for bytes in an array.
    public func firstMatch(in text: [UInt8], from start: Int = 0) -> Match? {
        text.withUnsafeBytes { firstMatch(in: $0, from: start) }
    }
}

extension RegularExpression: Hashable {
    /// Patterns are the same when their bytes and options are.
    public static func == (left: RegularExpression, right: RegularExpression) -> Bool {
        left === right || left.options == right.options && left.pattern.utf8.elementsEqual(right.pattern.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(options)
        for byte in pattern.utf8 { hasher.combine(byte) }
    }
}

extension RegularExpression {
    /// A pattern that matches exactly this text.
    public static func quoted(_ text: String) -> String {
        var quoted = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\0": quoted.append(contentsOf: "\\x00".unicodeScalars)
            case "a"..."z", "A"..."Z", "0"..."9", "_": quoted.append(scalar)
            case _ where scalar.isASCII: quoted.append(contentsOf: ["\\", scalar])
            default: quoted.append(scalar)
            }
        }
        return String(quoted)
    }
}
