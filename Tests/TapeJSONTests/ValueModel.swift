// A JSON value as a plain tree: slow, obvious, and the measure of what edits do to a document.

import TapeJSON

indirect enum ValueModel: Equatable {
    case scalar(String)
    case array([ValueModel])
    case object([Member])

    struct Member: Equatable {
        var key: String
        var value: ValueModel
    }

    /// A change of the container that is reached by following these child positions from the root.
    struct Edit {
        enum Change {
            /// Under a key in an object, at the end of an array.
            case put(String, Scalar)
            case remove(at: Int)
            case replace(at: Int, Scalar)
            case rename(at: Int, String)
            case moveToEnd(at: Int)
            case none
        }

        var path: [Int]
        var change: Change
    }

    enum Scalar {
        case number(Int)
        case text(String)
        case list([Int])
    }

    var text: String {
        switch self {
        case .scalar(let text): text
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\"\($0.key)\":\($0.value.text)" }.joined(separator: ",") + "}"
        }
    }

    static func random(depth: Int, using random: inout SplitMix64) -> ValueModel {
        let count = Int.random(in: 0...4, using: &random)
        switch depth == 0 ? 2 : Int.random(in: 0..<3, using: &random) {
        case 0: return .array((0..<count).map { _ in .random(depth: depth - 1, using: &random) })
        case 1:
            let keys = Array("abcdef".shuffled(using: &random).prefix(count)).map(String.init)
            return .object(keys.map { Member(key: $0, value: .random(depth: depth - 1, using: &random)) })
        default:
            return .scalar(
                ["1", "true", "null", "\"x\"", "-0.5e3", "\"\""].randomElement(using: &random) ?? "0")
        }
    }

    /// Changes a random container in a random way, and says how.
    mutating func edit(using random: inout SplitMix64) -> Edit {
        let children = children
        if let index = children.indices.randomElement(using: &random), children[index].isContainer,
            Bool.random(using: &random)
        {
            var child = children[index]
            let edit = child.edit(using: &random)
            replaceChild(at: index, by: child)
            return Edit(path: [index] + edit.path, change: edit.change)
        }
        let change = randomChange(using: &random)
        apply(change)
        return Edit(path: [], change: change)
    }

    private var children: [ValueModel] {
        switch self {
        case .scalar: []
        case .array(let elements): elements
        case .object(let members): members.map(\.value)
        }
    }

    private var isContainer: Bool {
        if case .scalar = self { false } else { true }
    }

    private func randomChange(using random: inout SplitMix64) -> Edit.Change {
        guard isContainer else { return .none }
        let scalar = Scalar.random(using: &random)
        let key = "abcdefgh".randomElement(using: &random).map(String.init) ?? "a"
        guard let index = children.indices.randomElement(using: &random) else { return .put(key, scalar) }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .remove(at: index)
        case 1: return .replace(at: index, scalar)
        case 2: return .moveToEnd(at: index)
        case 3: return .rename(at: index, "r\(Int.random(in: 0...999, using: &random))")
        default: return .put(key, scalar)
        }
    }

    private mutating func apply(_ change: Edit.Change) {
        switch (self, change) {
        case (.array(var elements), .put(_, let scalar)):
            elements.append(scalar.model)
            self = .array(elements)
        case (.object(var members), .put(let key, let scalar)):
            let member = Member(key: key, value: scalar.model)
            if let index = members.firstIndex(where: { $0.key == key }) {
                members[index] = member
            } else {
                members.append(member)
            }
            self = .object(members)
        case (_, .remove(let index)): removeChild(at: index)
        case (_, .replace(let index, let scalar)): replaceChild(at: index, by: scalar.model)
        case (.object(var members), .rename(let index, let key)):
            members[index].key = key
            self = .object(members)
        case (.array(var elements), .moveToEnd(let index)):
            elements.append(elements.remove(at: index))
            self = .array(elements)
        case (.object(var members), .moveToEnd(let index)):
            members.append(members.remove(at: index))
            self = .object(members)
        default: break
        }
    }

    private mutating func removeChild(at index: Int) {
        switch self {
        case .scalar: break
        case .array(var elements):
            elements.remove(at: index)
            self = .array(elements)
        case .object(var members):
            members.remove(at: index)
            self = .object(members)
        }
    }

    private mutating func replaceChild(at index: Int, by child: ValueModel) {
        switch self {
        case .scalar: break
        case .array(var elements):
            elements[index] = child
            self = .array(elements)
        case .object(var members):
            members[index].value = child
            self = .object(members)
        }
    }
}

extension ValueModel.Scalar {
    static func random(using random: inout SplitMix64) -> Self {
        let number = Int.random(in: -99...99, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .number(number)
        case 1: return .text("t\(number)")
        default: return .list([number, number + 1])
        }
    }

    var model: ValueModel {
        switch self {
        case .number(let number): .scalar("\(number)")
        case .text(let text): .scalar("\"\(text)\"")
        case .list(let numbers): .array(numbers.map { .scalar("\($0)") })
        }
    }
}

extension JSONDocument {
    mutating func apply(_ edit: ValueModel.Edit) {
        var container = root
        for index in edit.path { container = Array(children(of: container))[index] }
        let nodes = Array(children(of: container))
        switch edit.change {
        case .put(let key, let scalar):
            let value = make(scalar)
            if kind(container) == .object {
                set(named: key, of: container, to: value)
            } else {
                append(value, to: container)
            }
        case .remove(let index): remove(nodes[index], of: container)
        case .replace(let index, let scalar): put(scalar, at: nodes[index])
        case .rename(let index, let key): setKey(key, of: nodes[index])
        case .moveToEnd(let index):
            remove(nodes[index], of: container)
            append(nodes[index], to: container)
        case .none: break
        }
    }

    private mutating func make(_ scalar: ValueModel.Scalar) -> JSONNode {
        switch scalar {
        case .number(let number): makeNumber(number)
        case .text(let text): makeString(text)
        case .list(let numbers): makeArray(numbers.map { makeNumber($0) })
        }
    }

    private mutating func put(_ scalar: ValueModel.Scalar, at node: JSONNode) {
        if case .text(let text) = scalar {
            setString(text, at: node)
        } else {
            setValue(of: node, from: make(scalar))
        }
    }
}
