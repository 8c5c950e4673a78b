using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Puts numbers in place of NaN; see <see cref="MissingValueReplacingEstimator"/>.</summary>
public sealed class MissingValueReplacingTransformer : OneToOneTransformer<MissingValueReplacement>
{
    internal const string StepName = "replace-missing-values";

    internal MissingValueReplacingTransformer(IReadOnlyList<MissingValueReplacement> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static MissingValueReplacingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, MissingValueReplacement.Load));
}

/// <summary>What is put in place of the NaN of one column.</summary>
public abstract class MissingValueReplacement : ColumnMapping
{
    private protected MissingValueReplacement(InputOutputColumnPair columns, double[] replacements) : base(columns) => Replacements = replacements;

    /// <summary>The number of each slot, or the one of all slots.</summary>
    public IReadOnlyList<double> Replacements { get; }

    internal static bool Keeps(string annotation) => annotation is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized;

    internal static MissingValueReplacement Create(InputOutputColumnPair columns, PrimitiveDataViewType type, double[] replacements) =>
        type.RawType == typeof(float) ? new MissingValueReplacement<float>(columns, type, replacements) : new MissingValueReplacement<double>(columns, type, replacements);

    internal static MissingValueReplacement Load(InputOutputColumnPair columns, ModelStepReader reader) =>
        DataViewTypeNames.Parse(reader.GetString("type")) is NumberDataViewType type && (type.RawType == typeof(float) || type.RawType == typeof(double))
            ? Create(columns, type, reader.ReadArray<double>("replacements", -1)) : throw reader.Invalid($"missing values of type {reader.GetString("type")}");
}

internal sealed class MissingValueReplacement<T> : MissingValueReplacement where T : unmanaged, IFloatingPoint<T>
{
    private readonly PrimitiveDataViewType _type;
    private readonly T[] _replacements;

    internal MissingValueReplacement(InputOutputColumnPair columns, PrimitiveDataViewType type, double[] replacements) : base(columns, replacements) =>
        (_type, _replacements) = (type, Array.ConvertAll(replacements, T.CreateSaturating));

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        bool fits = RawTypes.ItemTypeOf(input.Type).Equals(_type)
            && (_replacements.Length == 1 || (input.Type as VectorDataViewType)?.Size == _replacements.Length);
        if (!fits) throw ColumnTypeException.Create(MissingValueReplacingTransformer.StepName, input,
            _replacements.Length == 1 ? $"{_type} as in training" : $"Vector<{_type}, {_replacements.Length}> as in training");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, Keeps);
        return new OutputColumn(Columns.OutputColumnName, input.Type, annotations.ToAnnotations(), [input.Index], () => CreateKernel(input));
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("type", DataViewTypeNames.Format(_type));
        writer.WriteArray<double>("replacements", [.. Replacements], Replacements.Count);
    }

    private ColumnKernel CreateKernel(DataViewSchema.Column input)
    {
        if (_replacements is [var single])
        {
            return ItemKernels.Map<T, T>(input.Index, input.Type is VectorDataViewType, (values, result) =>
            {
                for (int i = 0; i < values.Length; i++) result[i] = T.IsNaN(values[i]) ? single : values[i];
            });
        }
        var vectors = new VectorColumn<T>(0);
        return batch =>
        {
            var rows = (VectorColumn<T>)batch[input.Index];
            Span<T> result = vectors.ResizeLike(rows);
            rows.Values.CopyTo(result);
            for (int i = 0; i < result.Length; i++)
                if (T.IsNaN(result[i])) result[i] = _replacements[rows.IsDense ? i % _replacements.Length : rows.Indices[i]];
            return vectors;
        };
    }
}
