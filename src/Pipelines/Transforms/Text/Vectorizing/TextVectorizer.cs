using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Texts as weighted n-gram counts: a sparse vector with one item per known n-gram. An n-gram that occurs n times in a text
/// counts 1 + ln n, times its learned weight; the part of each view is scaled to length 1, then the whole vector is.
/// </summary>
/// <remarks>
/// The output is <c>Vector&lt;Single&gt;</c> of known size; its slot names are the n-grams. Several input columns are read as one
/// text, in order. After Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988).
/// </remarks>
public sealed class TextVectorizer : RowToRowTransformer
{
    private readonly string _outputColumn;
    private readonly string[] _inputColumns;
    private readonly NgramVocabulary _vocabulary;

    /// <param name="outputColumn">The column that is added.</param>
    /// <param name="inputColumns">Columns of text.</param>
    /// <param name="vocabulary">The n-grams and their weights.</param>
    internal TextVectorizer(string outputColumn, IReadOnlyList<string> inputColumns, NgramVocabulary vocabulary) =>
        (_outputColumn, _inputColumns, _vocabulary) = (outputColumn, [.. inputColumns], vocabulary);

    public override string TypeId => "text-vectorizer";

    /// <summary>The number of n-grams.</summary>
    public int FeatureCount => _vocabulary.Count;

    public IReadOnlyList<string> InputColumnNames => _inputColumns;

    internal NgramVocabulary Vocabulary => _vocabulary;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int[] sources = Array.ConvertAll(_inputColumns, name => Require(input, name, TextDataViewType.Instance).Index);
        var names = new Lazy<ReadOnlyMemory<char>[]>(() => [.. _vocabulary.SlotNames().Select(name => name.AsMemory())]);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddSlotNames(_vocabulary.Count, (ref VBuffer<ReadOnlyMemory<char>> value) =>
            new VBuffer<ReadOnlyMemory<char>>(names.Value.Length, names.Value).CopyTo(ref value));
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return [new OutputColumn(_outputColumn, new VectorDataViewType(NumberDataViewType.Single, _vocabulary.Count), annotations.ToAnnotations(),
            sources, () => new TextVectorizerKernel(_vocabulary, sources).Compute)];
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("output", _outputColumn);
        writer.Set("inputs", _inputColumns);
        _vocabulary.Save(writer);
    }

    internal static TextVectorizer Load(ModelStepReader reader) =>
        new(reader.GetString("output"), reader.GetStrings("inputs"), NgramVocabulary.Load(reader));
}
