import QuestionnaireFiles
import Testing

@Suite struct FuzzTests {
    /// Each round changes some bytes of some files. Loading gives a catalogue or faults; it never stops the process.
    @Test(arguments: 1...8)
    func `mutated bytes load or give faults`(seed: UInt64) {
        var random = SplitMix(state: seed)
        let folder = TemporaryFolder()
        let sample = Sample().files.mapValues { Array($0.utf8) }.sorted { $0.key < $1.key }
        for (path, bytes) in sample { folder.write(bytes, to: path) }
        for _ in 0..<150 {
            let (path, bytes) = sample[Int.random(in: sample.indices, using: &random)]
            folder.write(mutated(bytes, &random), to: path)
            do {
                let catalogue = try folder.load()
                #expect(catalogue.questionnaires.count == 1)
            } catch {
                #expect(!error.faults.isEmpty)
                #expect(error.faults.allSatisfy { $0.line >= 1 && !$0.message.isEmpty && !$0.message.contains("\n") })
            }
            folder.write(bytes, to: path)
        }
    }

    private static let interesting = Array("-:{}[],&*!|>'\"%@`#?~ \n\t0129.\u{0}\u{7F}".utf8) + [0x80, 0xC3, 0xE2, 0xFF]

    private func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &random)
            let end = min(bytes.count, index + Int.random(in: 1...20, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[index] = Self.interesting.randomElement(using: &random) ?? 0
            case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.removeSubrange(index..<end)
            case 3: bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: bytes.indices, using: &random))
            default: bytes.insert(Self.interesting.randomElement(using: &random) ?? 0, at: index)
            }
        }
        return bytes
    }
}

/// A generator whose numbers are the same on every machine.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
