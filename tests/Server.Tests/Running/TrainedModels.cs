using MLPipelines.Cli;

namespace MLPipelines.Server.Tests;

/// <summary>Models of each kind, each learned once from the tables of the folder data.</summary>
internal static class TrainedModels
{
    private static readonly TemporaryFolder Folder = new();

    static TrainedModels() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Dispose();

    private static readonly Lazy<string> LazyTickets = Train("tickets", "text-classification", "support-tickets.csv", "--label-col", "category", "--text-col", "subject", "--text-col", "body");
    private static readonly Lazy<string> LazyPriorities = Train("priorities", "text-classification", "support-tickets.csv", "--label-col", "priority", "--text-col", "subject", "--text-col", "body");
    private static readonly Lazy<string> LazyOneText = Train("bodies", "text-classification", "support-tickets.csv", "--label-col", "category", "--text-col", "body");
    private static readonly Lazy<string> LazyChurn = Train("churn", "classification", "customer-churn.csv", "--label-col", "left", "--train-time", "1");
    private static readonly Lazy<string> LazyFees = Train("fees", "regression", "customer-churn.csv", "--label-col", "monthly_fee", "--train-time", "1");
    private static readonly Lazy<string> LazyDemand = Train("demand", "forecasting", "monthly-demand.csv", "--time-col", "month", "--value-col", "units", "--series-col", "product", "--horizon", "6");
    private static readonly Lazy<string> LazyAccounts = Train("accounts", "financial-forecasting", "monthly-accounts.csv", "--horizon", "3");
    private static readonly Lazy<string> LazyShop = Train("shop", "recommendation", "shop-events.csv", "--implicit", "--trainer", "ease");
    private static readonly Lazy<string> LazyRequests = Train("requests", "anomaly-detection", "web-requests.csv", "--value-col", "requests");

    private static readonly Lazy<string> LazyShapes = Train("shapes", "image-classification", "shapes", "--set", "epochs=1");

    internal static string Tickets => LazyTickets.Value;

    /// <summary>Reads the same columns as <see cref="Tickets"/> and tells other labels apart.</summary>
    internal static string Priorities => LazyPriorities.Value;

    internal static string OneText => LazyOneText.Value;

    internal static string Churn => LazyChurn.Value;

    internal static string Fees => LazyFees.Value;

    internal static string Demand => LazyDemand.Value;

    internal static string Accounts => LazyAccounts.Value;

    internal static string Shop => LazyShop.Value;

    internal static string Shapes => LazyShapes.Value;

    internal static string Requests => LazyRequests.Value;

    /// <summary>A table of the folder data.</summary>
    internal static string Data(string name)
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "MLPipelines.sln"))) return Path.Combine(folder, "data", name);
        throw new InvalidOperationException("The tests are not within the repository.");
    }

    /// <summary>Runs a command line in this process.</summary>
    internal static string Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        using var rows = new MemoryStream();
        int code = Program.Run(args, new CommandHost(output, error) { OpenOutput = () => rows });
        return code == 0 ? System.Text.Encoding.UTF8.GetString(rows.ToArray()) : throw new InvalidOperationException(error.ToString());
    }

    private static readonly Lazy<string> LazyTexts = new(() =>
    {
        Environment.SetEnvironmentVariable("MLPIPELINES_RUNS", "none");
        string corpus = Folder["texts.txt"];
        File.WriteAllLines(corpus, Enumerable.Repeat("Dear customer, thank you for your order. It is on its way.", 100));
        Run("train", "text-generation", "--dataset", corpus, "--separation", "lines", "--epochs", "1", "--set", "layers=1", "--output", Folder["texts.zip"]);
        return Folder["texts.zip"];
    });

    /// <summary>Continues texts.</summary>
    internal static string Texts => LazyTexts.Value;

    private static Lazy<string> Train(string name, string scenario, string table, params string[] more) => new(() =>
    {
        Environment.SetEnvironmentVariable("MLPIPELINES_RUNS", "none");
        Run(["train", scenario, "--dataset", Data(table), "--output", Folder[$"{name}.zip"], .. more]);
        return Folder[$"{name}.zip"];
    });
}
