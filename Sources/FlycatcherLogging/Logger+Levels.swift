// How swift-log's levels and values are called elsewhere.

#if Logging
    import Flycatcher
    import Logging

    extension Logger.Level {
        /// The level of events and breadcrumbs, of which there are fewer.
        var forEvents: Flycatcher.Level {
            switch self {
            case .trace, .debug: .debug
            case .info, .notice: .info
            case .warning: .warning
            case .error: .error
            case .critical: .fatal
            }
        }

        /// The level of log records; `notice` is a louder `info`.
        var forRecords: Flycatcher.LogLevel {
            switch self {
            case .trace: .trace
            case .debug: .debug
            case .info, .notice: .info
            case .warning: .warning
            case .error: .error
            case .critical: .fatal
            }
        }
    }

    extension Flycatcher.JSONValue {
        /// Takes a value of the metadata; numbers and truth values stay what they are.
        init(_ value: Logger.MetadataValue) {
            switch value {
            case .string(let text): self = .string(text)
            case .stringConvertible(let value): self.init(describing: value)
            case .array(let values): self = .array(values.map { Self($0) })
            case .dictionary(let values): self = .object(values.mapValues { Self($0) })
            }
        }

        private init(describing value: any CustomStringConvertible) {
            switch value {
            case let value as Bool: self = .bool(value)
            case let value as any BinaryInteger:
                self = Int(exactly: value).map { .integer($0) } ?? .string("\(value)")
            case let value as any BinaryFloatingPoint: self = .double(Double(value))
            default: self = .string(value.description)
            }
        }
    }
#endif
