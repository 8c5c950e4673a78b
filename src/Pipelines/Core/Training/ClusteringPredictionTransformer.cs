using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// Assigns rows to clusters: columns <c>PredictedLabel</c> (a key: the number of the nearest cluster, from 1) and <c>Score</c> (the squared
/// distance from each cluster's centre).
/// </summary>
public sealed class ClusteringPredictionTransformer<TModel> : PredictionTransformer<TModel> where TModel : class, IScoringModel
{
    internal ClusteringPredictionTransformer(TModel model, string featureColumn) : base(model, featureColumn) { }

    public override string TypeId => "clustering-prediction";

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        const string task = "Clustering";
        int[] features = Features(input);
        int scores = input.Count + 1;
        return
        [
            new(ScoreColumns.PredictedLabel, new KeyDataViewType(typeof(uint), Model.ScoreCount), ScoreColumns.Annotations(task, ScoreColumns.PredictedLabel), [scores], () => Nearest(scores)),
            new(ScoreColumns.Score, new VectorDataViewType(NumberDataViewType.Single, Model.ScoreCount), ScoreColumns.Annotations(task, ScoreColumns.Score), features, () => ScoreVectors(input, features)),
        ];
    }

    /// <summary>The cluster of the lowest score; missing where a score is NaN.</summary>
    private static ColumnKernel Nearest(int score)
    {
        var clusters = new ValueColumn<uint>();
        return batch =>
        {
            var scores = (VectorColumn<float>)batch[score];
            Span<uint> values = clusters.Resize(scores.RowCount);
            for (int row = 0; row < values.Length; row++)
            {
                int nearest = TensorPrimitives.IndexOfMin(scores[row].Values);
                values[row] = float.IsNaN(scores[row].Values[nearest]) ? 0 : (uint)nearest + 1;
            }
            return clusters;
        };
    }
}
