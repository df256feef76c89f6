extension ScalarFunctions {
    /// Values as texts of a wanted form.
    static let formats: [ScalarFunction] = [
        ScalarFunction(
            "format_datetime", [.datetime("date"), .string("format").constant.holding(.datetimeFormat)], .string,
            naming: .firstArgument
        ) { arguments, _ in
            guard let ticks = arguments.datetime(0), let format = DatetimeFormat(arguments.text(1)) else {
                return .string("")
            }
            return .string(format.text(of: ticks))
        },
        ScalarFunction(
            "format_timespan", [.timespan("timespan"), .string("format").constant.holding(.timespanFormat)], .string,
            naming: .firstArgument
        ) { arguments, _ in
            guard let ticks = arguments.timespan(0), let format = TimespanFormat(arguments.text(1)) else {
                return .string("")
            }
            return .string(format.text(of: ticks))
        },
        ScalarFunction(
            "format_bytes", [.number("size"), .integer("precision").optional, .string("units").optional], .string
        ) {
            arguments, _ in .string(bytes(arguments))
        },
    ]

    /// The largest unit that leaves at least one, or the unit asked for; a unit is 1024 of the one below.
    private static func bytes(_ arguments: [Scalar]) -> String {
        guard let size = arguments.real(0), size.isFinite else { return "" }
        let units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"]
        let asked = arguments.text(2)
        var power = 0, scaled = size
        if asked.isEmpty {
            while scaled.magnitude >= 1024, power < units.count - 1 { (scaled, power) = (scaled / 1024, power + 1) }
        } else {
            guard let index = units.firstIndex(of: asked) else { return "" }
            for _ in 0..<index { scaled /= 1024 }
            power = index
        }
        let precision = Int(min(max(arguments.long(1) ?? 0, 0), 15))
        return Rounding.shortest(scaled, digits: precision) + " " + units[power]
    }
}

/// The text of `format_datetime()`: runs of letters stand for parts of the time.
struct DatetimeFormat {
    private enum Piece { case part(UInt8, Int), half, sign(Character) }
    private let pieces: [Piece]

    /// The longest run of each letter.
    private static let longest: [Character: Int] = [
        "y": 4, "M": 2, "d": 2, "H": 2, "h": 2, "m": 2, "s": 2, "f": 7, "F": 7,
    ]

    /// `nil` for a text with other letters or longer runs, or with `y` alone or three times.
    init?(_ text: String) {
        var pieces: [Piece] = [], rest = text[...]
        while let first = rest.first {
            let run = rest.prefix { $0 == first }
            rest = rest[run.endIndex...]
            if let longest = Self.longest[first], let letter = first.asciiValue {
                guard run.count <= longest, first != "y" || run.count % 2 == 0 else { return nil }
                pieces.append(.part(letter, run.count))
            } else if first == "t", run.count == 2 {
                pieces.append(.half)
            } else {
                guard FormatSigns.all.contains(first) else { return nil }
                pieces += run.map { .sign($0) }
            }
        }
        self.pieces = pieces
    }

    /// - Parameter ticks: Since 1970.
    func text(of ticks: Int64) -> String {
        let civil = CivilTime(ticks)
        return pieces.reduce(into: "") { text, piece in
            switch piece {
            case .sign(let sign): text.append(sign)
            case .half: text += civil.hour < 12 ? "AM" : "PM"
            case .part(let letter, let width): text += Self.part(letter, width, civil)
            }
        }
    }

    private static func part(_ letter: UInt8, _ width: Int, _ civil: CivilTime) -> String {
        switch letter {
        case UInt8(ascii: "y"): Digits.padded(width == 2 ? civil.year % 100 : civil.year, width)
        case UInt8(ascii: "M"): Digits.padded(civil.month, width)
        case UInt8(ascii: "d"): Digits.padded(civil.day, width)
        case UInt8(ascii: "H"): Digits.padded(civil.hour, width)
        case UInt8(ascii: "h"): Digits.padded((civil.hour + 11) % 12 + 1, width)
        case UInt8(ascii: "m"): Digits.padded(civil.minute, width)
        case UInt8(ascii: "s"): Digits.padded(civil.second, width)
        default: FormatSigns.fraction(civil.fraction, width, trims: letter == UInt8(ascii: "F"))
        }
    }
}

/// The text of `format_timespan()`.
struct TimespanFormat {
    private let runs: [(letter: Character, width: Int)]

    /// `nil` for a text with letters other than `d h H m s f F` and the signs.
    init?(_ text: String) {
        var runs: [(Character, Int)] = [], rest = text[...]
        while let first = rest.first {
            let run = rest.prefix { $0 == first }
            rest = rest[run.endIndex...]
            guard "dhHmsfF".contains(first) ? run.count <= 8 : FormatSigns.all.contains(first) else { return nil }
            runs.append((first, run.count))
        }
        self.runs = runs
    }

    func text(of ticks: Int64) -> String {
        let magnitude = ticks.magnitude
        let (seconds, fraction) = magnitude.quotientAndRemainder(dividingBy: 10_000_000)
        return runs.reduce(into: ticks < 0 ? "-" : "") { text, run in
            switch run.letter {
            case "d": text += Digits.padded(seconds / 86_400, run.width)
            case "h", "H": text += Digits.padded(seconds / 3600 % 24, run.width)
            case "m": text += Digits.padded(seconds / 60 % 60, run.width)
            case "s": text += Digits.padded(seconds % 60, run.width)
            case "f", "F": text += FormatSigns.fraction(Int64(fraction), min(run.width, 7), trims: run.letter == "F")
            default: text += String(repeating: run.letter, count: run.width)
            }
        }
    }
}

/// What both formats share.
enum FormatSigns {
    /// What may stand between parts.
    static let all: Set<Character> = ["/", "-", ":", ",", ".", "_", "[", "]", " "]

    /// The first digits of a second's fraction, which is in ticks.
    static func fraction(_ ticks: Int64, _ width: Int, trims: Bool) -> String {
        var digits = Substring(Digits.padded(ticks, 7)).prefix(width)
        while trims, digits.last == "0" { digits.removeLast() }
        return String(digits)
    }
}
