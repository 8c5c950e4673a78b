using MLPipelines.Data;
using MLPipelines.Onnx;

namespace MLPipelines.Transforms.Onnx;

/// <summary>The maps and sequences that columns hold: their .NET types, and how they are made of what a model gives.</summary>
internal abstract class OnnxObjectKind
{
    private static readonly OnnxObjectKind[] Maps =
    [
        new MapKind<string, float>(), new MapKind<string, double>(), new MapKind<string, long>(), new MapKind<string, string>(),
        new MapKind<long, float>(), new MapKind<long, double>(), new MapKind<long, long>(), new MapKind<long, string>(),
    ];

    private static readonly OnnxObjectKind[] Tensors =
    [
        new TensorKind<float>(), new TensorKind<double>(), new TensorKind<sbyte>(), new TensorKind<byte>(), new TensorKind<short>(), new TensorKind<ushort>(),
        new TensorKind<int>(), new TensorKind<uint>(), new TensorKind<long>(), new TensorKind<ulong>(), new TensorKind<bool>(), new TextsKind(),
    ];

    /// <summary>The .NET type.</summary>
    internal abstract Type RawType { get; }

    /// <summary>The kind whose values are sequences of these.</summary>
    internal abstract OnnxObjectKind Sequence { get; }

    /// <summary>The column type.</summary>
    internal abstract ObjectDataViewType? ColumnType { get; }

    internal abstract TResult Accept<TResult>(RawTypes.IVisitor<TResult> visitor);

    /// <summary>A value of the .NET type.</summary>
    internal abstract object Read(OnnxValue value);

    protected abstract bool Holds(OnnxSpec spec);

    /// <summary>The kind for what a model gives; <see langword="null"/> for what no column holds.</summary>
    internal static OnnxObjectKind? Of(OnnxSpec spec) => spec switch
    {
        MapSpec => Array.Find(Maps, kind => kind.Holds(spec)),
        SequenceSpec sequence => Array.Find([.. Maps, .. Tensors], kind => kind.Holds(sequence.Element))?.Sequence,
        _ => null,
    };

    /// <summary>The kind of maps.</summary>
    /// <exception cref="NotSupportedException">No model gives such maps.</exception>
    internal static OnnxObjectKind OfMap(Type key, Type value) => Array.Find(Maps, kind => kind.RawType.GenericTypeArguments is [var k, var v] && k == key && v == value)
        ?? throw new NotSupportedException($"Maps from {DotNetNames.Of(key)} to {DotNetNames.Of(value)} are not supported; ONNX maps are IDictionary<string or long, float, double, long or string>.");

    /// <summary>The kind of sequences.</summary>
    /// <exception cref="NotSupportedException">No model gives such sequences.</exception>
    internal static OnnxObjectKind OfSequence(Type element) => Array.Find([.. Maps, .. Tensors], kind => kind.RawType == element)?.Sequence
        ?? throw new NotSupportedException($"Sequences of {DotNetNames.Of(element)} are not supported; ONNX sequences are of IDictionary<string or long, float, double, long or string>, or of VBuffers of numbers or texts.");

    private abstract class Kind<T> : OnnxObjectKind
    {
        private OnnxObjectKind? _sequence;

        internal override Type RawType => typeof(T);

        internal override OnnxObjectKind Sequence => _sequence ??= new SequenceKind<T>(this);

        internal override ObjectDataViewType? ColumnType => null;

        internal override TResult Accept<TResult>(RawTypes.IVisitor<TResult> visitor) => visitor.Visit<T>();
    }

    private sealed class MapKind<TKey, TValue> : Kind<IDictionary<TKey, TValue>> where TKey : notnull
    {
        private OnnxMapType? _type;

        internal override ObjectDataViewType? ColumnType => _type ??= new OnnxMapType(typeof(TKey), typeof(TValue));

        internal override object Read(OnnxValue value)
        {
            var map = (OnnxMap)value;
            var (keys, values) = (((OnnxTensor<TKey>)map.Keys).Values, ((OnnxTensor<TValue>)map.Values).Values);
            var result = new Dictionary<TKey, TValue>(keys.Length);
            for (int i = 0; i < keys.Length; i++) result[keys[i]] = values[i];
            return result;
        }

        protected override bool Holds(OnnxSpec spec) => spec is MapSpec { Value: TensorSpec value } map
            && OnnxElementTypes.TypeOf(map.Key) == typeof(TKey) && OnnxElementTypes.TypeOf(value.Element) == typeof(TValue);
    }

    private sealed class TensorKind<T> : Kind<VBuffer<T>>
    {
        internal override object Read(OnnxValue value)
        {
            T[] items = ((OnnxTensor<T>)value).Values;
            return new VBuffer<T>(items.Length, items);
        }

        protected override bool Holds(OnnxSpec spec) => spec is TensorSpec tensor && OnnxElementTypes.TypeOf(tensor.Element) == typeof(T);
    }

    private sealed class TextsKind : Kind<VBuffer<ReadOnlyMemory<char>>>
    {
        internal override object Read(OnnxValue value)
        {
            ReadOnlyMemory<char>[] items = Array.ConvertAll(((OnnxTensor<string>)value).Values, text => text.AsMemory());
            return new VBuffer<ReadOnlyMemory<char>>(items.Length, items);
        }

        protected override bool Holds(OnnxSpec spec) => spec is TensorSpec { Element: OnnxElementType.String };
    }

    private sealed class SequenceKind<T>(OnnxObjectKind element) : Kind<IEnumerable<T>>
    {
        private OnnxSequenceType? _type;

        internal override ObjectDataViewType? ColumnType => _type ??= new OnnxSequenceType(typeof(T));

        internal override object Read(OnnxValue value) => Array.ConvertAll([.. ((OnnxSequence)value).Items], item => (T)element.Read(item));

        protected override bool Holds(OnnxSpec spec) => false;
    }
}
