using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// An ensemble: the task, how many models there are, and after their number the columns that they read. Model i is a file of its own, the entry <c>PredictorModels/PredictorModel_i</c>; the component <c>Combiner</c> says what is made of
/// their scores. Here each model is given the columns again as they were, and the scores are averaged.
/// </summary>
internal static class EnsembleReader
{
    internal static readonly ComponentTable<StepReading> Table = new(new ComponentKind<StepReading>("PipelineEnsemble", 0x00010002, 0x00010002, Add));

    private static void Add(Component component, Payload payload, ChainBuilder chain)
    {
        string task = payload.Name();
        Component combiner = component.Inner("Combiner");
        if (task != "Regression") throw component.Invalid($"not supported: an ensemble for {task}");
        if (combiner.Header.Loader != "AverageCombiner") throw ComponentTables.Unknown(combiner, "combiner");
        if (component.Archive.Outer is not null) throw component.Invalid("not supported: an ensemble within an ensemble");
        int count = payload.Int32(1, 1000, "the number of models");
        string[] columns = new string[payload.Count(4)];
        for (int i = 0; i < columns.Length; i++) columns[i] = payload.Name();

        InputOutputColumnPair[] kept = [.. columns.Select(name => new InputOutputColumnPair("ensemble " + name, name))], restored = [.. kept.Select(pair => new InputOutputColumnPair(pair.InputColumnName, pair.OutputColumnName))];
        string[] scores = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"ensemble score {i}"))];
        var given = chain.Schema?.Where(column => !column.IsHidden).Select(column => column.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        Copy(chain, kept);
        for (int i = 0; i < count; i++)
        {
            foreach (ITransformer step in StepsOf(component, i)) chain.Add(step, [], [ScoreColumns.Score]);
            Copy(chain, [new InputOutputColumnPair(scores[i], ScoreColumns.Score)]);
            Copy(chain, restored);
        }
        float[] weights = new float[count];
        Array.Fill(weights, 1f / count);
        chain.Add(new PredictionBlendingTransformer(scores, weights, labelType: null, labels: null), scores, [ScoreColumns.Score]);
        // What the models made besides is nobody's.
        string[] made = [.. chain.Schema?.Where(column => !column.IsHidden && column.Name != ScoreColumns.Score && !given.Contains(column.Name)).Select(column => column.Name) ?? []];
        if (made.Length > 0) chain.Add(new ColumnSelectingTransformer(made, isDrop: true, keepHidden: false), [], []);
    }

    private static IReadOnlyList<ITransformer> StepsOf(Component component, int number)
    {
        string entry = $"PredictorModels/PredictorModel_{number:000}";
        using ComponentArchive archive = ComponentArchive.OpenOrNull($"{component.Archive.Source}: entry '{component.Folder}/{entry}'", component.Entry(entry), component.Archive)
            ?? throw component.Invalid($"its model {number} is no model file");
        return MLNetModel.ReadOld(archive).Steps;
    }

    private static void Copy(ChainBuilder chain, InputOutputColumnPair[] pairs) => chain.Add(new ColumnCopyingTransformer([.. pairs.Select(pair => new ColumnCopy(pair))]), pairs);
}
