import Assessment
import Glibc
import HTML
import QuestionnaireFiles
import Store
import Synchronization

/// Everything that pages need, put together once at start. A class: every request holds it, and counting one reference
/// is cheaper than counting those of all its parts.
public final class Site: Sendable {
    let configuration: SiteConfiguration
    let catalogue: Catalogue
    let store: Store
    let assets: Assets
    let log: AccessLog
    let clock: @Sendable () -> Timestamp
    let random: @Sendable (Int) -> [UInt8]
    let drawings: Drawings
    let requestIDs: RequestIDs
    let passwords: PasswordPool
    let commonPasswords: CommonPasswords
    let throttle = Throttle()
    let looks = Looks()
    let uploads = UploadGate()
    private let wordings: [Language: Words]
    private let frames: [Language: SiteFrame]

    /// Loads wording and assets, and refuses an edition that was answered and has changed since.
    public init(
        configuration: SiteConfiguration, catalogue: Catalogue, store: Store, log: AccessLog,
        clock: @escaping @Sendable () -> Timestamp = Site.systemClock,
        random: @escaping @Sendable (Int) -> [UInt8] = Site.systemRandom
    ) throws {
        for known in try store.knownEditions() {
            guard let loaded = catalogue.questionnaire(known.questionnaire, edition: known.edition) else {
                throw StartFault.editionMissing(questionnaire: known.questionnaire, edition: known.edition)
            }
            guard loaded.checksum == known.checksum else {
                throw StartFault.editionChanged(
                    questionnaire: known.questionnaire, edition: known.edition, recorded: known.checksum, found: loaded.checksum)
            }
        }
        self.configuration = configuration
        self.catalogue = catalogue
        self.store = store
        drawings = Drawings(catalogue)
        self.log = log
        self.clock = clock
        self.random = random
        requestIDs = RequestIDs(start: random(6))
        passwords = try PasswordPool(random: random)
        commonPasswords = try CommonPasswords(file: "\(configuration.webFolder)/common-passwords.txt")
        let assets = try Assets(webFolder: configuration.webFolder, logoFile: configuration.operatorLogo)
        self.assets = assets
        wordings = try Words.load(folder: "\(configuration.webFolder)/Text")
        frames = wordings.mapValues { SiteFrame($0, configuration: configuration, assets: assets) }
    }

    func words(_ language: Language) -> Words { wordings[language] ?? Words(language: language) }

    func frame(_ language: Language) -> SiteFrame {
        frames[language] ?? SiteFrame(words(language), configuration: configuration, assets: assets)
    }

    public static let systemClock: @Sendable () -> Timestamp = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The kernel's generator, asked for many bytes at a time: each page needs sixteen.
    public static let systemRandom: @Sendable (Int) -> [UInt8] = { count in
        count > 256 ? fresh(count) : stock.withLock { $0.take(count) }
    }

    private static let stock = Mutex(Stock())

    private struct Stock {
        private var bytes: [UInt8] = []

        /// Every byte is given out once.
        mutating func take(_ count: Int) -> [UInt8] {
            if bytes.count < count { bytes = Site.fresh(4_096) }
            defer { bytes.removeLast(count) }
            return Array(bytes.suffix(count))
        }
    }

    private static func fresh(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        for start in stride(from: 0, to: count, by: 256) {
            let isFilled = bytes.withUnsafeMutableBytes { getentropy($0.baseAddress.map { $0 + start }, min(256, count - start)) == 0 }
            // Without a source of randomness no token is safe: better no service.
            precondition(isFilled, "the kernel gives no random bytes")
        }
        return bytes
    }
}
