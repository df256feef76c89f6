/// Punycode (RFC 3492).
enum Punycode {
    private static let base = 36, low = 1, high = 26
    /// A longer text is no name of a host; the algorithm is quadratic.
    private static let limit = 1024

    static func encoded(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { Int($0.value) }
        guard scalars.count <= limit else { return "" }
        let basic = scalars.filter { $0 < 128 }
        var result =
            String(String.UnicodeScalarView(basic.compactMap { Unicode.Scalar($0) })) + (basic.isEmpty ? "" : "-")
        var code = 128, delta = 0, bias = 72, done = basic.count
        while done < scalars.count {
            guard let next = scalars.filter({ $0 >= code }).min() else { break }
            delta += (next - code) * (done + 1)
            code = next
            for scalar in scalars {
                if scalar < code { delta += 1 }
                guard scalar == code else { continue }
                result += digits(of: delta, bias)
                bias = adapted(delta, done + 1, isFirst: done == basic.count)
                delta = 0
                done += 1
            }
            delta += 1
            code += 1
        }
        return result
    }

    /// The empty text where it is no Punycode.
    static func decoded(_ text: String) -> String {
        guard text.utf8.count <= limit, text.utf8.allSatisfy({ $0 < 128 }) else { return "" }
        let cut = text.utf8.lastIndex(of: UInt8(ascii: "-"))
        var scalars = cut.map { text.utf8[..<$0].map(Int.init) } ?? []
        var digits = Array(cut.map { text.utf8[$0...].dropFirst() } ?? text.utf8[...])[...]
        var code = 128, index = 0, bias = 72
        while !digits.isEmpty {
            guard let step = number(&digits, bias) else { return "" }
            let count = scalars.count + 1, old = index
            index += step
            bias = adapted(index - old, count, isFirst: old == 0)
            code += index / count
            index %= count
            guard code <= 0x10FFFF else { return "" }
            scalars.insert(code, at: index)
            index += 1
        }
        return String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar(UInt32($0)) }))
    }

    private static func threshold(_ place: Int, _ bias: Int) -> Int { min(max(place - bias, low), high) }

    private static func digits(of delta: Int, _ bias: Int) -> String {
        var rest = delta, place = base, result = ""
        while true {
            let threshold = threshold(place, bias)
            if rest < threshold { return result + digit(rest) }
            result += digit(threshold + (rest - threshold) % (base - threshold))
            rest = (rest - threshold) / (base - threshold)
            place += base
        }
    }

    private static func digit(_ value: Int) -> String {
        String(UnicodeScalar(UInt8(value < 26 ? value + 97 : value + 22)))
    }

    /// A number in the variable base at the head of `digits`, which moves past it.
    private static func number(_ digits: inout ArraySlice<UInt8>, _ bias: Int) -> Int? {
        var value = 0, weight = 1, place = base
        while let byte = digits.popFirst() {
            let letter = TextFolding.folded(byte)
            let digit = byte.isDecimalDigit ? Int(byte) - 22 : Int(letter) - 97
            guard (0..<base).contains(digit), weight < 1 << 30 else { return nil }
            value += digit * weight
            let threshold = threshold(place, bias)
            if digit < threshold { return value < 1 << 40 ? value : nil }
            weight *= base - threshold
            place += base
        }
        return nil
    }

    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2, steps = 0
        delta += delta / count
        while delta > (base - low) * high / 2 {
            delta /= base - low
            steps += base
        }
        return steps + (base - low + 1) * delta / (delta + 38)
    }
}
