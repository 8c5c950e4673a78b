using System.Text.Json;
using MLPipelines.Testing;

namespace MLPipelines.Cli.Tests.Conversion;

/// <summary>Models that ML.NET saved are taken like our own.</summary>
public sealed class MLNetModelTests : IDisposable
{
    private const string Folder = "mlnet-zips", Sentiment = Folder + "/samples-BinaryClassification_Sentiment_Razor-MLModel.zip", Custom = Folder + "/ml-backcompat-customTransform.zip",
        Forecasts = Folder + "/samples-Forecasting-Sales-product988_month_timeSeriesSSA-5319dab.zip";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DatasetFact(Sentiment)]
    public void A_converted_model_predicts_the_same_lines()
    {
        string data = _folder.Write("d.csv", "SentimentText,Sentiment\nwhat a nice day,false\nyou are stupid,true\n"), old = Datasets.PathOf(Sentiment);
        CommandRun.Of("convert", old, _folder["new.zip"]).Succeeded();
        string before = CommandRun.Of("predict", old, "--dataset", data).Succeeded().Out, after = CommandRun.Of("predict", _folder["new.zip"], "--dataset", data).Succeeded().Out;
        Assert.StartsWith("SentimentText,Sentiment,PredictedLabel,Score", before, StringComparison.Ordinal);
        Assert.Equal(before, after);
        Assert.Contains("convertedFrom", CommandRun.Of("inspect", _folder["new.zip"]).Succeeded().Out, StringComparison.Ordinal);
    }

    [DatasetFact(Sentiment)]
    public void Its_metrics_and_what_matters_to_it_are_measured()
    {
        string data = _folder.Write("d.csv", "SentimentText,Sentiment\nwhat a nice day,false\nyou are stupid,true\nthank you,false\nidiot,true\n");
        Assert.Contains("accuracy", CommandRun.Of("evaluate", Datasets.PathOf(Sentiment), "--dataset", data, "--label-col", "Sentiment").Succeeded().Out, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Word.nice", CommandRun.Of("explain", Datasets.PathOf(Sentiment), "--dataset", data).Succeeded().Out, StringComparison.Ordinal);
    }

    [DatasetFact(Forecasts)]
    public void Forecasts_are_written_slot_by_slot_after_each_row()
    {
        string[] lines = CommandRun.Of("predict", Datasets.PathOf(Forecasts), "--dataset", _folder.Write("sales.csv", "units\n500\n700\n")).Succeeded().Out.Split('\n');
        Assert.Equal("units,ForecastedProductUnits.1,ForecastedProductUnits.2,ConfidenceLowerBound.1,ConfidenceLowerBound.2,ConfidenceUpperBound.1,ConfidenceUpperBound.2", lines[0].TrimEnd('\r'));
        float[] first = [.. lines[1].Split(',').Select(field => float.Parse(field, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(first is [500, var next, _, var low, _, var high, _] && low < next && next < high);
        Assert.NotEqual(lines[1][3..], lines[2][3..]);
    }

    [DatasetFact(Custom)]
    public void Components_are_listed_of_a_file_that_cannot_be_loaded()
    {
        string shown = CommandRun.Of("inspect", Datasets.PathOf(Custom)).Succeeded().Out;
        foreach (string part in (string[])["ML.NET 1.5.28731.0", "Cannot be loaded", "CustomTransformer", "0x00010001", "no"]) Assert.Contains(part, shown, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(CommandRun.Of("inspect", Datasets.PathOf(Custom), "--json").Succeeded().LastLine);
        Assert.False(json.RootElement.GetProperty("chain")[0].GetProperty("parameters").GetProperty("supported").GetBoolean());
        Assert.Contains("CustomTransformer", CommandRun.Of("convert", Datasets.PathOf(Custom), _folder["new.zip"]).Refused(), StringComparison.Ordinal);
    }
}
