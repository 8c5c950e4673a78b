using MLPipelines.Data;
using MLPipelines.Neural.Images;
using MLPipelines.Tensors;

namespace MLPipelines.Vision;

/// <summary>
/// A trained network and how pictures come into it. Its scores are the probabilities of the classes, by softmax. Immutable: many threads may use it.
/// </summary>
public sealed class ImageClassificationModelParameters : IColumnScoringModel
{
    internal const string Kind = "image-classification";

    private readonly ImageNetwork _network;
    private readonly float[] _numbers;
    private readonly WorkspacePool<PictureScorer> _scorers;

    internal ImageClassificationModelParameters(NetworkDescription description, PictureInput input, bool flips, ImageNetwork network)
    {
        (Description, Input, Flips, _network, _numbers) = (description, input, flips, network, input.NumberOfSample());
        _network.Train(isTraining: false);
        _network.Freeze();
        _network.Fix();
        _scorers = new WorkspacePool<PictureScorer>(CreateScorer);
    }

    public string TypeId => Kind;

    /// <summary>How many numbers a picture has.</summary>
    public int FeatureCount => Description.PixelCount;

    /// <summary>The number of classes.</summary>
    public int ScoreCount => Description.Classes;

    /// <summary>The size that pictures are brought to: height, width and channels, 1 for grey ones.</summary>
    public ImageShape Shape => Input.Shape;

    /// <summary>How many numbers were learned.</summary>
    public long ParameterCount => _network.ParameterCount;

    /// <summary>What the network is made by.</summary>
    internal NetworkDescription Description { get; }

    /// <summary>How pictures come into it.</summary>
    internal PictureInput Input { get; }

    /// <summary>Whether the mirror image counts, too.</summary>
    internal bool Flips { get; }

    /// <summary>The learned numbers by name. They are not copies.</summary>
    internal IEnumerable<NamedTensor> Weights => _network.Weights;

    int IColumnScoringModel.RowsAtOnce => PictureScorer.AtOnce * 4;

    /// <summary>The probabilities of the classes for one picture.</summary>
    /// <param name="features">The numbers of its pixels (height, width, channels), in the range of the vectors of training, or 0 to 255 if those were pictures.</param>
    /// <param name="scores">Where the probabilities go.</param>
    public void Score(RowVector<float> features, Span<float> scores)
    {
        if (features.Length != FeatureCount) throw new ArgumentException($"Found {features.Length} numbers, expected {FeatureCount} as in training.", nameof(features));
        PictureScorer scorer = _scorers.Take();
        scorer.Score(features, Input.Range ?? NumberRange.OfBytes, scores[..ScoreCount]);
        _scorers.Return(scorer);
    }

    /// <summary>The probabilities of the classes for one picture of any size. Safe to call from many threads.</summary>
    public float[] Score(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        float[] scores = new float[ScoreCount];
        PictureScorer scorer = _scorers.Take();
        scorer.Score(image, Input, scores);
        _scorers.Return(scorer);
        return scores;
    }

    void IColumnScoringModel.CheckFeatures(DataViewSchema.Column features, string step)
    {
        var column = PictureColumn.Of(features, step);
        if (column.KnownShape is { } shape && shape != Shape)
            throw new ArgumentOutOfRangeException(nameof(features), $"{step}: column '{features.Name}' holds pictures of {shape}, expected {Shape} (height, width, channels) as in training.");
        if (column is INumberPictures != Input.Range is not null)
            throw new ArgumentOutOfRangeException(nameof(features), $"{step}: column '{features.Name}' is {features.Type}, expected {(Input.Range is null ? "images or the bytes of image files" : "vectors of numbers")} as in training.");
    }

    ColumnKernel IColumnScoringModel.CreateKernel(DataViewSchema.Column features)
    {
        var column = PictureColumn.Of(features, Kind);
        PictureScorer scorer = CreateScorer();
        var scores = new VectorColumn<float>(ScoreCount);
        return batch =>
        {
            scorer.Score(batch, column, Input, scores.Resize(batch.RowCount));
            return scores;
        };
    }

    public void Save(ModelStepWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Description.Save(writer);
        Input.Save(writer);
        writer.Set("flips", Flips);
        foreach (NamedTensor weight in _network.Weights) writer.WriteArray<float>(weight.Name, weight.Tensor.ToArray(), weight.Tensor.Shape.AsSpan());
    }

    internal static ImageClassificationModelParameters Load(ModelStepReader reader)
    {
        var description = NetworkDescription.Load(reader);
        var input = PictureInput.Load(reader, new ImageShape(description.Height, description.Width, description.Channels));
        ImageNetwork network = description.Create(new RandomSource(0));
        foreach (NamedTensor weight in network.Weights) weight.Tensor.CopyFrom(reader.ReadArray<float>(weight.Name, weight.Tensor.Shape.AsSpan()));
        return new ImageClassificationModelParameters(description, input, reader.GetBoolean("flips"), network);
    }

    private PictureScorer CreateScorer() => new(_network, Shape, ScoreCount, _numbers, Flips);
}
