using System.Collections.Concurrent;
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
    private const int ValidationPasses = 6;

    private readonly Dictionary<string, CountedTexts> _counted = [];

    /// <summary>The n-grams of the texts, those to keep, how often each text has them, and what was computed of them for some rows.</summary>
    private sealed record CountedTexts(NgramStatistics Statistics, int[] Kept, NgramMatrix Matrix)
    {
        /// <summary>The entropies of the label by the rows that they are over; validation asks for the same rows again and again.</summary>
        public ConcurrentDictionary<object, Lazy<float[]>> Entropies { get; } = new(ReferenceEqualityComparer.Instance);
    }

    /// <summary>Learns from some rows and gives the margins of others, row after row.</summary>
    internal float[] Margins(TextClassificationCandidate candidate, int[] rows, int[] heldOut)
    {
        // A few passes rank candidates as well as many.
        var quick = candidate with { Trainer = candidate.Trainer with { MaximumPasses = Math.Min(candidate.Trainer.MaximumPasses, ValidationPasses) } };
        var (model, features, _) = Train(quick, rows, inverseTemperature: 1);
        float[] margins = new float[heldOut.Length * labelCount];
        Parallel.For(0, heldOut.Length, i => model.Margins(features[heldOut[i]], margins.AsSpan(i * labelCount, labelCount)));
        return margins;
    }

    /// <summary>Learns from all rows.</summary>
    internal (NgramVocabulary Vocabulary, QuantizedLinearModel Model) Train(TextClassificationCandidate candidate, float inverseTemperature)
    {
        var (statistics, kept, _) = Count(candidate.Features);
        // One class after the other keeps one processor busy; another finds the texts of the n-grams meanwhile.
        Task<string[][]> terms = Task.Run(() => statistics.TermsOf(kept), environment.CancellationToken);
        var (model, _, weights) = Train(candidate, rows: null, inverseTemperature);
        return (new NgramVocabulary(statistics.Views, terms.GetAwaiter().GetResult(), weights), model);
    }

    private (QuantizedLinearModel Model, FeatureMatrix Features, float[] Weights) Train(TextClassificationCandidate candidate, int[]? rows, float inverseTemperature)
    {
        CountedTexts counted = Count(candidate.Features);
        float[] entropies = counted.Entropies.GetOrAdd(rows ?? labels, _ => new Lazy<float[]>(() => counted.Matrix.LabelEntropies(labels, labelCount, rows))).Value;
        float[] weights = NgramWeighting.Weights(counted.Statistics, counted.Kept, entropies, candidate.Features);
        FeatureMatrix features = counted.Matrix.Weigh(weights);
        var examples = new TrainingSet(features, Array.ConvertAll(labels, label => (float)label), null, labelCount);
        return (LinearSvmMulticlassTrainer.Train(examples, labels, rows, candidate.Trainer, environment, inverseTemperature), features, weights);
    }

    private CountedTexts Count(TextVectorizingOptions options)
    {
        lock (_counted) return CountOnce(options);
    }

    private CountedTexts CountOnce(TextVectorizingOptions options)
    {
        string key = $"{string.Join(", ", options.Views)} {options.MinimumDocumentCount} {options.MaximumFeatureCount}";
        if (_counted.TryGetValue(key, out CountedTexts? counted)) return counted;
        var statistics = NgramStatistics.OfAny(texts, [.. options.Views], options.MinimumDocumentCount, environment.CancellationToken);
        int[] kept = statistics.Select(options.MaximumFeatureCount);
        if (kept.Length == 0) throw new MLPipelinesException($"There is no n-gram in the {texts.RowCount} texts: they are empty, or nothing but spaces and signs.");
        return _counted[key] = new CountedTexts(statistics, kept, statistics.ToMatrix(kept));
    }
}
