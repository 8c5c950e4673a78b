namespace MLPipelines.Server;

/// <summary>
/// What is served, and within which limits. Set them where the server is added, or in the section <c>ModelServer</c> of the configuration: appsettings.json, or
/// environment variables such as <c>ModelServer__QueueLimit</c>.
/// </summary>
public sealed class ModelServerOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "ModelServer";

    /// <summary>A folder of model files, or one model file. Default: <c>models</c>.</summary>
    public string Path { get; set; } = "models";

    /// <summary>How often the folder is looked at; events of the file system make it sooner. Zero: never, models are as they were at the start. Default: 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the model of a file that is gone is served, since a file may be deleted before another one takes its place. Default: 10 seconds.</summary>
    public TimeSpan RemovalDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a replacement is refused that needs columns which its predecessor did not need, or answers in another way. Default: yes.</summary>
    public bool RequireCompatibleSchema { get; set; } = true;

    /// <summary>How many requests may wait for a model; more are refused with 429. Default: 1,000.</summary>
    public int QueueLimit { get; set; } = 1000;

    /// <summary>How many requests of a model are computed at the same time; 0 for as many as there are processors, which is the default.</summary>
    public int Scorers { get; set; }

    /// <summary>How many rows of requests that wait go through the model together. Default: 256.</summary>
    public int BatchRows { get; set; } = 256;

    /// <summary>How long a request may take, from its headers to its answer; later ones get 504. A request asks for less by the header <c>Request-Timeout</c>, in seconds. Default: 30 seconds.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How large a request may be, in bytes; larger ones get 413. Default: 16 MiB.</summary>
    public long MaxRequestBytes { get; set; } = 16 << 20;

    /// <summary>How many rows a request may have; more get 413. Default: 10,000.</summary>
    public int MaxRequestRows { get; set; } = 10_000;

    /// <summary>How many labels are ranked when a request does not say <c>?top=</c>. Default: 3.</summary>
    public int Top { get; set; } = 3;

    /// <summary>How long the server goes on answering, no longer ready, before it stops listening: what a load balancer needs to turn away. Default: none.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.Zero;

    /// <summary>Keys that may ask for predictions, hashed; where there are none, here and in <see cref="ApiKeyFile"/>, everyone may. Default: none.</summary>
    public IList<ApiKey> ApiKeys { get; } = [];

    /// <summary>A file of more keys, as <c>mlp serve keys add</c> writes it. Default: none.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>Whether <c>mlp serve</c> listens for other machines without any key, such as behind a gateway that checks who asks. Default: no.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Whether <c>/metrics</c> is shown to who has no key. Default: no.</summary>
    public bool OpenMetrics { get; set; }

    /// <summary>The time whose rows are compared with those of training. Default: 1 hour.</summary>
    public TimeSpan DriftWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many rows of a model are compared in a second; of more, some requests are. 0: drift is not watched. Default: 1,000.</summary>
    public int DriftRowsPerSecond { get; set; } = 1000;

    /// <summary>Aliases and shadows by the name of the model. Those of <c>models.json</c> in the folder go before them.</summary>
    public IDictionary<string, ModelSettings> Models { get; } = new Dictionary<string, ModelSettings>(StringComparer.Ordinal);
}
