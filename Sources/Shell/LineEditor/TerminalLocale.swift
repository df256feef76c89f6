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

    private static var isUTF8: Bool {
        guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
        return ["utf-8", "utf8"].contains(String(cString: name).lowercased())
    }
}
