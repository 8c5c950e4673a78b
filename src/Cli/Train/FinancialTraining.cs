using System.Globalization;
using MLPipelines.Cli.Commands;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.FinancialForecasting;
using MLPipelines.Scenarios.Forecasting;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Train;

/// <summary><c>mlp train financial-forecasting</c>.</summary>
internal sealed class FinancialTraining : Training
{
    private const int RowsShown = 12;

    private readonly FinancialArguments _financial;
    private readonly Settings _settings;
    private FinancialTable? _table;
    private FinancialForecast? _forecast;

    internal FinancialTraining(CommandHost host, TrainArguments arguments) : base(host, arguments, "financial-forecasting")
    {
        _financial = arguments.Financial!;
        _settings = new Settings(arguments.Settings, ["confidenceLevel", "outlierFence", "identityTolerance", "origins"]);
        if (arguments.Trainer is { } trainer && !DemandMethods.Names.Contains(trainer, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"--trainer: there is no trainer '{trainer}' for {Scenario}.{NearNames.Hint(trainer, DemandMethods.Names)} The trainers are: {string.Join(", ", DemandMethods.Names)}.");
    }

    protected override TrainingData Load(ProgressDisplay progress)
    {
        if (Directory.Exists(Arguments.Dataset)) throw new UsageException($"--dataset: {Arguments.Dataset} is a folder; {Scenario} learns from a table.");
        _table = FinancialTable.Load(Arguments.Dataset, new FinancialTableOptions
        {
            TimeColumn = _financial.TimeColumn,
            TimeFormat = _financial.TimeFormat,
            LineColumn = _financial.LineColumn,
            AmountColumn = _financial.AmountColumn,
            IgnoredColumns = Arguments.IgnoredColumns,
            DecimalMark = Arguments.Format.DecimalMark,
            Separator = Arguments.Format.Separator,
            AllowQuoting = Arguments.Format.Quoting,
            SheetName = Arguments.Format.Sheet,
        });
        IDataView rows = Context.Data.LoadFromEnumerable(_table.ToRows());
        return new TrainingData(rows, null, "", nameof(AmountRow.Amount), [nameof(AmountRow.Date), nameof(AmountRow.Line), nameof(AmountRow.Amount)], new Dictionary<string, string>());
    }

    protected override Learned Learn(TrainingData data, ProgressDisplay progress)
    {
        var defaults = new FinancialForecastingOptions();
        _forecast = new FinancialForecastingTrainer(Context, new FinancialForecastingOptions
        {
            Horizon = _financial.Horizon,
            Identities = _financial.Identities,
            Method = Arguments.Trainer is { } trainer ? DemandMethods.Create(trainer, _financial.Horizon) : null,
            ConfidenceLevel = (float)(_settings["confidenceLevel"] ?? defaults.ConfidenceLevel),
            OutlierFence = _settings["outlierFence"] ?? defaults.OutlierFence,
            IdentityTolerance = _settings["identityTolerance"] ?? defaults.IdentityTolerance,
            BacktestOrigins = _settings.Whole("origins") ?? defaults.BacktestOrigins,
        }).Train(_table!);
        FinancialStatement statement = _forecast.Statement;
        string kept = _forecast.Identities.Count switch { 0 => "", 1 => ", reconciled by 1 identity", var count => string.Create(CultureInfo.InvariantCulture, $", reconciled by {count} identities") };
        return new Learned(_forecast.Model, Arguments.Trainer?.ToLowerInvariant() ?? DemandMethods.Names[0],
            $"{Figures.Count(statement.Lines.Count, "line")} over {Figures.Count(statement.HistoryCount, "period")}, {Figures.Count(statement.Horizon, "period")} ahead{kept}",
            "Models that learned from what was known at several moments in the past were measured on what followed; the one that was saved learned from all periods.",
            _forecast.Backtest.Count == 0 ? null : () => Measured(_forecast.Backtest))
        {
            Tables = [LinesTable(), .. CleaningTables()],
            Properties = new Dictionary<string, string>
            {
                ["identities"] = string.Join("; ", _forecast.Identities.Select(identity => identity.Text)),
                ["cleaned"] = _forecast.Changes.Count.ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    private Evaluation Measured(IReadOnlyList<LineBacktest> lines) => new(lines.Sum(line => line.Count),
    [
        new("smape", lines.Average(line => line.Smape)), new("mase", lines.Average(line => line.Mase)),
        new($"coverage{100 * _forecast!.Statement.ConfidenceLevel:0.##}", lines.Average(line => line.Coverage)),
        new("error", lines.Average(line => line.Error)), new("errorOfYearBefore", lines.Average(line => line.NaiveError)),
    ]);

    private TextTable LinesTable()
    {
        var table = new TextTable("Lines", "line", "model", "#error", "#year before", "#coverage");
        foreach (StatementLine line in _forecast!.Statement.Lines)
        {
            LineBacktest? tried = _forecast.Backtest.FirstOrDefault(other => other.Line == line.Name);
            table.Add(line.Name, line.Model, Share(tried?.Error), Share(tried?.NaiveError), Share(tried?.Coverage));
        }
        return table;

        static string Share(double? share) => share is { } known && double.IsFinite(known) ? Figures.Share(known) : "-";
    }

    private IEnumerable<TextTable> CleaningTables()
    {
        IReadOnlyList<FinancialChange> changes = _forecast!.Changes;
        if (changes.Count > 0)
        {
            var table = new TextTable(changes.Count <= RowsShown ? "Cleaned" : string.Create(CultureInfo.InvariantCulture, $"Cleaned: {RowsShown} of {changes.Count}"), "line", "period", "#found", "#became", "why");
            foreach (FinancialChange change in changes.Take(RowsShown)) table.Add(change.Line, change.Period, change.Found, change.Became, change.Reason);
            yield return table;
        }
        IReadOnlyList<IdentityBreach> breaches = _forecast.Breaches;
        if (breaches.Count == 0) yield break;
        var broken = new TextTable(breaches.Count <= RowsShown ? "Identities that the history does not keep" : string.Create(CultureInfo.InvariantCulture, $"Identities that the history does not keep: {RowsShown} of {breaches.Count}"), "identity", "period", "#left less right");
        foreach (IdentityBreach breach in breaches.Take(RowsShown)) broken.Add(breach.Identity, breach.Period, Figures.Metric(breach.Difference));
        yield return broken;
    }

    protected override Evaluation Measure(IDataView test, string label, ITransformer model) => throw new InvalidOperationException("There are no test rows.");

    protected override void WriteReport(string path, TrainingSummary summary)
    {
        if (_financial.Title is { } title) _forecast!.SaveReport(path, title);
        else _forecast!.SaveReport(path);
    }
}
