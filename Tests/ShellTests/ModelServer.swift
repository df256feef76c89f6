import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A chat endpoint on a thread of its own, so that tests that block cannot starve it.
///
/// Answers each request with the next of its texts, as one streamed chunk; a `nil` text is never answered.
final class ModelServer: Sendable {
    let url: String
    private let listener: Int32
    private let asked = Mutex<[String]>([])

    /// The bodies of the requests so far.
    var requests: [String] { asked.withLock { $0 } }

    init(answering answer: @escaping @Sendable (String) -> String?) throws {
        let listener = try Self.listen()
        self.listener = listener
        var address = sockaddr_in(), size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
        }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1"
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { [weak self] in self?.serve(connection, answer) }
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

    private func serve(_ connection: Int32, _ answer: (String) -> String?) {
        let body = Self.body(from: connection)
        asked.withLock { $0.append(body) }
        // A request that is never answered keeps its connection; it goes with the process.
        guard let text = answer(body) else { return }
        let quoted = (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        let reply = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
            + "data: {\"model\":\"tiny\",\"choices\":[{\"delta\":{\"content\":\(quoted)},\"finish_reason\":null}]}\n\n"
            + "data: {\"model\":\"tiny\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
        _ = Array(reply.utf8).withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
        close(connection)
    }

    private static func body(from connection: Int32) -> String {
        var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let head = text.range(of: "\r\n\r\n") {
                let length = text[..<head.lowerBound].split(separator: "\r\n")
                    .first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                if text[head.upperBound...].utf8.count >= length { return String(text[head.upperBound...]) }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return "" }
            bytes += buffer[..<count]
        }
    }
}

private func startListening(_ descriptor: Int32) -> Int32 { listen(descriptor, 16) }
