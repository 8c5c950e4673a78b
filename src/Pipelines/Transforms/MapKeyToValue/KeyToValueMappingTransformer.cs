using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Turns keys back into values; see <see cref="KeyToValueMappingEstimator"/>.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformer<KeyToValueMapping>
{
    internal const string StepName = "map-key-to-value";

    internal KeyToValueMappingTransformer(IReadOnlyList<InputOutputColumnPair> columns) : base([.. columns.Select(pair => new KeyToValueMapping(pair))]) { }

    private KeyToValueMappingTransformer(IReadOnlyList<KeyToValueMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static KeyToValueMappingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, (columns, _) => new KeyToValueMapping(columns)));
}

/// <summary>Turns the keys of one column back into values.</summary>
public sealed class KeyToValueMapping : ColumnMapping
{
    internal KeyToValueMapping(InputOutputColumnPair columns) : base(columns) { }

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (RawTypes.ItemTypeOf(input.Type) is not KeyDataViewType) throw ColumnTypeException.Create(KeyToValueMappingTransformer.StepName, input, "a key");
        KeyValues values = KeyValues.Of(input)
            ?? throw ColumnTypeException.Create(KeyToValueMappingTransformer.StepName, input, "a key that says what it stands for (it has no KeyValues annotation)");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(values.Type, vector.Dimensions) : values.Type;
        return new OutputColumn(Columns.OutputColumnName, type, annotations.ToAnnotations(), [input.Index],
            () => RawTypes.Dispatch(values.Type, new KernelFactory(input, values)));
    }

    private sealed class KernelFactory(DataViewSchema.Column input, KeyValues values) : RawTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>()
        {
            PrimitiveDataViewType carrier = RawTypes.ItemTypeOf(input.Type);
            if (carrier.RawType == typeof(uint)) return Create<uint, T>();
            if (carrier.RawType == typeof(byte)) return Create<byte, T>();
            if (carrier.RawType == typeof(ushort)) return Create<ushort, T>();
            return Create<ulong, T>();
        }

        private ColumnKernel Create<TKey, TValue>() where TKey : unmanaged, System.Numerics.INumberBase<TKey>
        {
            if (values is KeyValues<ReadOnlyMemory<char>> texts)
            {
                ReadOnlyMemory<char>[] all = texts.Values.ToArray();
                return ItemKernels.ToText<TKey>(input.Index, input.Type, (key, result) =>
                {
                    // Key 0, which is missing, wraps around and is out of range as an unknown key is.
                    ulong index = ulong.CreateTruncating(key) - 1;
                    result.Append(index < (ulong)all.Length ? all[index].Span : default);
                });
            }
            TValue[] numbers = ((KeyValues<TValue>)values).Values.ToArray();
            TValue missing = MissingValue.Of<TValue>();
            return ItemKernels.Map<TKey, TValue>(input.Index, input.Type is VectorDataViewType, (keys, result) =>
            {
                for (int i = 0; i < keys.Length; i++)
                {
                    ulong index = ulong.CreateTruncating(keys[i]) - 1;
                    result[i] = index < (ulong)numbers.Length ? numbers[index] : missing;
                }
            });
        }
    }
}
