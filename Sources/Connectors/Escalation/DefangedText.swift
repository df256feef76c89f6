extension String {
    /// This text without links and mentions that a chat or a telephone would make of it: `https[:]//…`, `[@]here`.
    ///
    /// Addresses of mail keep their `@`, as it stands inside a word. By scalars: a combining mark must not hide a
    /// character. Never makes a text shorter.
    var defanged: String {
        let scalars = Array(unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let isLink = scalar == ":" && scalars.dropFirst(index + 1).prefix(2).elementsEqual(["/", "/"])
            let isMention = scalar == "@" && (index == 0 || !scalars[index - 1].isPartOfMailName)
            result.append(contentsOf: isLink || isMention ? ["[", scalar, "]"] : [scalar])
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    /// Whether it may stand before the `@` of an address, as far as real ones go.
    fileprivate var isPartOfMailName: Bool {
        properties.isAlphabetic || ("0"..."9").contains(self) || [".", "_", "-", "+", "%"].contains(self)
    }
}
