using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Transforms;

/// <summary>Makes keys out of values by hashing them; see <see cref="HashingEstimator"/>.</summary>
public sealed class HashingTransformer : OneToOneTransformer<HashMapping>
{
    internal const string StepName = "hash";

    internal HashingTransformer(IReadOnlyList<HashMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static HashingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, HashMapping.Load));
}

/// <summary>How one column is hashed, and what its keys stand for.</summary>
public sealed class HashMapping : ColumnMapping
{
    private readonly SlotNames? _names;
    private readonly HashForm _form;

    internal HashMapping(HashingEstimator.ColumnOptions options, SlotNames? names, HashForm form = HashForm.Default)
        : base(new InputOutputColumnPair(options.Name, options.InputColumnName)) => (Options, _names, _form) = (options, names, form);

    internal HashingEstimator.ColumnOptions Options { get; }

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(input.Type);
        if (!HashingEstimator.CanHash(item))
            throw ColumnTypeException.Create(HashingTransformer.StepName, input, "numbers, text, truth values, keys or row identities");
        var key = new KeyDataViewType(typeof(uint), 1UL << Options.NumberOfBits);
        bool isOne = Options.Combine || input.Type is not VectorDataViewType;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => !isOne && kind == AnnotationKinds.SlotNames);
        if (_names is { } names)
        {
            var values = names.ToVector((int)key.Count);
            annotations.AddKeyValues((int)key.Count, TextDataViewType.Instance, (ref VBuffer<ReadOnlyMemory<char>> value) => values.CopyTo(ref value));
        }
        return new OutputColumn(Columns.OutputColumnName, isOne ? key : new VectorDataViewType(key, ((VectorDataViewType)input.Type).Dimensions),
            annotations.ToAnnotations(), [input.Index], () => RawTypes.Dispatch(item, new HashKernel(input, Options, _form)));
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("numberOfBits", Options.NumberOfBits);
        writer.Set("seed", Options.Seed.ToString(CultureInfo.InvariantCulture));
        writer.Set("useOrderedHashing", Options.UseOrderedHashing);
        writer.Set("combine", Options.Combine);
        if (_form != HashForm.Default) writer.Set("form", _form.ToString());
        SlotNames.Save(_names, writer);
    }

    internal static HashMapping Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        int bits = reader.GetInt32("numberOfBits");
        bool isOrdered = reader.GetBoolean("useOrderedHashing"), combine = reader.GetBoolean("combine"), hasNames = reader.GetBoolean("hasNames");
        if (bits is < 1 or > 31 || (combine && (isOrdered || hasNames)) || (hasNames && bits > 30)) throw reader.Invalid("its parameters are out of range");
        if (!uint.TryParse(reader.GetString("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out uint seed)) throw reader.Invalid("its seed is not a number");
        var options = new HashingEstimator.ColumnOptions(columns.OutputColumnName, columns.InputColumnName, bits, seed, isOrdered, combine: combine);
        return new HashMapping(options, SlotNames.Load(reader, hasNames ? 1 << bits : 0), reader.Has("form") ? reader.GetEnum<HashForm>("form") : HashForm.Default);
    }
}
