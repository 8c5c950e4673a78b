using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>
/// Trains candidates on the same texts. The n-grams of the texts are found once for all candidates that have the same views;
/// what they are worth, and the model, is learned from the rows given. Safe to use from many threads.
/// </summary>
internal sealed class CandidateTrainer(TextColumn texts, int[] labels, int labelCount, TrainingEnvironment environment)
{
    private readonly Dictionary<string, (NgramStatistics Statistics, int[] Kept, NgramMatrix Matrix)> _counted = [];

    /// <summary>Learns from some rows and gives the margins of others, row after row.</summary>
    internal float[] Margins(TextClassificationCandidate candidate, int[] rows, int[] heldOut)
    {
        var (model, features, _) = Train(candidate, rows, inverseTemperature: 1);
        float[] margins = new float[heldOut.Length * labelCount];
        Parallel.For(0, heldOut.Length, i => model.Margins(features[heldOut[i]], margins.AsSpan(i * labelCount, labelCount)));
        return margins;
    }

    /// <summary>Learns from all rows.</summary>
    internal (NgramVocabulary Vocabulary, QuantizedLinearModel Model) Train(TextClassificationCandidate candidate, float inverseTemperature)
    {
        var (model, _, weights) = Train(candidate, rows: null, inverseTemperature);
        var (statistics, kept, _) = Count(candidate.Features);
        return (new NgramVocabulary(statistics.Views, statistics.TermsOf(kept), weights), model);
    }

    private (QuantizedLinearModel Model, FeatureMatrix Features, float[] Weights) Train(TextClassificationCandidate candidate, int[]? rows, float inverseTemperature)
    {
        var (statistics, kept, matrix) = Count(candidate.Features);
        float[] weights = NgramWeighting.Weights(statistics, kept, matrix.LabelEntropies(labels, labelCount, rows), candidate.Features);
        FeatureMatrix features = matrix.Weigh(weights);
        var examples = new TrainingSet(features, Array.ConvertAll(labels, label => (float)label), null, labelCount);
        return (LinearSvmMulticlassTrainer.Train(examples, labels, rows, candidate.Trainer, environment, inverseTemperature), features, weights);
    }

    private (NgramStatistics Statistics, int[] Kept, NgramMatrix Matrix) Count(TextVectorizingOptions options)
    {
        lock (_counted) return CountOnce(options);
    }

    private (NgramStatistics Statistics, int[] Kept, NgramMatrix Matrix) CountOnce(TextVectorizingOptions options)
    {
        string key = $"{string.Join(", ", options.Views)} {options.MinimumDocumentCount} {options.MaximumFeatureCount}";
        if (_counted.TryGetValue(key, out var counted)) return counted;
        var statistics = NgramStatistics.OfAny(texts, [.. options.Views], options.MinimumDocumentCount, environment.CancellationToken);
        int[] kept = statistics.Select(options.MaximumFeatureCount);
        if (kept.Length == 0) throw new MLPipelinesException($"There is no n-gram in the {texts.RowCount} texts: they are empty, or nothing but spaces and signs.");
        return _counted[key] = (statistics, kept, statistics.ToMatrix(kept));
    }
}
