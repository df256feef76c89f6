import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// An HTTP server on threads of its own, so that tests that block cannot starve it.
final class LocalServer: Sendable {
    /// What a client asked: everything before the empty line, and what follows it.
    struct Request: Hashable, Sendable {
        let head: String
        let body: String

        /// The path and query of the first line.
        var target: String { String(head.split(separator: " ").dropFirst().first ?? "") }
    }

    /// Scheme, host and port.
    let origin: String
    private let listener: Int32
    private let asked = Mutex<[Request]>([])

    /// The requests so far.
    var requests: [Request] { asked.withLock { $0 } }

    /// - Parameter answer: Gives the whole answer, head and body; a request for which it gives `nil` is never answered.
    init(answering answer: @escaping @Sendable (Request, _ origin: String) -> String?) throws {
        let listener = try Self.listen()
        self.listener = listener
        var address = sockaddr_in(), size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
        }
        let origin = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        self.origin = origin
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { [weak self] in self?.serve(connection) { answer($0, origin) } }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)); close(listener) }

    private static func listen() throws -> Int32 {
        #if canImport(Darwin)
            let listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0, startListening(listener) == 0 else { throw POSIXError(.EADDRINUSE) }
        return listener
    }

    private func serve(_ connection: Int32, _ answer: (Request) -> String?) {
        let request = Self.request(from: connection)
        asked.withLock { $0.append(request) }
        // A request that is never answered keeps its connection; it goes with the process.
        guard let reply = answer(request) else { return }
        _ = Array(reply.utf8).withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
        close(connection)
    }

    private static func request(from connection: Int32) -> Request {
        var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let head = text.range(of: "\r\n\r\n") {
                let length = text[..<head.lowerBound].split(separator: "\r\n")
                    .first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                if text[head.upperBound...].utf8.count >= length {
                    return Request(head: String(text[..<head.lowerBound]), body: String(text[head.upperBound...]))
                }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return Request(head: text, body: "") }
            bytes += buffer[..<count]
        }
    }
}

private func startListening(_ descriptor: Int32) -> Int32 { listen(descriptor, 16) }
