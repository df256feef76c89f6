internal import CCrypto

/// A private key that signs JSON Web Signatures: RS256 when it is RSA, ES256 when it lies on P-256 (RFC 7518).
///
/// The key cannot be read back, and printing it shows only its algorithm.
///
/// ```swift
/// let key = try SigningKey(pem: text)
/// let token = try key.signedToken(header: #"{"alg":"RS256"}"#, payload: #"{"iss":"me"}"#)
/// ```
public struct SigningKey: Sendable {
    /// How it signs; the name is that of the `alg` header.
    public enum Algorithm: String, Hashable, Sendable {
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        case rs256 = "RS256"
        /// ECDSA on P-256 with SHA-256.
        case es256 = "ES256"
    }

    /// How it signs, which its kind decides.
    public let algorithm: Algorithm
    /// The half that verifies what this key signs.
    public let publicKey: PublicKey
    private let handle: KeyHandle

    /// The smallest RSA key that RFC 7518, section 3.3, allows, in bits.
    static let leastBits = 2048

    /// The first private key of a PEM text: PKCS#8, PKCS#1 (`RSA PRIVATE KEY`) or SEC1 (`EC PRIVATE KEY`), without
    /// a passphrase.
    public init(pem: String) throws(KeyFault) { try self.init(KeyHandle.read(pem: pem)) }

    /// An RSA key of the numbers of a JSON Web Key (RFC 7518, section 6.3), big-endian.
    ///
    /// - Parameter factors: `p`, `q`, `dp`, `dq`, `qi` in this order, or empty.
    public init(
        modulus: [UInt8], exponent: [UInt8], privateExponent: [UInt8], factors: [[UInt8]] = []
    ) throws(KeyFault) {
        try self.init(
            KeyBuilder.rsa(modulus: modulus, exponent: exponent, privateExponent: privateExponent, factors: factors))
    }

    /// A P-256 key of the numbers of a JSON Web Key (RFC 7518, section 6.2): 32 bytes each, big-endian.
    public init(x: [UInt8], y: [UInt8], scalar: [UInt8]) throws(KeyFault) {
        try self.init(KeyBuilder.p256(x: x, y: y, scalar: scalar))
    }

    /// A fresh P-256 key that lives as long as this process keeps it.
    public static func ephemeral() throws(KeyFault) -> SigningKey { try SigningKey(KeyHandle.generateP256()) }

    private init(_ handle: KeyHandle) throws(KeyFault) {
        switch handle.kind {
        case "RSA":
            let bits = Int(EVP_PKEY_get_bits(handle.pointer))
            guard bits >= Self.leastBits else { throw .weak(bits: bits) }
            guard let modulus = handle.number(OSSL_PKEY_PARAM_RSA_N),
                let exponent = handle.number(OSSL_PKEY_PARAM_RSA_E)
            else { throw .unreadable }
            (algorithm, publicKey) = (.rs256, .rsa(modulus: modulus, exponent: exponent))
        case KeyHandle.p256:
            guard let x = handle.number(OSSL_PKEY_PARAM_EC_PUB_X, width: 32),
                let y = handle.number(OSSL_PKEY_PARAM_EC_PUB_Y, width: 32)
            else { throw .unreadable }
            (algorithm, publicKey) = (.es256, .p256(x: x, y: y))
        case let kind: throw .unsupported(kind)
        }
        self.handle = handle
        // A key file put together by hand may hold halves of two keys; the server would only say "invalid signature".
        let sample = Array("watchfloor".utf8)
        guard let signature = try? signature(of: sample), publicKey.verifies(signature, of: sample) else {
            throw .mismatched
        }
    }

    /// The signature of a message in JOSE's form: for ES256 r and s, 32 bytes each.
    public func signature(of message: [UInt8]) throws(KeyFault) -> [UInt8] {
        defer { ERR_clear_error() }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var count = 0
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, handle.pointer) == 1,
            EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { throw .failed }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else { throw .failed }
        signature.removeLast(signature.count - count)
        guard algorithm == .es256 else { return signature }
        guard let raw = ECDSASignature.raw(signature) else { throw .failed }
        return raw
    }

    /// A JSON Web Signature in its compact form (RFC 7515, section 3.1).
    ///
    /// - Parameters:
    ///   - header: JSON whose `alg` is this key's ``algorithm``.
    ///   - payload: Any text, such as the claims of a JSON Web Token.
    public func signedToken(header: String, payload: String) throws(KeyFault) -> String {
        let input = Array(header.utf8).base64URL + "." + Array(payload.utf8).base64URL
        return try input + "." + signature(of: Array(input.utf8)).base64URL
    }
}

extension SigningKey: CustomStringConvertible {
    /// The algorithm, never the key.
    public var description: String { "a private key for \(algorithm.rawValue)" }
}
