internal import CCrypto

/// The half of a key that others may know, as a JSON Web Key writes it (RFC 7517; RFC 7518, section 6).
public enum PublicKey: Hashable, Sendable {
    /// An RSA key; both numbers big-endian, without leading zeros.
    case rsa(modulus: [UInt8], exponent: [UInt8])
    /// A point on P-256; both coordinates 32 bytes, big-endian.
    case p256(x: [UInt8], y: [UInt8])

    /// Whether this key's owner signed the message: RS256 for RSA, ES256 for P-256.
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        switch self {
        case .rsa(let modulus, let exponent):
            guard let key = try? KeyBuilder.rsa(modulus: modulus, exponent: exponent) else { return false }
            return Self.verify(signature, of: message, key)
        case .p256(let x, let y):
            guard let key = try? KeyBuilder.p256(x: x, y: y), let encoded = ECDSASignature.encoded(signature) else {
                return false
            }
            return Self.verify(encoded, of: message, key)
        }
    }

    private static func verify(_ signature: [UInt8], of message: [UInt8], _ key: KeyHandle) -> Bool {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key.pointer) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}

/// The two forms of an ECDSA signature on P-256: libcrypto's DER, and JOSE's r and s of 32 bytes each, one after
/// the other (RFC 7518, section 3.4).
enum ECDSASignature {
    /// JOSE's form of a DER signature.
    static func raw(_ encoded: [UInt8]) -> [UInt8]? {
        encoded.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            guard let signature = d2i_ECDSA_SIG(nil, &next, bytes.count) else { return nil }
            defer { ECDSA_SIG_free(signature) }
            var raw = [UInt8](repeating: 0, count: 64)
            let isWhole = raw.withUnsafeMutableBufferPointer { raw in
                guard let start = raw.baseAddress else { return false }
                return BN_bn2binpad(ECDSA_SIG_get0_r(signature), start, 32) == 32
                    && BN_bn2binpad(ECDSA_SIG_get0_s(signature), start + 32, 32) == 32
            }
            return isWhole ? raw : nil
        }
    }

    /// The DER form of a JOSE signature; `nil` when it has not 64 bytes.
    static func encoded(_ raw: [UInt8]) -> [UInt8]? {
        guard raw.count == 64, let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let r = BN_bin2bn(raw, 32, nil), s = BN_bin2bn(Array(raw.suffix(32)), 32, nil)
        guard ECDSA_SIG_set0(signature, r, s) == 1 else {
            BN_free(r)
            BN_free(s)
            return nil
        }
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_ECDSA_SIG(signature, &bytes)
        defer { CRYPTO_free(bytes, nil, 0) }
        return count > 0 ? Array(UnsafeBufferPointer(start: bytes, count: Int(count))) : nil
    }
}
