using MLPipelines.Transforms;

namespace MLPipelines.Data;

/// <summary>Puts columns side by side into one vector column; see <see cref="ColumnConcatenatingEstimator"/>.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformer
{
    internal const string StepName = "concatenate";

    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(string output, string[] inputs) => (_output, _inputs) = (output, inputs);

    public override string TypeId => StepName;

    internal string Output => _output;

    internal IReadOnlyList<string> Inputs => _inputs;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column[] sources = Array.ConvertAll(_inputs, name => Require(input, name));
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(sources[0].Type);
        int size = 0;
        bool isVariable = false;
        foreach (DataViewSchema.Column source in sources)
        {
            PrimitiveDataViewType found = RawTypes.ItemTypeOf(source.Type);
            if (found is KeyDataViewType || !found.Equals(item))
                throw ColumnTypeException.Create(TypeId, source, found is KeyDataViewType ? "no key" : $"items of {item} as in column '{sources[0].Name}'");
            int count = source.Type is VectorDataViewType vector ? vector.Size : 1;
            isVariable |= count == 0;
            size = checked(size + count);
        }
        int[] indices = Array.ConvertAll(sources, source => source.Index);
        if (sources is [{ Type: VectorDataViewType } only]) return [new OutputColumn(_output, only.Type, only.Annotations, indices, () => batch => batch[only.Index])];
        if (isVariable) size = 0;
        return
        [
            new OutputColumn(_output, new VectorDataViewType(item, size), ConcatenatedAnnotations.Of(sources, isVariable),
                indices, () => RawTypes.Dispatch(item, new ConcatenationKernel(indices, size))),
        ];
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("output", _output);
        writer.Set("inputs", _inputs);
    }

    internal static ColumnConcatenatingTransformer Load(ModelStepReader reader) => new(reader.GetString("output"), [.. reader.GetStrings("inputs")]);
}
