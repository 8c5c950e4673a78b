using MLPipelines.Data;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>
/// A trained text classifier, as an app uses it: text in, labels with their probabilities out. Immutable; one instance serves
/// all threads.
/// </summary>
public sealed class TextClassifier
{
    private readonly MLContext _context;
    private readonly WorkspacePool<Workspace> _workspaces;

    private TextClassifier(MLContext context, ITransformer model, DataViewSchema inputSchema)
    {
        (_context, Model, InputSchema) = (context, model, inputSchema);
        DataViewSchema output = model.GetOutputSchema(inputSchema);
        if (output.GetColumnOrNull("Score") is not { } score || score.Type is not VectorDataViewType || score.SlotNamesOrNull() is not { } labels)
            throw new MLPipelinesException("This model is not a classifier: it gives no column 'Score' with one value per label.");
        Labels = labels;
        _workspaces = new WorkspacePool<Workspace>(() => new Workspace(model, inputSchema));
        Workspace first = _workspaces.Take();
        TextColumns = [.. inputSchema.Where(c => first.Input.Columns[c.Index] is TextColumn).Select(c => c.Name)];
        _workspaces.Return(first);
    }

    /// <summary>The chain; it can be appended to, saved and applied like any other.</summary>
    public ITransformer Model { get; }

    /// <summary>The columns that the model is applied to.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>The labels that it tells apart.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The columns of text that it reads, in order.</summary>
    public IReadOnlyList<string> TextColumns { get; }

    /// <summary>Learns a classifier from labelled texts.</summary>
    /// <param name="context">The context; its seed fixes the result.</param>
    /// <param name="data">Rows with the text columns and the label.</param>
    /// <param name="textColumns">The columns of text.</param>
    /// <param name="labelColumn">The label, of any type.</param>
    public static TextClassifier Train(MLContext context, IDataView data, IReadOnlyList<string> textColumns, string labelColumn)
    {
        var result = new TextClassificationTrainer(context, new TextClassificationOptions { TextColumns = textColumns, LabelColumn = labelColumn }).Train(data);
        return Of(context, result, data.Schema);
    }

    /// <summary>The classifier that a training yielded.</summary>
    public static TextClassifier Of(MLContext context, TextClassificationResult result, DataViewSchema dataSchema) =>
        Of(context, result.Model, dataSchema, ITransformerChain.Flatten(result.Model).OfType<Transforms.Text.TextVectorizer>().First().InputColumnNames);

    /// <summary>The classifier that a model is, such as a network.</summary>
    /// <param name="context">The context.</param>
    /// <param name="model">It reads columns of text and gives <c>Score</c>, a probability per label.</param>
    /// <param name="dataSchema">The columns of what it learned from.</param>
    /// <param name="textColumns">Those of text.</param>
    /// <exception cref="MLPipelinesException">The model is not a classifier.</exception>
    public static TextClassifier Of(MLContext context, ITransformer model, DataViewSchema dataSchema, IReadOnlyList<string> textColumns)
    {
        ArgumentNullException.ThrowIfNull(dataSchema);
        ArgumentNullException.ThrowIfNull(textColumns);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(textColumns.Select(name => dataSchema[name]));
        return new TextClassifier(context, model, builder.ToSchema());
    }

    public static TextClassifier Load(string path)
    {
        var context = new MLContext();
        ITransformer model = context.Model.Load(path, out DataViewSchema schema);
        return new TextClassifier(context, model, schema);
    }

    public void Save(string path, TrainingRecord? record = null) => _context.Model.Save(Model, InputSchema, path, record);

    /// <summary>The labels of one text, the most probable first.</summary>
    /// <param name="texts">The texts of <see cref="TextColumns"/>, in their order. A single text goes into the last of several columns.</param>
    public TextPrediction Predict(params ReadOnlySpan<string> texts)
    {
        if (texts.Length != TextColumns.Count && texts.Length != 1)
            throw new ArgumentException($"{texts.Length} texts given, expected {TextColumns.Count}: {string.Join(", ", TextColumns)}.", nameof(texts));
        Workspace workspace = _workspaces.Take();
        workspace.Input.Clear();
        int missing = TextColumns.Count - texts.Length, next = 0;
        foreach (BatchColumn? column in workspace.Input.Columns)
        {
            if (column is not TextColumn text) continue;
            text.Append(next < missing ? "" : texts[next - missing]);
            next++;
        }
        var scores = (VectorColumn<float>)workspace.Cursor.Next()![workspace.Score];
        var prediction = new TextPrediction(LabelProbability.Rank(Labels, scores[0].Values));
        _workspaces.Return(workspace);
        return prediction;
    }

    private sealed class Workspace
    {
        internal Workspace(ITransformer model, DataViewSchema schema)
        {
            Input = new OneRowView(schema);
            BatchView output = BatchView.Of(model.Transform(Input));
            Score = output.Schema["Score"].Index;
            Cursor = output.OpenBatches(ColumnSet.Of(output.Schema, Score));
        }

        internal OneRowView Input { get; }

        internal BatchCursor Cursor { get; }

        internal int Score { get; }
    }
}
