namespace MLPipelines;

public sealed partial class AnomalyDetectionCatalog
{
    /// <summary>The same model with another threshold: fewer or more rows are anomalies. The model given stays as it is.</summary>
    /// <param name="model">A model of anomalies, such as the last transformer of a chain.</param>
    /// <param name="threshold">The score above which a row is an anomaly; scores are between 0 and 1.</param>
    public AnomalyPredictionTransformer<TModel> ChangeModelThreshold<TModel>(AnomalyPredictionTransformer<TModel> model, float threshold)
        where TModel : class, IScoringModel
    {
        ArgumentNullException.ThrowIfNull(model);
        if (float.IsNaN(threshold)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is a number.");
        return threshold == model.Threshold ? model : new AnomalyPredictionTransformer<TModel>(model.Model, model.FeatureColumnName, threshold);
    }
}
