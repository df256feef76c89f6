import Testing

@testable import Digests

/// The numbers of RFC 7515, appendices A.2 and A.3, as its JSON Web Keys write them.
enum Vectors {
    static let modulus =
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql"
            + "L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
            + "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoud"
            + "F8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
    static let privateExponent =
        "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe"
            + "46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9J"
            + "YanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuh"
            + "LhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ"
    static let factors = [
        "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJ"
            + "NPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc",
        "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_Yw"
            + "D66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc",
        "BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJ"
            + "eDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0",
        "h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-N"
            + "KJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU",
        "IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi8"
            + "7w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U",
    ]
    static let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
    static let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
    static let scalar = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"

    static let payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
    static let encodedPayload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    static let rs256 =
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujG"
            + "bds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
            + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6"
            + "LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    static let es256 = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

    static func bytes(_ text: String) throws -> [UInt8] { try #require([UInt8](base64URL: text)) }

    static func rsa(factors: [String] = factors) throws -> SigningKey {
        try SigningKey(
            modulus: bytes(modulus), exponent: [1, 0, 1], privateExponent: bytes(privateExponent),
            factors: factors.map(bytes))
    }

    static func p256(x: String = x, y: String = y, scalar: String = scalar) throws -> SigningKey {
        try SigningKey(x: bytes(x), y: bytes(y), scalar: bytes(scalar))
    }
}

@Suite("Signing keys")
struct SigningKeyTests {
    @Test("RS256 signs as RFC 7515, appendix A.2, with and without the factors", arguments: [Vectors.factors, []])
    func rs256(factors: [String]) throws {
        let key = try Vectors.rsa(factors: factors)
        let token = try key.signedToken(header: #"{"alg":"RS256"}"#, payload: Vectors.payload)
        #expect(token == "eyJhbGciOiJSUzI1NiJ9." + Vectors.encodedPayload + "." + Vectors.rs256)
    }

    @Test("ES256 verifies the signature of RFC 7515, appendix A.3, and only that")
    func es256() throws {
        let input = Array(("eyJhbGciOiJFUzI1NiJ9." + Vectors.encodedPayload).utf8)
        var signature = try Vectors.bytes(Vectors.es256)
        let key = try Vectors.p256().publicKey
        #expect(key.verifies(signature, of: input))
        #expect(!key.verifies(signature, of: input + [0x20]))
        signature[0] ^= 1
        #expect(!key.verifies(signature, of: input))
    }

    @Test("ES256 signs with 64 bytes, other ones each time, which its public half verifies", arguments: 0..<40)
    func ownSignature(round: Int) throws {
        // About one r or s in 256 has a leading zero, which DER leaves out and JOSE keeps.
        let key = try round.isMultiple(of: 2) ? Vectors.p256() : SigningKey.ephemeral()
        let message = Array("message \(round)".utf8)
        let (one, two) = (try key.signature(of: message), try key.signature(of: message))
        #expect(one.count == 64)
        #expect(one != two)
        #expect(key.publicKey.verifies(one, of: message))
        #expect(try !SigningKey.ephemeral().publicKey.verifies(one, of: message))
    }

    @Test("Short r and s keep their zeros")
    func shortNumbers() throws {
        let raw = [UInt8](repeating: 0, count: 31) + [7] + [UInt8](repeating: 0, count: 30) + [1, 2]
        let encoded = try #require(ECDSASignature.encoded(raw))
        #expect(encoded == [0x30, 0x07, 0x02, 0x01, 7, 0x02, 0x02, 1, 2])
        #expect(ECDSASignature.raw(encoded) == raw)
        #expect(ECDSASignature.encoded(Array(raw.dropLast())) == nil)
        #expect(ECDSASignature.raw([0x30, 0x00]) == nil)
    }

    @Test(
        "PEM in each form is the same key",
        arguments: [
            (KeyTexts.pkcs1, SigningKey.Algorithm.rs256), (KeyTexts.pkcs8RSA, .rs256), (KeyTexts.sec1, .es256),
            (KeyTexts.sec1WithParameters, .es256), (KeyTexts.pkcs8P256, .es256), ("a note\n" + KeyTexts.sec1, .es256),
        ])
    func pem(text: String, algorithm: SigningKey.Algorithm) throws {
        let key = try SigningKey(pem: text)
        #expect(key.algorithm == algorithm)
        #expect(try key.publicKey == (algorithm == .rs256 ? Vectors.rsa() : Vectors.p256()).publicKey)
    }

    @Test("The public half is what a JSON Web Key says")
    func publicHalf() throws {
        #expect(try Vectors.rsa().publicKey == .rsa(modulus: Vectors.bytes(Vectors.modulus), exponent: [1, 0, 1]))
        #expect(try Vectors.p256().publicKey == .p256(x: Vectors.bytes(Vectors.x), y: Vectors.bytes(Vectors.y)))
    }

    @Test(
        "What is no usable key says why",
        arguments: [
            ("", KeyFault.unreadable), ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", .unreadable),
            (KeyTexts.publicHalf, .unreadable), (KeyTexts.encrypted, .encrypted),
            (KeyTexts.encryptedInTheOldWay, .encrypted),
            (KeyTexts.ed25519, .unsupported("ED25519")), (KeyTexts.p384, .unsupported("secp384r1")),
            (KeyTexts.rsa1024, .weak(bits: 1024)),
        ])
    func faults(pem: String, fault: KeyFault) {
        #expect(throws: fault) { try SigningKey(pem: pem) }
    }

    @Test("Halves of two keys are refused")
    func mismatch() throws {
        #expect(throws: KeyFault.mismatched) { try Vectors.p256(scalar: Vectors.x) }
        #expect(throws: KeyFault.self) { try Vectors.p256(x: Vectors.y, y: Vectors.x) }
        let other = try Vectors.bytes(Vectors.privateExponent).reversed()
        #expect(throws: KeyFault.mismatched) {
            try SigningKey(modulus: Vectors.bytes(Vectors.modulus), exponent: [1, 0, 1], privateExponent: Array(other))
        }
    }

    @Test("Printing a key shows only its algorithm")
    func printed() throws {
        #expect(try "\(Vectors.p256())" == "a private key for ES256")
        #expect(try String(reflecting: Vectors.rsa()) == "a private key for RS256")
    }
}

@Suite("Base64 for URLs")
struct Base64URLTests {
    @Test(
        "The texts of RFC 4648, section 10, and the two characters of its own",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func texts(plain: String, encoded: String) {
        #expect(Array(plain.utf8).base64URL == encoded)
        #expect([UInt8](base64URL: encoded) == Array(plain.utf8))
    }

    @Test("Every byte comes back")
    func bytes() {
        #expect(([0xFB, 0xEF, 0xFF] as [UInt8]).base64URL == "--__")
        for count in 0..<9 {
            for byte in UInt8.min...UInt8.max {
                let bytes = [UInt8](repeating: byte, count: count)
                #expect([UInt8](base64URL: bytes.base64URL) == bytes)
            }
        }
    }

    @Test(
        "What no encoder writes is refused", arguments: ["Z", "Zg==", "Zm9v\n", "Z+8v", "Z/8v", "Zm9vä", "Zh", "Zm9"])
    func refused(text: String) { #expect([UInt8](base64URL: text) == nil) }
}
