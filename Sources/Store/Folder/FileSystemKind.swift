import Glibc

/// What a folder lies on. SQLite's WAL needs shared memory, so both ends on one machine (sqlite.org/wal.html §1).
enum FileSystemKind {
    /// The name of a folder's file system where it is reached over a network; `nil` for a local one.
    static func network(at path: String) throws(StoreError) -> String? {
        guard Files.exists(mountInfo) else { return nil }
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw Files.fault(path) }
        let kind = kind(ofDevice: device(UInt64(facts.st_dev)), in: try Files.text(mountInfo, limit: 1 << 20))
        return kind.flatMap { isNetwork($0) ? $0 : nil }
    }

    /// File systems in user space that are local, such as an encrypted folder, are fine.
    static func isNetwork(_ kind: String) -> Bool {
        networks.contains(kind.hasPrefix("fuse.") ? String(kind.dropFirst(5)) : kind)
    }

    private static let networks: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "smbnetfs", "9p", "ceph", "ceph-fuse", "glusterfs", "afs", "coda", "ncpfs", "lustre",
        "gpfs", "ocfs2", "gfs2", "orangefs", "beegfs", "vboxsf", "vmhgfs", "vmhgfs-fuse", "prl_fs", "davfs", "davfs2", "sshfs",
        "rclone", "s3fs", "mount-s3", "goofys", "geesefs", "gcsfuse", "blobfuse", "blobfuse2", "curlftpfs", "juicefs", "JuiceFS",
        "moosefs", "mfs", "seaweedfs", "hdfs", "onedriver",
    ]

    /// Tells what statfs(2) tells in numbers, and for FUSE what statfs does not: which one.
    private static let mountInfo = "/proc/self/mountinfo"

    /// `major:minor` as in mountinfo, by glibc's layout of `dev_t`.
    private static func device(_ number: UInt64) -> String {
        let major = (number >> 8) & 0xFFF | (number >> 32) & ~0xFFF
        let minor = number & 0xFF | (number >> 12) & 0xFFFF_FF00
        return "\(major):\(minor)"
    }

    /// Reads lines such as `36 35 98:0 / /mnt rw,noatime master:1 - ext4 /dev/root rw` (proc(5)).
    static func kind(ofDevice device: String, in mountInfo: String) -> String? {
        for line in mountInfo.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 4, words[2] == device, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else { continue }
            return String(words[dash + 1])
        }
        return nil
    }
}
