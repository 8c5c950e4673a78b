using MLPipelines.AutoML;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>
/// Learns to predict a label or a number from the other columns of a table. It looks at what the columns are, makes one
/// vector of them and learns a linear model; <see cref="Chain"/> is the chain of estimators behind it.
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

        var chain = Chain(columns, data.Schema);
        IDataView? heldOut = null;
        if (options.HeldOutFraction > 0)
        {
            var split = context.Data.TrainTestSplit(labelled, options.HeldOutFraction, stratificationColumnName: task == TabularTask.Classification ? Label : null);
            heldOut = chain.Fit(split.TrainSet).Transform(split.TestSet);
        }
        return new TabularPredictionResult(chain.Fit(labelled), columns, TabularTrainers.Find(task, options.Trainer).Name, heldOut);
    }

    /// <summary>The features, the trainer, and for classes the way back from keys to labels. The label is made beforehand, so that the model does not ask for it.</summary>
    private EstimatorChain<ITransformer> Chain(TabularColumns columns, DataViewSchema schema)
    {
        bool classes = task == TabularTask.Classification;
        IEstimator<ITransformer> trainer = TabularTrainers.Find(task, options.Trainer).Make(context, Label, Features, options.TrainerSettings);
        var chain = TabularFeatures.Chain(context, columns, schema, Features, classes ? Label : null).AppendCacheCheckpoint(context).Append(trainer);
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
