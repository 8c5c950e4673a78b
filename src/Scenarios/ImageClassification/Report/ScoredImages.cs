using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Pictures that a model has scored, once.</summary>
internal sealed class ScoredImages
{
    private ScoredImages(IDataView rows, IReadOnlyList<ScoredImage> images) => (Rows, Images) = (rows, images);

    /// <summary>Their rows with labels and scores, in memory.</summary>
    internal IDataView Rows { get; }

    /// <summary>What each of them was taken for.</summary>
    internal IReadOnlyList<ScoredImage> Images { get; }

    /// <summary>Scores all pictures that can be read.</summary>
    /// <exception cref="MLPipelinesException">None can be read.</exception>
    internal static ScoredImages Of(MLContext context, ImageRows rows, ImageClassifier classifier)
    {
        var scored = new ParallelView(rows, classifier.Model, Environment.ProcessorCount, context.CancellationToken);
        IDataView kept = context.Data.Cache(scored, ImageRows.PathColumn, ImageRows.LabelColumn, "Score", "PredictedLabel");
        BatchColumn[] columns = BatchView.Of(kept).ReadColumns(kept.Schema[ImageRows.PathColumn].Index, kept.Schema["Score"].Index);
        var (paths, scores) = ((TextColumn)columns[0], (VectorColumn<float>)columns[1]);
        List<ScoredImage> images = [];
        // Rows are the pictures in their order, without those that cannot be read.
        using IEnumerator<LabelledImage> next = rows.Images.Images.GetEnumerator();
        for (int row = 0; row < paths.RowCount; row++)
        {
            while (next.MoveNext() && !paths[row].SequenceEqual(next.Current.Name)) { }
            images.Add(new ScoredImage(next.Current, new ImagePrediction(LabelProbability.Rank(classifier.Labels, scores[row].Values))));
        }
        if (images.Count == 0) throw new MLPipelinesException($"{rows.Images.Source}: none of the {rows.Images.Images.Count} pictures can be read. The first: {(rows.Problems is [var first, ..] ? first : "")}");
        return new ScoredImages(kept, images);
    }
}
