import Foundation
import Testing

@testable import Store

@Suite struct FolderTests {
    @Test func `the data folder and its files are for their owner only`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder + "/deep/data")
            try await store.ready()
            let modes = try shell("stat -c '%a %n' '\(folder)/deep' '\(folder)/deep/data' '\(folder)'/deep/data/*").output
            await store.close()
            for line in modes.split(separator: "\n") {
                #expect(line.hasPrefix(line.hasSuffix("/data") || line.hasSuffix("/deep") ? "700 " : "600 "), "\(line)")
            }
        }
    }

    @Test func `REL-1 a second opening is refused with the holder's process id`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            #expect(throws: StoreError.folderInUse(path: folder, pid: getpid())) { try Store.open(folder: folder) }
            await store.close()
            await (try Store.open(folder: folder)).close()
        }
    }

    @Test func `REL-1 a refused opening closes its own file, once, and nobody else's`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            func openFiles() throws -> Int { try shell("ls -l /proc/\(getpid())/fd | grep -c '\(folder)/linchpin.lock'").output.count }
            let before = try openFiles()
            // A second close would hit whatever file got the number meanwhile: its use fails with "Bad file descriptor".
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for _ in 0..<300 { #expect(throws: StoreError.self) { try FolderLock(folder: folder) } } }
                group.addTask {
                    for number in 0..<300 {
                        let path = "\(folder)/other-\(number)"
                        try Files.write("x", to: path)
                        try Files.sync(path)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try openFiles() == before)
            await store.close()
        }
    }

    @Test func `REL-1 another process cannot take the lock while we hold it, and can afterwards`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            #expect(try shell("flock -n '\(folder)/linchpin.lock' true").status == 1)
            await store.close()
            #expect(try shell("flock -n '\(folder)/linchpin.lock' true").status == 0)
        }
    }

    @Test func `REL-1 a lock held by another process is respected`() async throws {
        try await withFolder { folder in
            await (try Store.open(folder: folder)).close()
            let holder = Process()
            holder.executableURL = URL(fileURLWithPath: "/bin/sh")
            holder.arguments = ["-c", "exec flock '\(folder)/linchpin.lock' sh -c 'echo held; read line'"]
            let (input, output) = (Pipe(), Pipe())
            holder.standardInput = input
            holder.standardOutput = output
            try holder.run()
            #expect(output.fileHandleForReading.readData(ofLength: 4) == Data("held".utf8))
            #expect { try Store.open(folder: folder) } throws: { error in
                guard case .folderInUse(folder, _) = error as? StoreError else { return false }
                return true
            }
            try input.fileHandleForWriting.close()
            holder.waitUntilExit()
            await (try Store.open(folder: folder)).close()
        }
    }

    @Test func `a folder that cannot be made is an error, not a crash`() async throws {
        try await withFolder { folder in
            try Data().write(to: URL(fileURLWithPath: folder + "/file"))
            #expect(throws: StoreError.cannotOpen(path: folder + "/file/data", reason: "Not a directory")) {
                try Store.open(folder: folder + "/file/data")
            }
        }
    }

    @Test func `REL-7 network file systems are told from local ones`() {
        let mounts = """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            36 22 0:45 / /srv/share rw,relatime shared:7 master:2 - nfs4 server:/x rw,vers=4.2
            37 22 0:46 / /home/me/remote rw,nosuid - fuse.sshfs me@host: rw
            38 22 0:47 / /home/me/vault rw,nosuid - fuse.gocryptfs vault rw
            """
        let kinds = ["8:1", "0:45", "0:46", "0:47", "9:9"].map { FileSystemKind.kind(ofDevice: $0, in: mounts) }
        #expect(kinds == ["ext4", "nfs4", "fuse.sshfs", "fuse.gocryptfs", nil])
        #expect(kinds.compactMap { $0 }.map(FileSystemKind.isNetwork) == [false, true, true, false])
        for kind in ["cifs", "smb3", "9p", "nfs"] { #expect(FileSystemKind.isNetwork(kind)) }
    }

    @Test(.enabled(if: isRoot && FileManager.default.fileExists(atPath: "/dev/fuse")))
    func `REL-7 the kind of a real mount is found`() async throws {
        try await withSmallDisk(kilobytes: 64) { disk in
            let device = try shell("stat -c '%Hd:%Ld' '\(disk)'").output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(FileSystemKind.kind(ofDevice: device, in: try Files.text("/proc/self/mountinfo", limit: 1 << 20)) == "tmpfs")
            #expect(try FileSystemKind.network(at: disk) == nil)
        }
    }

    @Test func `REL-3 the time of an fsync is measured`() async throws {
        try await withStore { #expect($0.facts.fsyncMicroseconds > 0) }
    }
}
