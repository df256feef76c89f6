internal import Diagnostics
internal import Digests
internal import JSON

/// The file of a service app's private key: PEM, or the JSON Web Key that Okta's console hands out.
enum OktaKeyFile {
    /// In bytes; an RSA key of 16384 bits has about 12 KiB.
    private static let sizeLimit = 64 << 10

    /// Reads a key file that only its owner may read.
    ///
    /// - Returns: The key, and the id that a JSON Web Key carries.
    static func read(_ path: String) throws(Diagnostic) -> (key: SigningKey, id: String?) {
        let bytes = try PrivateFile.read(secret: path, limit: sizeLimit)
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(KeyFault) {
            if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
                guard let json = try? JSONValue(parsing: bytes) else { throw KeyFault.unreadable }
                return try JSONWebKey.privateKey(json)
            }
            return (try SigningKey(pem: text), nil)
        } catch {
            throw diagnostic(error, path)
        }
    }

    private static func diagnostic(_ fault: KeyFault, _ path: String) -> Diagnostic {
        let (problem, remedy) =
            switch fault {
            case .unreadable:
                (
                    "holds no private key that can be read",
                    "Save the private key as PEM or as the JSON that Okta's console shows"
                )
            case .encrypted:
                ("is protected by a passphrase", "Store it without: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW")
            case .unsupported(let kind):
                (
                    "holds a key of the kind \(kind.visible(limit: 40))",
                    "Make an RSA key of 2048 bits or more, or one on P-256"
                )
            case .weak(let bits): ("holds an RSA key of only \(bits) bits", "Make one of 2048 bits or more")
            case .mismatched:
                ("holds a private key that does not fit its public half", "Download the key again, or make a new one")
            case .failed: ("could not be used by libcrypto", "Make a new key")
            }
        return Diagnostic("`\(path)` \(problem)", remedy: remedy, kind: .unavailable, at: Place(file: path))
    }
}
