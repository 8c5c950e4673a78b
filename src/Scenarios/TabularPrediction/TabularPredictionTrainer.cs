using MLPipelines.AutoML;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>
/// Learns to predict a label or a number from the other columns of a table. It looks at what the columns are, makes one
/// vector of them and learns the model that does best on rows held out: linear, boosted trees or a random forest.
/// <see cref="Chain"/> is the chain of estimators behind it.
/// </summary>
public sealed class TabularPredictionTrainer(MLContext context, TabularTask task, TabularPredictionOptions options)
{
    /// <summary>The key column of labels that held-out rows have.</summary>
    internal const string LabelKeyColumn = Label;

    private const string Label = "LabelKey", Features = "TableFeatures";

    /// <summary>Learns from the rows of a view. Rows without a label are left out; the features are held in memory.</summary>
    /// <exception cref="MLPipelinesException">The data cannot be learned from, such as when all rows have one label.</exception>
    public TabularPredictionResult Train(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string name = options.LabelColumn;
        if (data.Schema.GetColumnOrNull(name) is not { } label)
            throw new ArgumentOutOfRangeException(nameof(data), $"Label column '{name}' not found. The columns are: {data.Schema}.");
        TabularColumns columns = options.Columns ?? TabularColumns.Infer(data, name);
        if (columns.Used.Count == 0)
        {
            throw new MLPipelinesException($"There is no column to predict '{name}' from."
                + (columns.Ignored.Count == 0 ? " The data has no other column." : $" Left out: {string.Join("; ", columns.Ignored.Select(c => $"{c.Name} ({c.Reason})"))}."));
        }
        IDataView cached = context.Data.Cache(data, [.. columns.Used, name]);
        IDataView labelled = LabelStep(label).Fit(cached).Transform(cached);
        CheckLabels(labelled);

        DataOperationsCatalog.TrainTestData? split = options.HeldOutFraction == 0 ? null
            : context.Data.TrainTestSplit(labelled, options.HeldOutFraction, stratificationColumnName: task == TabularTask.Classification ? Label : null);
        // Rows that the model is measured on take no part in the choice either.
        IReadOnlyList<TrainerTrial> trials = Trials(columns, data.Schema, split?.TrainSet ?? labelled);
        TrainerTrial? best = trials is [{ Problem: null } first, ..] ? first : null;
        string trainer = best?.Trainer ?? TabularTrainers.Find(task, options.Trainer).Name;
        var chain = Chain(columns, data.Schema, trainer, best?.Settings ?? options.TrainerSettings);
        IDataView? heldOut = split is not { } parts ? null : chain.Fit(parts.TrainSet).Transform(parts.TestSet);
        return new TabularPredictionResult(chain.Fit(labelled), columns, trainer, heldOut) { Trials = trials };
    }

    private IReadOnlyList<TrainerTrial> Trials(TabularColumns columns, DataViewSchema schema, IDataView rows)
    {
        // The n-grams of texts are many thousands of features, each in few rows: linear models are made for that, trees are not.
        if (options.Trainer is not null || options.TrainerSettings.Count > 0 || columns.Texts.Count > 0) return [];
        return new TrainerChoice(context, task, Label, options.TimeLimit).Try(rows, (trainer, settings) => Chain(columns, schema, trainer, settings));
    }

    /// <summary>The features, the trainer, and for classes the way back from keys to labels. The label is made beforehand, so that the model does not ask for it.</summary>
    private EstimatorChain<ITransformer> Chain(TabularColumns columns, DataViewSchema schema, string trainer, IReadOnlyDictionary<string, double> settings)
    {
        bool classes = task == TabularTask.Classification;
        TabularTrainers.Kind kind = TabularTrainers.Find(task, trainer);
        var chain = TabularFeatures.Chain(context, columns, schema, Features, classes ? Label : null, kind.LearnsTrees).AppendCacheCheckpoint(context)
            .Append(kind.Make(context, Label, Features, settings));
        return classes ? chain.Append<ITransformer>(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")) : chain;
    }

    private IEstimator<ITransformer> LabelStep(DataViewSchema.Column label)
    {
        // Sorted, so that of two classes the second is the one that "positive" means: 1 of 0 and 1, yes of no and yes.
        if (task == TabularTask.Classification)
            return context.Transforms.Conversion.MapValueToKey(Label, label.Name, keyOrdinality: Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
        if (label.Type is not (NumberDataViewType or BooleanDataViewType))
            throw new ArgumentOutOfRangeException(nameof(label), $"Label column '{label.Name}' is {label.Type}, expected a number.");
        return context.Transforms.Conversion.ConvertType(Label, label.Name, DataKind.Single);
    }

    private void CheckLabels(IDataView labelled)
    {
        BatchView view = BatchView.Of(labelled);
        DataViewSchema.Column label = view.Schema[Label];
        BatchColumn column = view.ReadColumns(label.Index)[0];
        if (task == TabularTask.Classification) LabelCheck.Classes(options.LabelColumn, label, ((ValueColumn<uint>)column).Values);
        else LabelCheck.Numbers(options.LabelColumn, ((ValueColumn<float>)column).Values);
    }
}
