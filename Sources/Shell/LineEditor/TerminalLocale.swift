#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The character set of the terminal, which libedit takes from the process's locale.
enum TerminalLocale {
    /// Sets the user's locale, or a UTF-8 one when that is something else; a notice when there is none.
    static func prepare() -> String? {
        for name in ["", "C.UTF-8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil {
            if isUTF8 { return nil }
        }
        return "no UTF-8 locale was found: letters beyond ASCII may be shown wrongly (set LANG=C.UTF-8)"
    }

    /// Whether the user's own settings say UTF-8, whatever the process was set to since: the first that is not empty of
    /// `LC_ALL`, `LC_CTYPE` and `LANG` counts, and without any it is the `C` locale (POSIX.1-2017, base definitions, 8.2).
    static func isUTF8(in environment: [String: String]) -> Bool {
        let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        return ["utf-8", "utf8"].contains { name.lowercased().contains($0) }
    }

    private static var isUTF8: Bool {
        guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
        return ["utf-8", "utf8"].contains(String(cString: name).lowercased())
    }
}
