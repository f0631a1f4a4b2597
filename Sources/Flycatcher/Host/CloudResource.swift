// Where in a cloud the app runs, as the platform's environment variables tell.

/// The context `cloud_resource`, with the names of OpenTelemetry; no metadata service is asked.
enum CloudResource {
    private typealias Fields = [String: Flycatcher.JSONValue]

    /// The members that variables tell; nil when none does.
    static func context(environment: [String: String]) -> [String: Flycatcher.JSONValue]? {
        for platform in platforms where environment[platform.sign] != nil {
            var fields: Fields = ["cloud.provider": .string(platform.provider)]
            if let name = platform.name { fields["cloud.platform"] = .string(name) }
            for (variable, field) in platform.fields {
                if let value = environment[variable], !value.isEmpty { fields[field] = .string(value) }
            }
            return fields
        }
        return nil
    }

    private struct Platform {
        /// The variable that only this platform sets.
        let sign: String
        let provider: String
        let name: String?
        /// The fields by the variables that they are read from.
        let fields: [String: String]
    }

    private static let platforms = [
        Platform(
            sign: "AWS_LAMBDA_FUNCTION_NAME", provider: "aws", name: "aws_lambda",
            fields: [
                "AWS_REGION": "cloud.region", "AWS_LAMBDA_FUNCTION_NAME": "faas.name",
                "AWS_LAMBDA_FUNCTION_VERSION": "faas.version",
            ]),
        Platform(
            sign: "ECS_CONTAINER_METADATA_URI_V4", provider: "aws", name: "aws_ecs",
            fields: ["AWS_REGION": "cloud.region"]),
        Platform(sign: "AWS_REGION", provider: "aws", name: nil, fields: ["AWS_REGION": "cloud.region"]),
        Platform(
            sign: "K_SERVICE", provider: "gcp", name: "gcp_cloud_run",
            fields: [
                "GOOGLE_CLOUD_PROJECT": "cloud.account.id", "K_SERVICE": "faas.name",
                "K_REVISION": "faas.version",
            ]),
        Platform(
            sign: "GAE_SERVICE", provider: "gcp", name: "gcp_app_engine",
            fields: ["GOOGLE_CLOUD_PROJECT": "cloud.account.id", "GAE_INSTANCE": "host.id"]),
        Platform(
            sign: "WEBSITE_SITE_NAME", provider: "azure", name: "azure_app_service",
            fields: ["REGION_NAME": "cloud.region", "WEBSITE_INSTANCE_ID": "host.id"]),
        Platform(
            sign: "CONTAINER_APP_NAME", provider: "azure", name: "azure_container_apps",
            fields: ["CONTAINER_APP_REPLICA_NAME": "host.id"]),
        Platform(sign: "DYNO", provider: "heroku", name: nil, fields: ["DYNO": "host.id"]),
        Platform(
            sign: "FLY_APP_NAME", provider: "fly_io", name: nil,
            fields: ["FLY_REGION": "cloud.region", "FLY_MACHINE_ID": "host.id"]),
        Platform(
            sign: "RENDER_SERVICE_ID", provider: "render", name: nil,
            fields: ["RENDER_INSTANCE_ID": "host.id"]),
        Platform(
            sign: "RAILWAY_SERVICE_ID", provider: "railway", name: nil,
            fields: ["RAILWAY_REPLICA_REGION": "cloud.region", "RAILWAY_REPLICA_ID": "host.id"]),
    ]
}
