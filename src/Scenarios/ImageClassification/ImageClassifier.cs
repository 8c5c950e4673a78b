using MLPipelines.Data;
using MLPipelines.Transforms.Image;
using MLPipelines.Vision;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>
/// A trained image classifier, as an app uses it: a picture in, labels with their probabilities out. Immutable; one instance serves all threads.
/// </summary>
public sealed class ImageClassifier
{
    private const int OtherSide = 128;

    private readonly MLContext _context;
    private readonly WorkspacePool<Workspace> _workspaces;

    internal ImageClassifier(MLContext context, ITransformer model, DataViewSchema inputSchema)
    {
        (_context, Model, InputSchema) = (context, model, inputSchema);
        if (ColumnIn(inputSchema) is not { } column) throw new MLPipelinesException($"This model classifies no pictures: it predicts from {inputSchema}.");
        if (model.GetOutputSchema(inputSchema).GetColumnOrNull("Score") is not { Type: VectorDataViewType } score || score.SlotNamesOrNull() is not { } labels)
            throw new MLPipelinesException("This model is not a classifier: it gives no column 'Score' with one value per label.");
        Labels = labels;
        _workspaces = new WorkspacePool<Workspace>(() => new Workspace(model, inputSchema, column));
    }

    /// <summary>The chain; it can be appended to, saved and applied like any other.</summary>
    public ITransformer Model { get; }

    /// <summary>The columns that the model is applied to: one of pictures.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>The labels that it tells apart.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Learns a classifier from labelled pictures.</summary>
    /// <param name="context">The context; its seed fixes the result.</param>
    /// <param name="path">A folder with a folder of pictures per class, an archive of one, a table of paths and labels, or IDX files.</param>
    /// <param name="options">How; <see langword="null"/> to have it chosen by the pictures.</param>
    /// <exception cref="MLPipelinesException">The pictures cannot be learned from, such as when all have one label.</exception>
    public static ImageClassifier Train(MLContext context, string path, ImageClassificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Train(context, ImageInput.Open(path, cancellation: context.CancellationToken).Train, options);
    }

    /// <summary>Learns a classifier from labelled pictures.</summary>
    /// <param name="context">The context; its seed fixes the result.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="options">How; <see langword="null"/> to have it chosen by the pictures.</param>
    /// <exception cref="MLPipelinesException">The pictures cannot be learned from, such as when all have one label.</exception>
    public static ImageClassifier Train(MLContext context, LabelledImages images, ImageClassificationOptions? options = null) =>
        new ImageClassifierTrainer(context, options ?? new ImageClassificationOptions()).Train(images).Classifier;

    public static ImageClassifier Load(string path)
    {
        var context = new MLContext();
        ITransformer model = context.Model.Load(path, out DataViewSchema schema);
        return new ImageClassifier(context, model, schema);
    }

    public void Save(string path, TrainingRecord? record = null) => _context.Model.Save(Model, InputSchema, path, record);

    /// <summary>What a picture file shows.</summary>
    /// <exception cref="MLPipelinesException">The file is no picture, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ImagePrediction Predict(string path)
    {
        using var image = MLImage.CreateFromFile(path);
        return Predict(image);
    }

    /// <summary>What the picture shows that a stream holds, from where it stands to its end.</summary>
    /// <exception cref="MLPipelinesException">It is no picture, or damaged.</exception>
    public ImagePrediction Predict(Stream stream)
    {
        using var image = MLImage.CreateFromStream(stream);
        return Predict(image);
    }

    /// <summary>What the picture shows whose file has these bytes.</summary>
    /// <exception cref="MLPipelinesException">They are no picture, or damaged.</exception>
    public ImagePrediction Predict(ReadOnlySpan<byte> file)
    {
        using var image = MLImage.CreateFromBytes(file);
        return Predict(image);
    }

    /// <summary>What a picture shows.</summary>
    public ImagePrediction Predict(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Workspace workspace = _workspaces.Take();
        var prediction = new ImagePrediction(LabelProbability.Rank(Labels, workspace.Score(image)));
        _workspaces.Return(workspace);
        return prediction;
    }

    /// <summary>The size that the network brings pictures to.</summary>
    internal (int Height, int Width) InputSize => Network?.Shape is { } shape ? (shape.Height, shape.Width) : (OtherSide, OtherSide);

    /// <summary>The network; <see langword="null"/> where it is none of ours.</summary>
    internal ImageClassificationModelParameters? Network =>
        ITransformerChain.Flatten(Model).OfType<MulticlassPredictionTransformer<ImageClassificationModelParameters>>().FirstOrDefault()?.Model;

    /// <summary>The column of pictures that a model predicts from; <see langword="null"/> where it predicts from other things.</summary>
    internal static DataViewSchema.Column? ColumnIn(DataViewSchema inputSchema) => inputSchema.Where(column => !column.IsHidden).ToList() is [{ Type: ImageDataViewType } only] ? only : null;

    /// <summary>The probabilities of the labels, in their order, for each of some pictures.</summary>
    internal float[][] Score(IReadOnlyList<MLImage> images)
    {
        var column = new ValueColumn<MLImage?>();
        foreach (MLImage image in images) column.Append(image);
        BatchView scored = BatchView.Of(Model.Transform(new BlockView(InputSchema, [[column]])));
        var scores = (VectorColumn<float>)scored.ReadColumns(scored.Schema["Score"].Index)[0];
        return [.. Enumerable.Range(0, images.Count).Select(row => scores[row].Values.ToArray())];
    }

    private sealed class Workspace
    {
        private readonly OneRowView _input;
        private readonly BatchCursor _cursor;
        private readonly int _image, _score;

        internal Workspace(ITransformer model, DataViewSchema schema, DataViewSchema.Column image)
        {
            _input = new OneRowView(schema);
            BatchView output = BatchView.Of(model.Transform(_input));
            (_image, _score) = (image.Index, output.Schema["Score"].Index);
            _cursor = output.OpenBatches(ColumnSet.Of(output.Schema, _score));
        }

        internal ReadOnlySpan<float> Score(MLImage image)
        {
            _input.Clear();
            var images = (ValueColumn<MLImage?>)_input.Columns[_image]!;
            images.Append(image);
            ReadOnlySpan<float> scores = ((VectorColumn<float>)_cursor.Next()![_score])[0].Values;
            images.Resize(1)[0] = null;
            return scores;
        }
    }
}
