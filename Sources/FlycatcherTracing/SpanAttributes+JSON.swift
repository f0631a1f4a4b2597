// The attributes of a library's span as values that are sent.

#if Tracing
    import Flycatcher
    import Tracing

    extension SpanAttributes {
        /// All names and values.
        var values: [String: Flycatcher.JSONValue] {
            var values: [String: Flycatcher.JSONValue] = [:]
            forEach { key, attribute in values[key] = Flycatcher.JSONValue(attribute) }
            return values
        }
    }

    extension Flycatcher.JSONValue {
        init(_ attribute: SpanAttribute) {
            switch attribute {
            case .int32(let value): self = .integer(Int(value))
            case .int64(let value): self = .integer(Int(value))
            case .double(let value): self = .double(value)
            case .bool(let value): self = .bool(value)
            case .string(let value): self = .string(value)
            case .int32Array(let values): self = .array(values.map { .integer(Int($0)) })
            case .int64Array(let values): self = .array(values.map { .integer(Int($0)) })
            case .doubleArray(let values): self = .array(values.map { .double($0) })
            case .boolArray(let values): self = .array(values.map { .bool($0) })
            case .stringArray(let values): self = .array(values.map { .string($0) })
            case .stringConvertible(let value): self = .string("\(value)")
            case .stringConvertibleArray(let values): self = .array(values.map { .string("\($0)") })
            default: self = .null
            }
        }
    }
#endif
