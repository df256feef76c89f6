internal import CCrypto

/// Makes libcrypto's keys of their numbers; all are big-endian.
///
/// libcrypto's builder keeps every pointer that it is given until the key is made; so names are `StaticString`s,
/// in the spelling of its manual, "EVP_PKEY-RSA" and "EVP_PKEY-EC".
enum KeyBuilder {
    /// An RSA key. Its private exponent is left out for a public key; the factors, where they are known, make
    /// signing faster and must be given together, in the order of RFC 8017: p, q, d mod p-1, d mod q-1, q^-1 mod p.
    static func rsa(
        modulus: [UInt8], exponent: [UInt8], privateExponent: [UInt8]? = nil, factors: [[UInt8]] = []
    ) throws(KeyFault) -> KeyHandle {
        var numbers: [(StaticString, [UInt8])] = [("n", modulus), ("e", exponent)]
        if let privateExponent { numbers.append(("d", privateExponent)) }
        if factors.count == factorNames.count { numbers += zip(factorNames, factors) }
        return try collect(numbers) { make("RSA", isPrivate: privateExponent != nil, $0) }
    }

    private static let factorNames: [StaticString] = [
        "rsa-factor1", "rsa-factor2", "rsa-exponent1", "rsa-exponent2", "rsa-coefficient1",
    ]

    /// A key on P-256 with its point; without `scalar` a public key.
    static func p256(x: [UInt8], y: [UInt8], scalar: [UInt8]? = nil) throws(KeyFault) -> KeyHandle {
        let point = [4] + x + y
        let numbers: [(StaticString, [UInt8])] = if let scalar { [("priv", scalar)] } else { [] }
        return try collect(numbers) { parameters in
            point.withUnsafeBytes { octets in
                guard OSSL_PARAM_BLD_push_utf8_string(parameters, pointer("group"), pointer("prime256v1"), 0) == 1,
                    OSSL_PARAM_BLD_push_octet_string(parameters, pointer("pub"), octets.baseAddress, octets.count) == 1
                else { return nil }
                return make("EC", isPrivate: scalar != nil, parameters)
            }
        }
    }

    /// Gathers numbers, which must live until the key is made, and frees them afterwards.
    private static func collect(
        _ numbers: [(name: StaticString, bytes: [UInt8])], _ body: (OpaquePointer) -> OpaquePointer?
    ) throws(KeyFault) -> KeyHandle {
        defer { ERR_clear_error() }
        guard let parameters = OSSL_PARAM_BLD_new() else { throw .failed }
        var owned: [OpaquePointer] = []
        defer {
            OSSL_PARAM_BLD_free(parameters)
            owned.forEach { BN_clear_free($0) }
        }
        for (name, bytes) in numbers {
            guard let number = BN_bin2bn(bytes, Int32(clamping: bytes.count), nil) else { throw .failed }
            owned.append(number)
            guard OSSL_PARAM_BLD_push_BN(parameters, pointer(name), number) == 1 else { throw .failed }
        }
        guard let key = body(parameters) else { throw .unreadable }
        return KeyHandle(owning: key)
    }

    private static func pointer(_ name: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    private static func make(_ kind: String, isPrivate: Bool, _ parameters: OpaquePointer) -> OpaquePointer? {
        guard let list = OSSL_PARAM_BLD_to_param(parameters) else { return nil }
        defer { OSSL_PARAM_free(list) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, kind, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, isPrivate ? ccrypto_key_pair : ccrypto_public_key, list) == 1
        else { return nil }
        return key
    }
}
