internal import Diagnostics
internal import Foundation

/// PowerShell's encoded commands: UTF-16 in base 64 (`about_PowerShell_exe`).
enum EncodedCommand {
    /// The command that a command line holds encoded, made visible and cut; `nil` where it holds none.
    static func decoded(_ commandLine: String) -> String? { plain(commandLine)?.visible(limit: 200) }

    /// The same as it is; log text, up to 10,000 UTF-16 units of it.
    static func plain(_ commandLine: String) -> String? {
        let match = commandLine.prefix(20_000).firstMatch(of: #/(?i)\s[-\/]e[a-z]*\s+["']?([a-z0-9+\/]{8,}={0,2})/#)
        guard let text = match.map({ String($0.1) }) else { return nil }
        let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), data.count >= 4 else { return nil }
        let bytes = [UInt8](data)
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
        let plain = String(decoding: units, as: UTF16.self)
        guard plain.unicodeScalars.prefix(8).allSatisfy({ $0.isASCII }) else { return nil }
        return plain
    }
}
