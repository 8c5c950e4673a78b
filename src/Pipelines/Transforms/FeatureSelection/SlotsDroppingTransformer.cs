using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Keeps some slots of columns and leaves the others out; see <see cref="CountFeatureSelectingEstimator"/> and
/// <see cref="MutualInformationFeatureSelectingEstimator"/>.
/// </summary>
public sealed class SlotsDroppingTransformer : OneToOneTransformer<SlotSelection>
{
    internal const string StepName = "drop-slots";

    internal SlotsDroppingTransformer(IReadOnlyList<SlotSelection> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static SlotsDroppingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, SlotSelection.Load));
}

/// <summary>Which slots of one column are kept.</summary>
public sealed class SlotSelection : ColumnMapping
{
    private readonly int _size;
    private readonly int[] _kept;

    internal SlotSelection(InputOutputColumnPair columns, int size, int[] kept) : base(columns) => (_size, _kept) = (size, kept);

    /// <summary>The slots that are kept, rising.</summary>
    public IReadOnlyList<int> Kept => _kept;

    /// <summary>The shape of a column of which some slots are kept.</summary>
    internal static SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) => new(outputColumnName, input.Kind, input.ItemType, input.IsKey,
        new SchemaShape(input.Annotations.Where(a => a.Name is AnnotationKinds.SlotNames or AnnotationKinds.CategoricalSlotRanges or AnnotationKinds.IsNormalized)));

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if ((input.Type is VectorDataViewType vector ? vector.Size : 1) != _size)
            throw ColumnTypeException.Create(SlotsDroppingTransformer.StepName, input, _size == 1 ? "a scalar as in training" : $"a vector of {_size} items as in training");
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(input.Type);
        DataViewType type = input.Type is VectorDataViewType ? new VectorDataViewType(item, Math.Max(1, _kept.Length)) : item;
        return _kept.Length == _size
            ? new OutputColumn(Columns.OutputColumnName, input.Type, Annotations(input), [input.Index], () => batch => batch[input.Index])
            : new OutputColumn(Columns.OutputColumnName, type, Annotations(input), [input.Index], () => RawTypes.Dispatch(item, new SlotSelectionKernel(input, type, _size, _kept)));
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("size", _size);
        writer.WriteArray<int>("kept", _kept, _kept.Length);
    }

    internal static SlotSelection Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        int size = reader.GetInt32("size");
        int[] kept = reader.ReadArray<int>("kept", -1);
        bool rises = size > 0;
        for (int i = 0; i < kept.Length; i++) rises &= kept[i] > (i == 0 ? -1 : kept[i - 1]) && kept[i] < size;
        return rises ? new SlotSelection(columns, size, kept) : throw reader.Invalid("the slots that it keeps are out of range");
    }

    private DataViewSchema.Annotations Annotations(DataViewSchema.Column input)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        int count = Math.Max(1, _kept.Length);
        if (input.SlotNamesOrNull() is { } names)
            builder.AddSlotNames(count, ColumnAnnotations.TextValues(_kept.Length > 0 ? Array.ConvertAll(_kept, slot => names[slot]) : [""]));
        if (input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges) is not null)
        {
            VBuffer<int> before = default;
            input.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref before);
            int[] after = Ranges(before.ToDenseArray());
            builder.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, after.Length / 2, 2),
                (ref VBuffer<int> value) => value = new VBuffer<int>(after.Length, [.. after]));
        }
        builder.Add(input.Annotations, kind => kind == AnnotationKinds.IsNormalized);
        return builder.ToAnnotations();
    }

    /// <summary>Where the categorical ranges are after slots are left out. A range that lost all its slots is left out, too; the last one stays, empty.</summary>
    private int[] Ranges(int[] ranges)
    {
        List<int> after = [];
        for (int i = 0; i < ranges.Length; i += 2)
        {
            int first = FirstAtOrAfter(ranges[i]), end = FirstAtOrAfter(ranges[i + 1] + 1);
            if (end > first) after.AddRange([first, end - 1]);
        }
        return after.Count > 0 ? [.. after] : [0, -1];
    }

    private int FirstAtOrAfter(int slot)
    {
        int at = Array.BinarySearch(_kept, slot);
        return at >= 0 ? at : ~at;
    }
}
