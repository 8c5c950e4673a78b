using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Converts columns to another type; see <see cref="TypeConvertingEstimator"/>.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformer<TypeConversion>
{
    internal const string StepName = "convert-type";

    internal TypeConvertingTransformer(IReadOnlyList<TypeConversion> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static TypeConvertingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, (columns, section) =>
        Enum.TryParse(section.GetString("kind"), out DataKind kind) && Enum.IsDefined(kind)
            ? new TypeConversion(columns, kind, section.Has("keys") ? ulong.Parse(section.GetString("keys"), CultureInfo.InvariantCulture) : null)
            : throw reader.Invalid($"'{section.GetString("kind")}' is not a type to convert to")));
}

/// <summary>Converts one column to another type.</summary>
public sealed class TypeConversion : ColumnMapping
{
    private readonly DataKind _kind;
    private readonly ulong? _keys;

    /// <param name="columns">The columns.</param>
    /// <param name="kind">What values become.</param>
    /// <param name="keys">How many keys there are, where texts or keys become keys.</param>
    internal TypeConversion(InputOutputColumnPair columns, DataKind kind, ulong? keys = null) : base(columns) => (_kind, _keys) = (kind, keys);

    internal static bool CanConvert(PrimitiveDataViewType source, PrimitiveDataViewType target) =>
        source.Equals(target) || source is TextDataViewType || target is TextDataViewType
        || (NumberTypes.IsNumber(source) || source is BooleanDataViewType ? target is NumberDataViewType or BooleanDataViewType
            : source is DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType && target is NumberDataViewType);

    /// <summary>Whether an annotation still holds after a conversion.</summary>
    internal static bool Keeps(string annotation, bool betweenNumbers, bool isKey) => annotation switch
    {
        AnnotationKinds.SlotNames => true,
        AnnotationKinds.KeyValues => isKey,
        AnnotationKinds.IsNormalized => betweenNumbers,
        _ => false,
    };

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        PrimitiveDataViewType source = RawTypes.ItemTypeOf(input.Type), target = _kind.ToType();
        if (_keys is { } keys && source is not KeyDataViewType && source.RawType != target.RawType)
            throw ColumnTypeException.Create(TypeConvertingTransformer.StepName, input, $"a key, to become one of {keys}");
        if (!CanConvert(source, target)) throw ColumnTypeException.Create(TypeConvertingTransformer.StepName, input, $"a type that can be converted to {target}");
        var key = source as KeyDataViewType;
        if (key is not null && KeyDataViewType.IsValidDataType(target.RawType)) target = KeyType(key, target, input);

        var annotations = new DataViewSchema.Annotations.Builder();
        if (source is BooleanDataViewType && target is NumberDataViewType) annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        annotations.Add(input.Annotations, kind => Keeps(kind, source is NumberDataViewType && target is NumberDataViewType, target is KeyDataViewType));
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(target, vector.Dimensions) : target;
        return new OutputColumn(Columns.OutputColumnName, type, annotations.ToAnnotations(), [input.Index], () => ConversionKernels.Create(input, source, target));
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("kind", _kind);
        if (_keys is { } keys) writer.Set("keys", keys.ToString(CultureInfo.InvariantCulture));
    }

    private static KeyDataViewType KeyType(KeyDataViewType key, PrimitiveDataViewType carrier, DataViewSchema.Column input)
    {
        ulong most = carrier.RawType == typeof(byte) ? byte.MaxValue : carrier.RawType == typeof(ushort) ? ushort.MaxValue
            : carrier.RawType == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
        return key.Count <= most ? new KeyDataViewType(carrier.RawType, key.Count)
            : throw ColumnTypeException.Create(TypeConvertingTransformer.StepName, input, $"a key of at most {most} values to fit {carrier}");
    }
}
