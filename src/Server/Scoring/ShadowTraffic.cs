using System.Threading.Channels;
using MLPipelines.Data;
using Microsoft.Extensions.Hosting;

namespace MLPipelines.Server;

/// <summary>
/// Scores a share of the rows that were answered by a second version as well, one request at a time and behind the answers, and counts for how many rows the two
/// disagree. What does not fit is left out: answers never wait for it.
/// </summary>
internal sealed class ShadowTraffic(ModelHost host, ServingObservers observers) : BackgroundService
{
    private const int MostWaiting = 16;

    private readonly Channel<Comparison> _channel = Channel.CreateBounded<Comparison>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>Takes the rows of an answer, or not.</summary>
    internal void Offer(ServedModel model, ScoringRows rows)
    {
        if (rows.RowCount == 0 || host.ShadowOf(model) is not { } other || Random.Shared.NextDouble() >= other.Settings.Share || _channel.Reader.Count >= MostWaiting) return;
        if (!other.Shadow.ScoresRows) return;
        ScoringRows copy = other.Shadow.Rent();
        BatchColumn[] answered = [.. model.Outputs.Select(column => BatchColumn.Create(column.Type))];
        if (!TryCopy(model, rows, copy)) return;
        for (int i = 0; i < answered.Length; i++) answered[i].Append(rows.Output(i));
        _channel.Writer.TryWrite(new Comparison(model, other.Shadow, other.Settings, copy, answered));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (Comparison comparison in _channel.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false)) Compare(comparison);
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private static bool TryCopy(ServedModel model, ScoringRows rows, ScoringRows copy)
    {
        for (int i = 0; i < copy.Model.Inputs.Count; i++)
        {
            ModelInput input = copy.Model.Inputs[i];
            int place = Enumerable.Range(0, model.Inputs.Count).FirstOrDefault(other => model.Inputs[other].Name == input.Name && model.Inputs[other].Type.Equals(input.Type), -1);
            if (place < 0) return false;
            copy.Input(i).Append(rows.Input(place));
        }
        copy.AddRows(rows.RowCount);
        return true;
    }

    private void Compare(Comparison comparison)
    {
        using ScoringRows rows = comparison.Rows;
        int disagreements = rows.RowCount;
        try
        {
            rows.Score();
            disagreements = Enumerable.Range(0, rows.RowCount).Count(row => !Agree(comparison, row));
        }
        catch (MLPipelinesException)
        {
            // A version that cannot score what the other can disagrees with it.
        }
        observers.ShadowCompared(comparison.Model, comparison.Shadow, rows.RowCount, disagreements);
    }

    /// <summary>Whether the labels are the same, or where there are none the numbers nearly so.</summary>
    private static bool Agree(Comparison comparison, int row)
    {
        int labels = Place(comparison.Model, ScoreColumns.PredictedLabel), shadowLabels = Place(comparison.Shadow, ScoreColumns.PredictedLabel);
        if (labels >= 0 && shadowLabels >= 0) return Equals(LabelOf(comparison.Model, labels, comparison.Answered[labels], row), LabelOf(comparison.Shadow, shadowLabels, comparison.Rows.Output(shadowLabels), row));
        for (int i = 0; i < comparison.Answered.Length; i++)
        {
            int other = Place(comparison.Shadow, comparison.Model.Outputs[i].Name);
            if (other < 0 || !Near(comparison.Answered[i].GetObject(row), comparison.Rows.Output(other).GetObject(row), comparison.Settings.Tolerance)) return false;
        }
        return true;
    }

    private static object? LabelOf(ServedModel model, int place, BatchColumn column, int row)
    {
        object? value = column.GetObject(row);
        return value is uint key && model.Outputs[place].Type is KeyDataViewType && KeyValues.Of(model.Outputs[place]) is { } names ? key == 0 ? null : names.TextOf((int)key - 1) : value;
    }

    private static bool Near(object? a, object? b, double tolerance) => (a, b) switch
    {
        (float x, float y) => Near(x, y, tolerance),
        (double x, double y) => Near(x, y, tolerance),
        (float[] x, float[] y) => x.Length == y.Length && x.Zip(y).All(pair => Near(pair.First, pair.Second, tolerance)),
        (double[] x, double[] y) => x.Length == y.Length && x.Zip(y).All(pair => Near(pair.First, pair.Second, tolerance)),
        _ => Equals(a, b),
    };

    private static bool Near(double a, double b, double tolerance) => a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private static int Place(ServedModel model, string name)
    {
        for (int i = 0; i < model.Outputs.Count; i++)
            if (model.Outputs[i].Name == name) return i;
        return -1;
    }

    private sealed record Comparison(ServedModel Model, ServedModel Shadow, ShadowSettings Settings, ScoringRows Rows, BatchColumn[] Answered);
}
