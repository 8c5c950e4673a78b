namespace MLPipelines;

/// <summary>An estimator that learns a model from labelled examples.</summary>
public interface ITrainerEstimator<out TTransformer, out TModel> : IEstimator<TTransformer>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class;

/// <summary>A transformer that applies a model to one feature column.</summary>
public interface ISingleFeaturePredictionTransformer<out TModel> : ITransformer where TModel : class
{
    string FeatureColumnName { get; }

    DataViewSchema.Annotations? FeatureColumnAnnotations { get; }

    TModel Model { get; }
}
