using MLPipelines.Cli.Commands;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.Forecasting;
using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Train;

/// <summary><c>mlp train forecasting</c>.</summary>
internal sealed class ForecastingTraining : Training
{
    private static readonly string[] SettingNames = ["origins", "stride", "confidenceLevel"];

    private readonly ForecastArguments _forecast;
    private readonly Settings _settings;
    private PanelOptions? _panel;

    internal ForecastingTraining(CommandHost host, TrainArguments arguments) : base(host, arguments, "forecasting")
    {
        _forecast = arguments.Forecast!;
        _settings = new Settings(arguments.Settings, SettingNames);
        if (arguments.Trainer is { } trainer && !DemandMethods.Names.Contains(trainer, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"--trainer: there is no trainer '{trainer}' for forecasting.{NearNames.Hint(trainer, DemandMethods.Names)} The trainers are: {string.Join(", ", DemandMethods.Names)}.");
        if (_settings.Whole("origins") is < 1 || _settings.Whole("stride") is < 1) throw new UsageException("--set: origins and stride are at least 1.");
        if (_settings["confidenceLevel"] is { } level && level is not (> 0 and < 1)) throw new UsageException("--set confidenceLevel: expected a share between 0 and 1, such as 0.95.");
    }

    protected override TrainingData Load(ProgressDisplay progress)
    {
        if (Directory.Exists(Arguments.Dataset)) throw new UsageException($"--dataset: {Arguments.Dataset} is a folder; forecasting learns from a table.");
        DataFile file = DataFile.Open(Arguments.Dataset, Arguments.Format, Host, [.. _forecast.Columns]);
        string value = NameOf(file, _forecast.ValueColumn, "--value-col");
        _panel = new PanelOptions
        {
            ValueColumn = value,
            TimeColumn = _forecast.TimeColumn is { } time ? NameOf(file, time, "--time-col") : null,
            SeriesColumn = _forecast.SeriesColumn is { } series ? NameOf(file, series, "--series-col") : null,
            CovariateColumns = [.. _forecast.Covariates.Select(name => NameOf(file, name, "--covariate-cols"))],
            TimeFormat = _forecast.TimeFormat,
            Seasons = _forecast.Seasons,
            Gaps = _forecast.Gaps,
            FillValue = _forecast.FillValue,
            Duplicates = _forecast.Duplicates,
        };
        string[] columns = [.. new[] { _panel.TimeColumn, _panel.SeriesColumn, value }.OfType<string>(), .. _panel.CovariateColumns];
        if (columns.Distinct().Count() < columns.Length) throw new UsageException($"The columns of times, series, values and covariates are different ones; found {string.Join(", ", columns)}.");
        IDataView? test = null;
        if (Arguments.TestDataset is { } path)
            test = Read(DataFile.Open(path, Arguments.Format with { DecimalMark = Arguments.Format.DecimalMark ?? file.DecimalMark }, Host, columns), "--test-dataset");
        return new TrainingData(InMemory(Read(file, "--dataset")), test, $"values of {Arguments.TestDataset}", value, columns, new Dictionary<string, string>());
    }

    private IDataView Read(DataFile file, string option) => file.Load(Context,
        [.. new[] { _panel!.TimeColumn, _panel.SeriesColumn }.OfType<string>().Select(name => file.Column(file.IndexOf(name, option), DataKind.String, name)), file.Column(file.IndexOf(_panel.ValueColumn, option), DataKind.Double, _panel.ValueColumn), .. _panel.CovariateColumns.Select(name => file.Column(file.IndexOf(name, option), DataKind.Single, name))]);

    private DemandForecastingResult Train(DemandForecastingOptions options, IDataView rows)
    {
        try
        {
            return new DemandForecastingTrainer(Context, options).Train(rows);
        }
        catch (IrregularTimesException irregular)
        {
            throw new UsageException($"{Arguments.Dataset}: {irregular.Message} Here that is {(irregular.IsDuplicate ? "--duplicates sum, mean or last" : "--gaps interpolate, last, zero or value")}.");
        }
    }

    private static string NameOf(DataFile file, string column, string option) => file.Columns[file.IndexOf(column, option)];

    protected override Learned Learn(TrainingData data, ProgressDisplay progress)
    {
        var options = new DemandForecastingOptions
        {
            Panel = _panel!,
            Horizon = _forecast.Horizon,
            Method = Arguments.Trainer,
            Calendar = _forecast.Calendar,
            IsNonNegative = _forecast.IsNonNegative,
            ConfidenceLevel = (float)(_settings["confidenceLevel"] ?? 0.95),
            BacktestOrigins = _settings.Whole("origins") ?? 3,
            BacktestStride = _settings.Whole("stride"),
            TimeLimit = Arguments.TrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        DemandForecastingResult result = Train(options, data.Rows);
        foreach (string empty in result.Panel.EmptySeries.Take(10)) progress.Note($"Series '{empty}' left out: it has no value.");
        if (result.Panel.EmptySeries.Count > 10) progress.Note($"{Figures.Count(result.Panel.EmptySeries.Count - 10)} more series left out: they have no value.");
        SeriesForecastingTransformer model = result.Model;
        return new Learned(model, Arguments.Trainer?.ToLowerInvariant() ?? DemandMethods.Names[0],
            $"{model.Method} on {(model.Series.Count() is > 1 and var count ? $"{Figures.Count(count)} series" : "one series")} in steps of {model.Step}, {Figures.Count(model.Horizon, "step")} ahead",
            "Models that learned from the values before were measured from several origins; the one that was saved learned from all values. --test-dataset FILE measures on values that follow.",
            () => result.Backtest() is { } metrics ? Evaluator.Forecasts(metrics) : null)
        {
            Tables = FittedTables.Of(model),
            Charts = () => DemandCharts.Of(result),
            Properties = FittedTables.Properties(model),
        };
    }

    protected override Evaluation Measure(IDataView test, string label, ITransformer model) =>
        Evaluator.Forecasts(Context.Forecasting.Evaluate(test, (SeriesForecastingTransformer)model));
}
