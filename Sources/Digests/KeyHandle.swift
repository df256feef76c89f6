internal import CCrypto

/// Why a text or a set of numbers is no key that can be used.
public enum KeyFault: Error, Hashable, Sendable {
    /// It is not a private key in any form that is known here.
    case unreadable
    /// It is a private key behind a passphrase.
    case encrypted
    /// It is a key of another kind; the name is libcrypto's, such as `ED25519` or `secp384r1`.
    case unsupported(String)
    /// It is an RSA key of fewer than 2048 bits (RFC 7518, section 3.3).
    case weak(bits: Int)
    /// Its private part does not belong to its public part.
    case mismatched
    /// libcrypto could not work with it.
    case failed
}

/// libcrypto's key; owned here and freed with the last user.
///
/// Unchecked, for the pointer: the key is never changed after `init`, and libcrypto lets several threads use one
/// key as long as none changes it (its manual, "openssl-threads").
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over the key.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// Reads the first private key of a PEM text: PKCS#8, PKCS#1 or SEC1.
    static func read(pem: String) throws(KeyFault) -> KeyHandle {
        defer { ERR_clear_error() }
        let bytes = Array(pem.utf8)
        guard let source = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else { throw .failed }
        defer { BIO_free(source) }
        // Without a function of our own libcrypto would ask for a passphrase on the terminal.
        guard let key = PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in -1 }, nil) else {
            throw pem.contains("ENCRYPTED") ? .encrypted : .unreadable
        }
        return KeyHandle(owning: key)
    }

    /// A new key on the curve P-256.
    static func generateP256() throws(KeyFault) -> KeyHandle {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { throw .failed }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, p256) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else { throw .failed }
        return KeyHandle(owning: key)
    }

    /// libcrypto's name of P-256.
    static let p256 = "prime256v1"

    /// `RSA`, or the name of an elliptic curve, or of another kind of key.
    var kind: String {
        if EVP_PKEY_is_a(pointer, "RSA") == 1 { return "RSA" }
        var name = [CChar](repeating: 0, count: 80), count = 0
        if EVP_PKEY_get_group_name(pointer, &name, name.count, &count) == 1 {
            return String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return EVP_PKEY_get0_type_name(pointer).map { String(cString: $0) } ?? "unknown"
    }

    /// A number of the key, big-endian: as long as it needs, or padded with zeros to `width`.
    func number(_ name: String, width: Int? = nil) -> [UInt8]? {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &number) == 1 else { return nil }
        defer { BN_clear_free(number) }
        var bytes = [UInt8](repeating: 0, count: width ?? (Int(BN_num_bits(number)) + 7) / 8)
        return BN_bn2binpad(number, &bytes, Int32(bytes.count)) >= 0 ? bytes : nil
    }
}
