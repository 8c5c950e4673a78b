namespace MLPipelines;

public sealed partial class BinaryClassificationCatalog
{
    /// <summary>The same model with another threshold: fewer or more rows are predicted to be positive. The model given stays as it is.</summary>
    /// <param name="model">A model of two classes, such as the last transformer of a chain.</param>
    /// <param name="threshold">The score, not the probability, above which the prediction is true.</param>
    public BinaryPredictionTransformer<TModel> ChangeModelThreshold<TModel>(BinaryPredictionTransformer<TModel> model, float threshold)
        where TModel : class, IScoringModel
    {
        ArgumentNullException.ThrowIfNull(model);
        if (float.IsNaN(threshold)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is a number, or infinity to predict one class always.");
        return threshold == model.Threshold ? model : new BinaryPredictionTransformer<TModel>(model.Model, model.FeatureColumnName, threshold);
    }
}
