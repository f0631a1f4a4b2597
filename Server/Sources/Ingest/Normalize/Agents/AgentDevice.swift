// Which device a header names.

enum AgentDevice {
    static let spider = UserAgent.Device(family: "Spider", brand: "Spider", model: "Spider")

    static func device(of text: AgentText) -> UserAgent.Device? {
        for model in ["iPhone", "iPad", "iPod touch", "iPod"]
        where text.remarks.contains(where: { $0 == model }) {
            return UserAgent.Device(family: model, brand: "Apple", model: model)
        }
        if text.remark("Macintosh") != nil {
            return UserAgent.Device(family: "Mac", brand: "Apple", model: "Mac")
        }
        return android(text)
    }

    /// The remark behind the system is the model: `Android 14; SM-S918B Build/UP1A`.
    private static func android(_ text: AgentText) -> UserAgent.Device? {
        guard let place = text.remarks.firstIndex(where: { $0.after("Android") != nil }) else { return nil }
        for remark in text.remarks[(place + 1)...] where !isNoModel(remark) {
            if remark == "K" || remark.hasPrefix("KHTML") { return nil }
            let name = remark.after("SAMSUNG ") ?? remark
            let model = String(withoutBuild(name).prefix(64)).trimmingBlanks()
            guard !model.isEmpty else { return nil }
            let brand = brand(of: model)
            let isNamed = brand == "Generic" || model.lowercased().hasPrefix(brand.lowercased())
            let isWhole = isNamed || wholeNames.contains(brand)
            return UserAgent.Device(family: isWhole ? model : "\(brand) \(model)", brand: brand, model: model)
        }
        return nil
    }

    /// Languages, and the sign of a web view.
    private static func isNoModel(_ remark: Substring) -> Bool {
        if ["U", "wv", "Mobile", "Tablet"].contains(where: { remark == $0 }) { return true }
        if remark.hasPrefix("rv:") { return true }
        let bytes = Array(remark.utf8)
        let isLanguage =
            (bytes.count == 2 || bytes.count == 5) && bytes.prefix(2).allSatisfy { $0 | 0x20 == $0 }
        return isLanguage
            && (bytes.count == 2 || bytes[2] == UInt8(ascii: "-") || bytes[2] == UInt8(ascii: "_"))
    }

    private static func withoutBuild(_ remark: Substring) -> Substring {
        let words = remark.split(separator: " ")
        guard let build = words.first(where: { $0.hasPrefix("Build") || $0.hasPrefix("MIUI/") }) else {
            return remark
        }
        return remark[..<build.startIndex]
    }

    private static let wholeNames: Set<String> = ["Google", "Amazon"]

    private static func brand(of model: String) -> String {
        let model = Substring(model)
        return brands.first { model.after($0.0) != nil }?.1 ?? "Generic"
    }

    private static let brands: [(StaticString, String)] = [
        ("SM-", "Samsung"), ("SAMSUNG", "Samsung"), ("GT-", "Samsung"), ("SCH-", "Samsung"),
        ("SGH-", "Samsung"),
        ("SHV-", "Samsung"), ("Pixel", "Google"), ("Nexus", "Google"), ("moto", "Motorola"),
        ("Moto", "Motorola"),
        ("XT", "Motorola"), ("LM-", "LG"), ("LG-", "LG"), ("Redmi", "XiaoMi"), ("Mi ", "XiaoMi"),
        ("MI ", "XiaoMi"),
        ("POCO", "XiaoMi"), ("M20", "XiaoMi"), ("2201", "XiaoMi"), ("ONEPLUS", "OnePlus"),
        ("HUAWEI", "Huawei"),
        ("VOG-", "Huawei"), ("ELE-", "Huawei"), ("ANE-", "Huawei"), ("CPH", "Oppo"), ("OPPO", "Oppo"),
        ("vivo", "vivo"), ("RMX", "Realme"), ("Nokia", "Nokia"), ("HTC", "HTC"), ("ASUS", "Asus"),
        ("KF", "Amazon"),
        ("Sony", "Sony"), ("SO-", "Sony"),
    ]
}
