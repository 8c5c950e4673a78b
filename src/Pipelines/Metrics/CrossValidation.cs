using MLPipelines.Data;

namespace MLPipelines;

public abstract partial class TrainCatalogBase
{
    /// <summary>Learns on all folds but one and evaluates on that one, for each fold, one after the other.</summary>
    private protected IReadOnlyList<CrossValidationResult<TMetrics>> CrossValidate<TMetrics>(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds, string? samplingKeyColumnName, int? seed, Func<IDataView, TMetrics> evaluate) where TMetrics : class
    {
        ArgumentNullException.ThrowIfNull(estimator);
        var folds = new DataOperationsCatalog(Environment).CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed);
        var results = new CrossValidationResult<TMetrics>[folds.Count];
        for (int fold = 0; fold < results.Length; fold++)
        {
            Environment.Report("cross-validation", fold, results.Length);
            ITransformer model = estimator.Fit(folds[fold].TrainSet);
            IDataView scored = model.Transform(folds[fold].TestSet);
            results[fold] = new(model, evaluate(scored), scored, fold);
        }
        return results;
    }

    /// <summary>What came of one fold.</summary>
    public sealed class CrossValidationResult<T> where T : class
    {
        internal CrossValidationResult(ITransformer model, T metrics, IDataView scores, int fold) =>
            (Model, Metrics, ScoredHoldOutSet, Fold) = (model, metrics, scores, fold);

        /// <summary>The metrics on the fold that was held out.</summary>
        public T Metrics { get; }

        /// <summary>The model that the other folds gave.</summary>
        public ITransformer Model { get; }

        /// <summary>The fold that was held out, as the model transformed it.</summary>
        public IDataView ScoredHoldOutSet { get; }

        /// <summary>The number of the fold, from 0.</summary>
        public int Fold { get; }
    }
}
