internal import Diagnostics
internal import Foundation

/// PowerShell's encoded commands: UTF-16 in base 64 (`about_PowerShell_exe`).
enum EncodedCommand {
    /// The command that a command line holds encoded, made visible and cut; `nil` where it holds none.
    static func decoded(_ commandLine: String) -> String? { plain(commandLine)?.visible(limit: 200) }

    /// The same as it is; log text, up to 10,000 UTF-16 units of it.
    static func plain(_ commandLine: String) -> String? {
        guard let text = base64(in: commandLine) else { return nil }
        let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), data.count >= 4 else { return nil }
        let bytes = [UInt8](data)
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
        let plain = String(decoding: units, as: UTF16.self)
        return plain.unicodeScalars.prefix(8).allSatisfy({ $0.isASCII }) ? plain : nil
    }

    /// Whether there is one, be it cut off or not readable: `/e` of other programs has no such text behind it.
    static func isIn(_ commandLine: String) -> Bool { (base64(in: commandLine)?.utf8.count ?? 0) >= 24 }

    private static func base64(in commandLine: String) -> String? {
        guard commandLine.utf8.contains(where: { $0 == 0x2D || $0 == 0x2F }) else { return nil }
        let parameter = #/(?i)\s[-\/]e(?:c|n|nc|nco[a-z]*)?\s+["']?([a-z0-9+\/]{8,}={0,2})/#
        return commandLine.prefix(20_000).firstMatch(of: parameter).map { String($0.1) }
    }
}
