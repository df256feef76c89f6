internal import Digests
internal import JSON

/// Keys as JSON Web Keys (RFC 7517; their members in RFC 7518, section 6).
enum JSONWebKey {
    /// The private key of a JSON Web Key, or of a set that holds one, with its id where it has one.
    static func privateKey(_ json: JSONValue) throws(KeyFault) -> (key: SigningKey, id: String?) {
        if let keys = json["keys"]?.array {
            guard keys.count == 1, let only = keys.first else { throw .unreadable }
            return try privateKey(only)
        }
        let id = json["kid"]?.string
        switch json["kty"]?.string {
        case "RSA":
            let factors = ["p", "q", "dp", "dq", "qi"].compactMap { try? number(json, $0) }
            return (
                try SigningKey(
                    modulus: number(json, "n"), exponent: number(json, "e"), privateExponent: number(json, "d"),
                    factors: factors.count == 5 ? factors : []), id
            )
        case "EC":
            guard let curve = json["crv"]?.string else { throw .unreadable }
            guard curve == "P-256" else { throw .unsupported(curve) }
            return (
                try SigningKey(
                    x: coordinate(json, "x"), y: coordinate(json, "y"), scalar: coordinate(json, "d")), id
            )
        case let kind?: throw .unsupported(kind)
        case nil: throw .unreadable
        }
    }

    private static func number(_ json: JSONValue, _ name: String) throws(KeyFault) -> [UInt8] {
        guard let text = json[name]?.string, let bytes = [UInt8](base64URL: text), !bytes.isEmpty else {
            throw .unreadable
        }
        return bytes
    }

    private static func coordinate(_ json: JSONValue, _ name: String) throws(KeyFault) -> [UInt8] {
        let bytes = try number(json, name)
        guard bytes.count == 32 else { throw .unreadable }
        return bytes
    }

    /// The half of a key that a proof shows.
    static func publicKey(_ key: PublicKey) -> JSONValue {
        switch key {
        case .rsa(let modulus, let exponent):
            ["kty": "RSA", "n": .string(modulus.base64URL), "e": .string(exponent.base64URL)]
        case .p256(let x, let y):
            ["kty": "EC", "crv": "P-256", "x": .string(x.base64URL), "y": .string(y.base64URL)]
        }
    }
}
