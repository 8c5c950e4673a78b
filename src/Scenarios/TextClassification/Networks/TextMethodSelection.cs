using System.Diagnostics;
using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Neural.Transformers;
using MLPipelines.Pretraining;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>
/// Learns a text classifier by the method that is best for the texts: n-grams, a network from scratch, and networks with pretrained weights where there are any, are compared on
/// rows held out. A network is taken only if it is more accurate than n-grams by more than chance, one standard error: it takes longer to learn and to predict.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="ngram">How n-grams are learned from; its columns are those of all methods.</param>
/// <param name="network">How networks learn.</param>
public sealed class TextMethodSelection(MLContext context, TextClassificationOptions ngram, TextNetworkOptions network)
{
    private const double HeldOutShare = 0.15;

    private const int MostHeldOut = 4000;

    private readonly List<string> _left = [];

    /// <summary>Compares the methods and learns by the chosen one from all rows.</summary>
    /// <param name="data">Rows with the text columns and the label, which are held in memory.</param>
    /// <param name="limit">About how long all of it may take; <see langword="null"/> for no limit.</param>
    /// <exception cref="MLPipelinesException">The data cannot be learned from, such as when all rows have one label.</exception>
    public TextMethodComparison Train(IDataView data, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        long start = Stopwatch.GetTimestamp();
        IDataView source = context.Data.Cache(data, [.. ngram.TextColumns, ngram.LabelColumn]);
        int rows = HeldOutAccuracy.RowsOf(source, ngram.LabelColumn);
        var parts = context.Data.TrainTestSplit(source, Math.Min(HeldOutShare, (double)MostHeldOut / Math.Max(1, rows)), seed: context.Environment.SeedFor("methods"), stratificationColumnName: ngram.LabelColumn);
        int heldOut = HeldOutAccuracy.RowsOf(parts.TestSet, ngram.LabelColumn);
        TextMethod[] networks = [.. Networks()];
        List<TextMethodResult> compared = [Measure(TextMethod.Ngram, parts, limit / 4, 1, networks.Length + 2)];
        foreach (TextMethod method in networks)
        {
            // As much time again is left to learn from all rows.
            TimeSpan? share = (limit - Stopwatch.GetElapsedTime(start)) / (2 * (networks.Length - compared.Count + 1));
            if (share <= TimeSpan.Zero) _left.Add($"{TextNetworkTrainer.NameOf(method)}: the time was over.");
            else compared.Add(Measure(method, parts, share, compared.Count + 1, networks.Length + 2));
        }
        TextMethod chosen = Choose(compared, heldOut);
        context.Environment.Report($"training {TextNetworkTrainer.NameOf(chosen)} on all rows", networks.Length + 2, networks.Length + 2, 0);
        TextClassificationResult? ngrams = chosen == TextMethod.Ngram ? new TextClassificationTrainer(context, ngram with { TimeLimit = limit / 4 }).Train(source) : null;
        TimeSpan? rest = limit - Stopwatch.GetElapsedTime(start);
        ITransformer model = ngrams?.Model ?? new TextNetworkTrainer(context, chosen, network with { TimeLimit = rest < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : rest }).Train(source);
        return new TextMethodComparison(model, chosen, [.. compared.OrderByDescending(result => result.Accuracy)], heldOut, _left) { Ngram = ngrams };
    }

    /// <summary>The most accurate method, if it is better than n-grams by more than one standard error of theirs; otherwise n-grams.</summary>
    internal static TextMethod Choose(IReadOnlyList<TextMethodResult> compared, int rows)
    {
        TextMethodResult ngrams = compared[0], best = compared.MaxBy(result => result.Accuracy)!;
        double error = Math.Sqrt(ngrams.Accuracy * (1 - ngrams.Accuracy) / Math.Max(1, rows));
        return best.Accuracy > ngrams.Accuracy + error ? best.Method : TextMethod.Ngram;
    }

    private TextMethodResult Measure(TextMethod method, DataOperationsCatalog.TrainTestData parts, TimeSpan? limit, int number, int count)
    {
        long start = Stopwatch.GetTimestamp();
        ITransformer model = method == TextMethod.Ngram
            ? new TextClassificationTrainer(context, ngram with { TimeLimit = limit }).Train(parts.TrainSet).Model
            : new TextNetworkTrainer(context, method, network with { TimeLimit = limit }).Train(parts.TrainSet);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, accuracy = HeldOutAccuracy.Of(context, model, parts.TestSet, ngram.LabelColumn);
        context.Environment.Report(string.Create(CultureInfo.InvariantCulture, $"{TextNetworkTrainer.NameOf(method)}: {accuracy:0.0000} of held-out rows right"), number, count, 1 - accuracy);
        return new TextMethodResult(method, accuracy, seconds);
    }

    private IEnumerable<TextMethod> Networks()
    {
        if (ngram.TextColumns.Count > 2)
        {
            _left.Add($"Networks read at most two columns of text, not {ngram.TextColumns.Count}.");
            yield break;
        }
        yield return TextMethod.TextCnn;
        if (network.Weights is { } weights)
        {
            yield return PretrainedEncoder.Open(ModelCache.Default.Resolve(weights)).Description is NasBertDescription ? TextMethod.NasBert : TextMethod.Bert;
            yield break;
        }
        TextMethod[] pretrained = [.. new[] { TextMethod.NasBert, TextMethod.Bert }.Where(method => ModelCache.Default.Find(TextNetworkTrainer.NameOf(method)) is not null)];
        foreach (TextMethod method in pretrained) yield return method;
        if (pretrained.Length == 0)
            _left.Add($"Networks with pretrained weights: the cache {ModelCache.Default.Folder} has neither nas-bert nor bert. Add them (mlp models add nas-bert --from FILE|DIR|URL), or make your own (mlp pretrain text).");
    }
}
