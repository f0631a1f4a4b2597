// Names of places in given images: those of this process, and those of one that lay elsewhere.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct SymbolizerTests {
    /// Where this function was called from, and the function that called it.
    @inline(never) private func place() throws -> CodePlace {
        let addresses = Thread.callStackReturnAddresses
        let address = try #require(addresses.dropFirst(2).first)
        return CodePlace(address: address.uint64Value, kind: .returnAddress)
    }

    @Test func `a place has its function, file, line and program`() throws {
        let place = try place()
        let line = #line - 1

        let frame = try #require(Symbolizer(images: LoadedImages.all).calls(at: [place])[place]?.last)

        #expect(frame.module == "FlycatcherTests")
        #expect(frame.filename == "Tests/FlycatcherTests/Stacks/SymbolizerTests.swift")
        #expect(frame.line == line)
        #expect(frame.package == ProcessFacts.executable)
        #expect(frame.instructionAddress == place.address - 1)
        #expect(frame.symbolAddress.map { $0 < place.address && place.address - $0 < 10_000 } == true)
        #expect(frame.rawFunction?.hasPrefix("$s15FlycatcherTests") == true)
    }

    @Test func `a process that lay elsewhere in memory is named alike`() throws {
        let place = try place()
        let images = LoadedImages.all
        let distance: UInt64 = 0x7_0000_0000
        let elsewhere = images.map { image in
            var image = image
            image.address &+= distance
            return image
        }
        let moved = CodePlace(address: place.address &+ distance, kind: .returnAddress)

        let here = Symbolizer(images: images).calls(at: [place])[place]
        let there = Symbolizer(images: elsewhere).calls(at: [moved])[moved]

        #expect(here?.isEmpty == false)
        #expect(there?.map(\.function) == here?.map(\.function))
        #expect(there?.map(\.line) == here?.map(\.line))
        #expect(there?.last?.symbolAddress == here?.last?.symbolAddress.map { $0 &+ distance })
    }

    @Test func `another build of the program names nothing`() throws {
        let place = try place()
        let images = LoadedImages.all.map { image in
            var image = image
            image.codeID = String(repeating: "ab", count: 20)
            return image
        }

        let frames = try #require(Symbolizer(images: images).calls(at: [place])[place])

        #expect(frames.map(\.function) == [nil])
        #expect(frames.map(\.instructionAddress) == [place.address - 1])
        #expect(frames.map(\.package) == [ProcessFacts.executable])
    }

    @Test(arguments: ["abc", "zz", "", "abcd", "é1"])
    func `a build id that is none names nothing`(codeID: String) throws {
        let place = try place()
        let images = LoadedImages.all.map { image in
            var image = image
            image.codeID = codeID
            return image
        }

        #expect(Symbolizer(images: images).calls(at: [place])[place]?.map(\.function) == [nil])
    }

    @Test func `a program that was replaced is read where the system keeps it`() throws {
        let place = try place()
        let images = LoadedImages.all.map { image in
            var image = image
            if image.codeFile == ProcessFacts.executable { image.codeFile += " (deleted)" }
            return image
        }

        let frames = Symbolizer(images: images).calls(at: [place])[place]

        #expect(frames?.last?.module == "FlycatcherTests")
    }

    @Test func `an ordinary place is no reason to give up`() throws {
        let place = try place()
        let symbolizer = Symbolizer(images: LoadedImages.all)

        #expect(symbolizer.trapReason(at: place.instruction) == nil)
        #expect(symbolizer.trapReason(at: 1) == nil)
        #expect(Symbolizer(images: []).calls(at: [place])[place]?.map(\.function) == [nil])
    }

    @Test(
        arguments: [
            ("$s4Shop4load4from4withSaySSGSS_SitYaKF", "load(from:with:)"), ("main", "main"),
            ("$s4ShopAAV3runyyxlF", "Shop.run(_:)"), ("_ZN3icu4TextC1Ev", "icu::Text::Text()"),
            ("$s4Shop3runyyFTR", nil),
        ] as [(String, String?)])
    func `names are those that the author gave, and thunks have none`(symbol: String, name: String?) {
        #expect(SymbolName.written(symbol) == name)
    }
}
