using MLPipelines.Data;

namespace MLPipelines.Transforms.Image;

/// <summary>Makes pictures of vectors; see <see cref="VectorToImageConvertingEstimator"/>.</summary>
public sealed class VectorToImageConvertingTransformer : OneToOneTransformer<VectorToImageConversion>
{
    internal const string StepName = "vectors-to-images";

    internal VectorToImageConvertingTransformer(IReadOnlyList<VectorToImageConversion> columns) : base(columns) { }

    public override string TypeId => StepName;

    internal static VectorToImageConvertingTransformer Load(ModelStepReader reader) =>
        new(LoadMappings(reader, (columns, section) => new VectorToImageConversion(columns, VectorPixels.Load(section))));
}

/// <summary>Makes pictures of the vectors of one column.</summary>
public sealed class VectorToImageConversion : ColumnMapping
{
    private readonly VectorPixels _pixels;

    internal VectorToImageConversion(InputOutputColumnPair columns, VectorPixels pixels) : base(columns) => _pixels = pixels;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (input.Type is not VectorDataViewType { ItemType: NumberDataViewType item } vector || !VectorPixels.CanBe(item) || vector.Size != _pixels.Size)
            throw ColumnTypeException.Create(VectorToImageConvertingTransformer.StepName, input, _pixels.Expected);
        if (item.RawType == typeof(float)) return Map<float>(input, value => _pixels.ToByte(value));
        // Bytes are colours already.
        return item.RawType == typeof(double) ? Map<double>(input, _pixels.ToByte) : Map<byte>(input, value => value);
    }

    protected internal override void Save(ModelStepWriter writer) => _pixels.Save(writer);

    private OutputColumn Map<T>(DataViewSchema.Column input, Func<T, byte> toByte) => ImageColumns.Create(Columns, input, _pixels.Type, (batch, row) =>
        new MLImage(_pixels.Type.Width, _pixels.Type.Height, MLPixelFormat.Bgra32, _pixels.ToPixels(((VectorColumn<T>)batch[input.Index])[row], toByte)));
}
