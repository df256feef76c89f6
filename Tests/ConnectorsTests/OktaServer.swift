import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
    private let streamSocket = Int32(SOCK_STREAM.rawValue)
#else
    import Darwin
    private let streamSocket = SOCK_STREAM
#endif

/// A server on a loopback port that answers each request with what a function says, and keeps what it was asked.
final class OktaServer: Sendable {
    struct Request: Sendable {
        let method: String
        /// Path and query, as they were sent.
        let target: String
        let headers: [String: String]
        let body: String

        var line: String { "\(method) \(target)" }
        var path: String { String(target.prefix { $0 != "?" }) }

        /// The fields of the query or, with `body`, of a form.
        static func fields(_ text: some StringProtocol) -> [String: String] {
            Dictionary(
                text.split(separator: "&").map { field in
                    let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    return (String(parts[0]), parts.count > 1 ? String(parts[1]).removingPercentEncoding ?? "?" : "")
                }, uniquingKeysWith: { $1 })
        }

        var query: [String: String] { Self.fields(target.drop { $0 != "?" }.dropFirst()) }
        var form: [String: String] { Self.fields(body) }
    }

    struct Reply: Sendable {
        /// What becomes of the connection after the body.
        enum Ending: Sendable {
            /// The body is as long as its head says.
            case whole
            /// The head promised ten bytes more.
            case cut
            /// Ten bytes more are promised, and the connection stays open until the client leaves.
            case held
            /// Nothing is sent at all.
            case silent
        }

        var status = 200
        var headers: [(String, String)] = []
        var body = ""
        var ending = Ending.whole
    }

    let url: String
    private let listener: Int32
    private let seen = Mutex<[Request]>([])
    private let answer: @Sendable (Request, Int) -> Reply

    /// The requests so far.
    var requests: [Request] { seen.withLock { $0 } }
    /// Their methods and targets.
    var lines: [String] { requests.map(\.line) }

    /// - Parameter answer: Given the request and its number, from 0.
    init(_ answer: @escaping @Sendable (Request, Int) -> Reply) throws {
        self.answer = answer
        let (listener, port) = Self.listenOnLoopback()
        guard port != 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        self.listener = listener
        url = "http://127.0.0.1:\(port)"
        Thread.detachNewThread { [self] in serve() }
    }

    /// A server that gives these replies in turn, the last again and again.
    convenience init(_ replies: [Reply]) throws {
        try self.init { _, index in replies[min(index, replies.count - 1)] }
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func listenOnLoopback() -> (listener: Int32, port: UInt16) {
        let listener = socket(AF_INET, streamSocket, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                bind(listener, name, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, name, &length) == 0
            }
        }
        return (listener, isBound ? address.sin_port.bigEndian : 0)
    }

    private func serve() {
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            Thread.detachNewThread { [self] in converse(connection) }
        }
        close(listener)
    }

    private func converse(_ connection: Int32) {
        defer { close(connection) }
        guard let request = Self.readRequest(connection) else { return }
        let index = seen.withLock { seen in
            seen.append(request)
            return seen.count - 1
        }
        let reply = answer(request, index)
        if reply.ending == .silent { return }
        let length = reply.body.utf8.count + (reply.ending == .whole ? 0 : 10)
        let head =
            (["HTTP/1.1 \(reply.status) Answer", "Content-Length: \(length)", "Connection: close"]
            + reply.headers.map { "\($0.0): \($0.1)" }).joined(separator: "\r\n")
        let bytes = Array("\(head)\r\n\r\n\(reply.body)".utf8)
        // A client that has left must not end the process.
        let noSignal: Int32 = 0x4000
        var position = 0
        while position < bytes.count {
            let count = bytes[position...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, noSignal) }
            guard count > 0 else { return }
            position += count
        }
        var byte: UInt8 = 0
        if reply.ending == .held { while recv(connection, &byte, 1, 0) > 0 {} }
    }

    private static func readRequest(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = [], piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let lines = text[..<end.lowerBound].split(separator: "\r\n")
                let headers = Dictionary(
                    lines.dropFirst().map { line in
                        let parts = line.split(separator: ":", maxSplits: 1)
                        return (
                            parts[0].lowercased(), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                        )
                    }, uniquingKeysWith: { "\($0), \($1)" })
                if text[end.upperBound...].utf8.count >= Int(headers["content-length"] ?? "0") ?? 0 {
                    let words = lines[0].split(separator: " ").map(String.init)
                    return Request(
                        method: words[0], target: words[1], headers: headers, body: String(text[end.upperBound...]))
                }
            }
            let count = recv(connection, &piece, piece.count, 0)
            if count <= 0 { return nil }
            bytes += piece[..<count]
        }
    }
}
