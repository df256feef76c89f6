extension ScalarFunctions {
    /// Paths of files.
    static let paths: [ScalarFunction] = [
        ScalarFunction("parse_path", [.text("path")], .dynamic) { arguments, _ in path(arguments.text(0)) }
    ]

    /// `scheme://root/directories/name.extension:stream`, with slashes of either kind; `\\?\` of long paths is dropped.
    private static func path(_ text: String) -> Scalar {
        var rest = text[...], scheme = "", root = "", stream = ""
        if let cut = rest.firstRange(of: "://") {
            (scheme, rest) = (String(rest[..<cut.lowerBound]), rest[cut.upperBound...])
        }
        if rest.hasPrefix(#"\\?\"#) { rest = rest.dropFirst(4) }
        if rest.dropFirst().first == ":", let drive = rest.first, drive.isASCII, drive.isLetter {
            root = String(rest.prefix(2))
        }
        let isSlash: (Character) -> Bool = { $0 == "/" || $0 == "\\" }
        let cut = rest.lastIndex(where: isSlash)
        var name = cut.map { rest[$0...].dropFirst() } ?? rest.dropFirst(root.count)
        if let colon = name.firstIndex(of: ":") {
            stream = String(name[colon...].dropFirst())
            name = name[..<colon]
        }
        let directory = cut.map { rest[..<$0] } ?? rest.prefix(root.count)
        let last = directory.dropFirst(root.count).split(whereSeparator: isSlash).last ?? ""
        let dot = name.lastIndex(of: ".")
        return .bag(texts: [
            ("Scheme", scheme), ("RootPath", root), ("DirectoryPath", String(directory)),
            ("DirectoryName", String(last)),
            ("Filename", String(name)), ("Extension", dot.map { String(name[$0...].dropFirst()) } ?? ""),
            ("AlternateDataStreamName", stream),
        ])
    }
}
