import Foundation
import Testing

@testable import Store

/// A folder that goes when the test ends, whatever happens in it.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
    return try await body(folder)
}

/// A store in a folder of its own, closed afterwards.
func withStore<Result>(
    _ options: StoreOptions = .init(), _ body: (Store) async throws -> Result
) async throws -> Result {
    try await withFolder { folder in
        let store = try Store.open(folder: folder + "/data", options: options)
        do {
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }
}

/// A tmpfs of a few megabytes, so that a disk can be full; root only.
func withSmallDisk(kilobytes: Int, _ body: (String) async throws -> Void) async throws {
    try await withFolder { folder in
        let disk = folder + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
        try #require(shell("mount -t tmpfs -o size=\(kilobytes)k tmpfs '\(disk)'").status == 0)
        do {
            try await body(disk)
        } catch {
            #expect(try shell("umount -l '\(disk)'").status == 0)
            throw error
        }
        #expect(try shell("umount '\(disk)'").status == 0)
    }
}

/// Runs a command in a process of its own. Reading a database's file in *this* process would drop SQLite's locks on it.
func shell(_ command: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

/// The files in a folder that contain a text.
func files(in folder: String, containing text: String) throws -> [String] {
    try shell("cd '\(folder)' && grep -rlaF -e '\(text)' .").output.split(separator: "\n").map(String.init).sorted()
}

let isRoot = getuid() == 0
