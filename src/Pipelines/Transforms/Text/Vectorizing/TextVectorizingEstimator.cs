using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Learns which n-grams texts have and what each is worth; see <see cref="TextVectorizer"/>. Holds all texts in memory while it learns.</summary>
public sealed class TextVectorizingEstimator : IEstimator<TextVectorizer>
{
    private readonly TrainingEnvironment _environment;
    private readonly string _outputColumn;
    private readonly string[] _inputColumns;
    private readonly TextVectorizingOptions _options;

    internal TextVectorizingEstimator(TrainingEnvironment environment, string outputColumn, TextVectorizingOptions options, IReadOnlyList<string> inputColumns)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumn);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumDocumentCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumFeatureCount, 1);
        if (options.Views.Count == 0) throw new ArgumentException("At least one view is needed.", nameof(options));
        if (!double.IsFinite(options.IdfExponent)) throw new ArgumentOutOfRangeException(nameof(options), options.IdfExponent, "IdfExponent is a finite number.");
        if (!(options.LabelWeightFloor > 0)) throw new ArgumentOutOfRangeException(nameof(options), options.LabelWeightFloor, "LabelWeightFloor is above 0.");
        if (!(options.LabelWeightExponent > 0)) throw new ArgumentOutOfRangeException(nameof(options), options.LabelWeightExponent, "LabelWeightExponent is above 0.");
        foreach (NgramView view in options.Views) view.Check();
        (_environment, _outputColumn, _options) = (environment, outputColumn, options);
        _inputColumns = inputColumns.Count > 0 ? [.. inputColumns] : [outputColumn];
    }

    private string InputsInWords => $"column{(_inputColumns.Length > 1 ? "s" : "")} '{string.Join("', '", _inputColumns)}'";

    public TextVectorizer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var (texts, labels, labelCount) = Read(BatchView.Of(input));
        NgramView[] views = [.. _options.Views];
        var statistics = NgramStatistics.OfAny(texts, views, _options.MinimumDocumentCount, _environment.CancellationToken);
        int[] kept = statistics.Select(_options.MaximumFeatureCount);
        if (kept.Length == 0) throw new MLPipelinesException(
            $"VectorizeText: there is no n-gram in the {texts.RowCount} texts of {InputsInWords}: they are empty, or nothing but spaces{(views.All(v => v.Unit == NgramUnit.Word) ? " and signs" : "")}.");

        float[]? entropies = labels is null || labelCount < 2 ? null : statistics.ToMatrix(kept).LabelEntropies(labels, labelCount, rows: null);
        float[] weights = NgramWeighting.Weights(statistics, kept, entropies, _options);
        return new TextVectorizer(_outputColumn, _inputColumns, new NgramVocabulary(views, statistics.TermsOf(kept), weights));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in _inputColumns)
        {
            SchemaShape.Column column = inputSchema.Require(name, "VectorizeText");
            if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType is not TextDataViewType)
                throw new ArgumentOutOfRangeException(nameof(inputSchema), $"VectorizeText: column '{name}' is {column.GetTypeString()}, expected String.");
        }
        if (_options.LabelColumnName is { } label && inputSchema.Require(label, "VectorizeText") is var labels && (!labels.IsKey || labels.Kind != SchemaShape.Column.VectorKind.Scalar))
            throw new ArgumentOutOfRangeException(nameof(inputSchema),
                $"VectorizeText: label column '{label}' is {labels.GetTypeString()}, expected a key. Conversion.MapValueToKey makes one out of any column.");
        return inputSchema.With(new SchemaShape.Column(_outputColumn, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, new SchemaShape(
        [
            new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false),
            new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false),
        ])));
    }

    /// <summary>The texts, their columns joined, and the labels; texts without a label are left out where labels matter.</summary>
    private (TextColumn Texts, int[]? Labels, int LabelCount) Read(BatchView view)
    {
        int[] sources = Array.ConvertAll(_inputColumns, name => view.Schema[name].Index);
        DataViewSchema.Column? label = _options.LabelColumnName is { } name ? view.Schema[name] : null;
        var (texts, labels) = LabelledTexts.Read(view, sources, label);
        if (texts.RowCount == 0) throw new MLPipelinesException(
            $"VectorizeText: there is nothing to learn from: the data has no row in {InputsInWords}{(label is null ? "" : $" with a label in column '{_options.LabelColumnName}'")}.");
        return label is { } key ? (texts, labels, (int)((KeyDataViewType)key.Type).Count) : (texts, null, 0);
    }
}
