using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;
using static MLPipelines.Transforms.ValueToKeyMappingEstimator;

namespace MLPipelines.Tests.Transforms;

public sealed class KeyMappingTests
{
    private readonly MLContext _context = new(seed: 1);

    // The tokens of ML.NET's sample KeyToValueToKey.cs.
    private static MemoryView Reviews() => new MemoryView().AddTexts("Tokens",
    [
        "animals birds cats dogs fish horse".Split(' '),
        "horse birds house fish duck cats".Split(' '),
        "car truck driver bus pickup".Split(' '),
        "car truck driver bus pickup horse".Split(' '),
    ]);

    [Fact]
    public void Keys_are_given_in_the_order_of_occurrence()
    {
        MemoryView data = Reviews();
        uint[][] keys = ViewContents.Vectors<uint>(_context.Transforms.Conversion.MapValueToKey("Keys", "Tokens").Fit(data).Transform(data), "Keys");
        // As the sample prints them.
        Assert.Equal([1, 2, 3, 4, 5, 6], keys[0]);
        Assert.Equal([6, 2, 7, 5, 8, 3], keys[1]);
        Assert.Equal([9, 10, 11, 12, 13], keys[2]);
        Assert.Equal([9, 10, 11, 12, 13, 6], keys[3]);
    }

    [Fact]
    public void Keys_are_limited_to_the_first_values_and_then_sorted()
    {
        MemoryView data = Reviews();
        var estimator = _context.Transforms.Conversion.MapValueToKey("Keys", "Tokens", maximumNumberOfKeys: 10, keyOrdinality: KeyOrdinality.ByValue);
        uint[][] keys = ViewContents.Vectors<uint>(estimator.Fit(data).Transform(data), "Keys");
        // As the sample prints them.
        Assert.Equal([1, 2, 4, 5, 7, 8], keys[0]);
        Assert.Equal([8, 2, 9, 7, 6, 4], keys[1]);
        Assert.Equal([3, 10, 0, 0, 0], keys[2]);
        Assert.Equal([3, 10, 0, 0, 0, 8], keys[3]);
    }

    [Fact]
    public void Keys_turn_back_into_the_values()
    {
        MemoryView data = Reviews();
        var chain = _context.Transforms.Conversion.MapValueToKey("Keys", "Tokens").Append(_context.Transforms.Conversion.MapKeyToValue("Keys"));
        Assert.Equal(ViewContents.TextVectors(data, "Tokens"), ViewContents.TextVectors(chain.Fit(data).Transform(data), "Keys"));
    }

    [Fact]
    public void Several_columns_are_mapped_at_once_each_with_its_own_keys()
    {
        // The numbers of ML.NET's sample MapValueToKeyMultiColumn.cs.
        var data = new MemoryView().AddText("StudyTime", "0-4yrs", "6-11yrs", "12-25yrs", "0-5yrs").AddText("Course", "CS", "CS", "LA", "DS");
        InputOutputColumnPair[] columns = [new("StudyTimeCategory", "StudyTime"), new("CourseCategory", "Course")];
        IDataView sorted = _context.Transforms.Conversion.MapValueToKey(columns, keyOrdinality: KeyOrdinality.ByValue, addKeyValueAnnotationsAsText: true).Fit(data).Transform(data);
        Assert.Equal([1u, 4, 3, 2], ViewContents.Values<uint>(sorted, "StudyTimeCategory"));
        Assert.Equal([1u, 1, 3, 2], ViewContents.Values<uint>(sorted, "CourseCategory"));

        var keyData = new MemoryView().AddText("Key", "0-4yrs", "6-11yrs", "25+yrs", "CS", "DS", "LA");
        IDataView given = _context.Transforms.Conversion.MapValueToKey(columns, keyData: keyData).Fit(data).Transform(data);
        Assert.Equal([1u, 2, 0, 0], ViewContents.Values<uint>(given, "StudyTimeCategory"));
        Assert.Equal([4u, 4, 6, 5], ViewContents.Values<uint>(given, "CourseCategory"));
    }

    [Fact]
    public void Missing_values_have_no_key()
    {
        var data = new MemoryView().AddText("Text", "b", "", "a").Add("Number", 2f, float.NaN, 1).Add("Whole", 0, 5, 0);
        IDataView result = _context.Transforms.Conversion.MapValueToKey([new("Text"), new("Number"), new("Whole")]).Fit(data).Transform(data);
        Assert.Equal([1u, 0, 2], ViewContents.Values<uint>(result, "Text"));
        Assert.Equal([1u, 0, 2], ViewContents.Values<uint>(result, "Number"));
        Assert.Equal([1u, 2, 1], ViewContents.Values<uint>(result, "Whole"));
        Assert.Equal(2ul, ((KeyDataViewType)result.Schema["Number"].Type).Count);
    }

    [Fact]
    public void Missing_keys_stay_missing()
    {
        var data = new MemoryView().AddText("Text", "b", "", "a").Add("Number", 2f, float.NaN, 1);
        InputOutputColumnPair[] columns = [new("Text"), new("Number")];
        var chain = _context.Transforms.Conversion.MapValueToKey(columns).Append(_context.Transforms.Conversion.MapKeyToValue(columns));
        IDataView result = chain.Fit(data).Transform(data);
        Assert.Equal(["b", "", "a"], ViewContents.Texts(result, "Text"));
        Assert.Equal([2f, float.NaN, 1], ViewContents.Values<float>(result, "Number"));
    }

    [Fact]
    public void Every_type_of_value_can_be_a_category()
    {
        var day = new DateTime(2026, 2, 3);
        var data = new MemoryView()
            .Add("Boolean", true, false, true).Add("SByte", (sbyte)-1, (sbyte)2, (sbyte)-1).Add("Byte", (byte)3, (byte)4, (byte)3)
            .Add("Int16", (short)-5, (short)6, (short)-5).Add("UInt16", (ushort)7, (ushort)8, (ushort)7).Add("UInt32", 9u, 10u, 9u)
            .Add("Int64", long.MinValue, long.MaxValue, long.MinValue).Add("UInt64", ulong.MaxValue, 1ul, ulong.MaxValue).Add("Double", 0.1, -0.1, 0.1)
            .Add("DateTime", day, day.AddDays(1), day).Add("TimeSpan", TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromHours(1))
            .Add("DateTimeOffset", new DateTimeOffset(day, TimeSpan.FromHours(8)), new DateTimeOffset(day, TimeSpan.FromHours(-8)), new DateTimeOffset(day, TimeSpan.FromHours(8)));
        InputOutputColumnPair[] columns = [.. data.Schema.Select(c => new InputOutputColumnPair(c.Name))];
        ITransformer keys = _context.Transforms.Conversion.MapValueToKey(columns).Fit(data);
        using var stream = new MemoryStream();
        _context.Model.Save(keys, data.Schema, stream);
        stream.Position = 0;
        IDataView result = _context.Model.Load(stream, out _).Transform(data);
        foreach (InputOutputColumnPair column in columns) Assert.Equal([1u, 2, 1], ViewContents.Values<uint>(result, column.OutputColumnName));
        IDataView back = _context.Transforms.Conversion.MapKeyToValue(columns).Fit(result).Transform(result);
        var expected = ViewContents.Read(data);
        foreach (var (name, rows) in ViewContents.Read(back)) Assert.Equal(expected[name], rows);
    }

    [Fact]
    public void Keys_of_keys_keep_the_first_meaning()
    {
        var data = new MemoryView().AddKeys("Label", [3, 0, 1, 3], "a", "b", "c");
        IDataView result = _context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        Assert.Equal([1u, 0, 2, 1], ViewContents.Values<uint>(result, "Label"));
        Assert.Equal(["c", "a"], ViewContents.KeyTexts(result, "Label"));
    }

    [Fact]
    public void Items_that_sparse_rows_do_not_store_are_values_too()
    {
        var data = new MemoryView().AddSparse("V", [[0f, 5, 0], [7, 0, 0]]);
        uint[][] keys = ViewContents.Vectors<uint>(_context.Transforms.Conversion.MapValueToKey("V").Fit(data).Transform(data), "V");
        Assert.Equal([1u, 2, 1], keys[0]);
        Assert.Equal([3u, 1, 1], keys[1]);
    }

    [Fact]
    public void A_column_of_missing_values_gets_a_key_that_nothing_has()
    {
        var data = new MemoryView().AddText("Text", "", "").Add("Other", 1f, 2);
        IDataView result = _context.Transforms.Conversion.MapValueToKey("Text").Fit(data).Transform(data);
        Assert.Equal(1ul, ((KeyDataViewType)result.Schema["Text"].Type).Count);
        Assert.Equal([0u, 0], ViewContents.Values<uint>(result, "Text"));
    }

    [Fact]
    public void Key_data_of_another_type_is_refused()
    {
        var data = new MemoryView().AddText("Text", "a");
        var error = Assert.Throws<MLPipelinesException>(() => _context.Transforms.Conversion.MapValueToKey("Text", keyData: new MemoryView().Add("Key", 1)).Fit(data));
        Assert.Equal("MapValueToKey: column 'Key' of the key data is Int32, expected String as in column 'Text'.", error.Message);
        Assert.Throws<ArgumentException>(() => _context.Transforms.Conversion.MapValueToKey("Text", keyData: new MemoryView().Add("A", 1).Add("B", 1)));
    }

    [Fact]
    public void Keys_become_indicator_and_count_vectors()
    {
        // The numbers of ML.NET's sample MapKeyToVector.cs.
        var timeframe = new ValueColumn<uint>();
        foreach (uint key in new uint[] { 9, 8, 9, 4 }) timeframe.Append(key);
        var data = new MemoryView().Add("Timeframe", new KeyDataViewType(typeof(uint), 9), timeframe).AddVectors("Parts", [[1, 2], [2, 1], [3, 2], [3, 3]]);
        var conversion = _context.Transforms.Conversion;
        IDataView result = conversion.MapKeyToVector("TimeframeVector", "Timeframe").Append(conversion.MapValueToKey("Parts"))
            .Append(conversion.MapKeyToVector("PartsCount", "Parts", outputCountVector: true)).Append(conversion.MapKeyToVector("PartsNoCount", "Parts"))
            .Fit(data).Transform(data);
        Assert.Equal([[0f, 0, 0, 0, 0, 0, 0, 0, 1], [0f, 0, 0, 0, 0, 0, 0, 1, 0], [0f, 0, 0, 0, 0, 0, 0, 0, 1], [0f, 0, 0, 1, 0, 0, 0, 0, 0]],
            ViewContents.Vectors<float>(result, "TimeframeVector"));
        Assert.Equal([[1f, 1, 0], [1, 1, 0], [0, 1, 1], [0, 0, 2]], ViewContents.Vectors<float>(result, "PartsCount"));
        Assert.Equal([[1f, 0, 0, 0, 1, 0], [0, 1, 0, 1, 0, 0], [0, 0, 1, 0, 1, 0], [0, 0, 1, 0, 0, 1]], ViewContents.Vectors<float>(result, "PartsNoCount"));
    }

    [Fact]
    public void Keys_become_binary_numbers()
    {
        // The numbers of ML.NET's sample MapKeyToBinaryVector.cs; the last row is missing.
        var timeframe = new ValueColumn<uint>();
        foreach (uint key in new uint[] { 10, 9, 3, 4, 0 }) timeframe.Append(key);
        var data = new MemoryView().Add("Timeframe", new KeyDataViewType(typeof(uint), 10), timeframe);
        IDataView result = _context.Transforms.Conversion.MapKeyToBinaryVector("V", "Timeframe").Fit(data).Transform(data);
        Assert.Equal([[0f, 1, 0, 0, 1], [0, 1, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 1], [1, 1, 1, 1, 1]], ViewContents.Vectors<float>(result, "V"));
    }

    [Fact]
    public void A_key_without_meaning_cannot_turn_into_a_value()
    {
        var keys = new ValueColumn<uint>();
        keys.Append(1);
        var data = new MemoryView().Add("Key", new KeyDataViewType(typeof(uint), 3), keys);
        Assert.Contains("no KeyValues annotation", Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.Conversion.MapKeyToValue("Key").Fit(data)).Message);
    }

    public sealed class TextToKeyContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Text", "Number"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Conversion.MapValueToKey([new("TextKey", "Text"), new("Number")], maximumNumberOfKeys: 3, keyOrdinality: KeyOrdinality.ByValue);

        protected override IDataView CreateData(MLContext context) =>
            new MemoryView().AddText("Text", "b", "", "a", "b", "c", "z").Add("Number", 1f, 2, 1, float.NaN, 7, 8);

        protected override IDataView CreateDataOfWrongType(MLContext context) =>
            MemoryView.Copy(CreateData(context)).Without("Number").Add("Number", new VectorDataViewType(RowIdDataViewType.Instance, 1), RowIds(6));

        private static VectorColumn<DataViewRowId> RowIds(int count)
        {
            var column = new VectorColumn<DataViewRowId>(1);
            for (int i = 0; i < count; i++) column.Append([new DataViewRowId((ulong)i, 0)]);
            return column;
        }
    }

    public sealed class VectorToKeyContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Texts", "Numbers", "Keys"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Conversion.MapValueToKey([new("TextKeys", "Texts"), new("Numbers"), new("Keys2", "Keys")], addKeyValueAnnotationsAsText: true);

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .AddTexts("Texts", [["b", "a"], ["c"], ["a", "a", ""]]).AddSparse("Numbers", [[1.0, 0, 2], [0, 0, 0], [0, 3, 0]], ["x", "y", "z"])
            .AddKeys("Keys", [2, 0, 1], "no", "yes");
    }

    public sealed class KeyToValueContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Label"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Conversion.MapKeyToValue("Text", "Label");

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddKeys("Label", [2, 0, 1, 2], "no", "yes");

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Label", "a", "b", "c");
    }

    public sealed class KeyToVectorContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Label", "Labels"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Conversion.MapKeyToVector([new("A", "Label"), new("B", "Labels")]).Append(context.Transforms.Conversion.MapKeyToVector("C", "Labels", outputCountVector: true));

        protected override IDataView CreateData(MLContext context) => KeyVectors();

        protected override IDataView CreateDataOfWrongType(MLContext context) => KeyVectors().Without("Label").Add<uint>("Label", 1, 2, 3);
    }

    public sealed class KeyToBinaryVectorContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Label", "Labels"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Conversion.MapKeyToBinaryVector("A", "Label").Append(context.Transforms.Conversion.MapKeyToBinaryVector("B", "Labels"));

        protected override IDataView CreateData(MLContext context) => KeyVectors();
    }

    private static MemoryView KeyVectors()
    {
        var labels = new VectorColumn<uint>(2);
        foreach (uint[] row in new uint[][] { [1, 2], [0, 3], [3, 3] }) labels.Append(row);
        return new MemoryView().AddKeys("Label", [2, 0, 1], "no", "yes")
            .Add("Labels", new VectorDataViewType(new KeyDataViewType(typeof(uint), 3), 2), labels, MemoryView.KeyAnnotations("x", "y", "z"));
    }
}
