using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

// The keys of ML.NET's samples Hash.cs and OneHotHashEncoding.cs; others from a Python program that computes the rounds of MurmurHash3
// (Appleby's MurmurHash3_x86_32, with the length as a block of its own):
//   round(h, c): c = rot(c * 0xCC9E2D51, 15) * 0x1B873593; h = rot(h ^ c, 13) * 5 + 0xE6546B64      key = (mix(h) & mask) + 1
public sealed class HashTests
{
    private readonly MLContext _context = new(seed: 1);

    private static IEnumerable<HashingEstimator.ColumnOptions> Named(params string[] names) => names.Select(name => new HashingEstimator.ColumnOptions(name));

    [Fact]
    public void Keys_are_those_that_MLNET_states()
    {
        var data = new MemoryView().AddText("Category", "MLB", "NFL", "NFL", "MLB", "MLS").Add("Age", 18u, 14u, 15u, 18u, 14u);
        var conversion = _context.Transforms.Conversion;
        IDataView result = conversion.Hash("CategoryHashed", "Category", numberOfBits: 16, maximumNumberOfInverts: -1)
            .Append(conversion.Hash("AgeHashed", "Age", numberOfBits: 8)).Fit(data).Transform(data);
        Assert.Equal([36206u, 19015, 19015, 36206, 6013], ViewContents.Values<uint>(result, "CategoryHashed"));
        Assert.Equal([127u, 62, 43, 127, 62], ViewContents.Values<uint>(result, "AgeHashed"));
        Assert.Equal(new KeyDataViewType(typeof(uint), 256), result.Schema["AgeHashed"].Type);
    }

    [Fact]
    public void Keys_can_tell_what_they_stand_for()
    {
        var data = new MemoryView().AddText("Category", "MLB", "NFL", "", "MLS");
        IDataView result = _context.Transforms.Conversion.Hash("Hashed", "Category", numberOfBits: 16, maximumNumberOfInverts: -1).Fit(data).Transform(data);
        VBuffer<ReadOnlyMemory<char>> names = default;
        result.Schema["Hashed"].GetKeyValues(ref names);
        Assert.Equal([6012, 19014, 36205], names.GetIndices().ToArray());
        Assert.Equal(["MLS", "NFL", "MLB"], names.Items().Select(item => item.Value.ToString()));
    }

    [Fact]
    public void Only_so_many_values_are_kept_for_a_key()
    {
        var data = new MemoryView().Add("Number", Enumerable.Range(0, 50).ToArray());
        string[] Names(int most) => ViewContents.KeyTexts(_context.Transforms.Conversion.Hash("Number", numberOfBits: 2, maximumNumberOfInverts: most).Fit(data).Transform(data), "Number");
        Assert.All(Names(2), name => Assert.Equal(2, name.Trim('{', '}').Split(',').Length));
        Assert.Equal(50, Names(-1).Sum(name => name.Trim('{', '}').Split(',').Length));
        Assert.All(Names(1), name => Assert.DoesNotContain('{', name));
    }

    [Fact]
    public void Values_of_every_type_have_hashes()
    {
        var data = new MemoryView().Add("Int", -1).Add("Single", 1.5f).Add("Zero", -0f).Add("Double", 1.5).Add("Long", 5000000000L).Add("True", true);
        string[] names = ["Int", "Single", "Zero", "Double", "Long", "True"];
        IDataView result = _context.Transforms.Conversion.Hash([.. names.Select(name => new HashingEstimator.ColumnOptions(name, numberOfBits: 20))]).Fit(data).Transform(data);
        Assert.Equal(Expected, names.Select(name => ViewContents.Values<uint>(result, name)[0]));
    }

    // num(format, value) of the program: the blocks of struct.pack, the upper ones when they are not zero.
    private static readonly uint[] Expected = [139537, 528088, 871248, 700365, 664821, 176620];

    [Fact]
    public void Text_is_hashed_as_UTF8_without_the_spaces_around_it()
    {
        var data = new MemoryView().AddText("Text", "été", " 日本 ", "日本", "");
        Assert.Equal([64889u, 28295, 28295, 0], ViewContents.Values<uint>(_context.Transforms.Conversion.Hash("Text", numberOfBits: 16).Fit(data).Transform(data), "Text"));
    }

    [Fact]
    public void Missing_values_have_key_0()
    {
        var data = new MemoryView().Add("Single", float.NaN, 1).Add("Double", double.NaN, 1).AddText("Text", "", "a").AddKeys("Key", [0, 1], "x", "y");
        IDataView result = _context.Transforms.Conversion.Hash([.. Named("Single", "Double", "Text", "Key")]).Fit(data).Transform(data);
        foreach (string name in new[] { "Single", "Double", "Text", "Key" })
            Assert.Equal([true, false], ViewContents.Values<uint>(result, name).Select(key => key == 0));
    }

    [Fact]
    public void The_slot_takes_part_in_ordered_hashes()
    {
        var data = new MemoryView().AddVectors("Dense", [[7, 0, 7]]).AddSparse("Sparse", [[7, 0, 7]]);
        IDataView result = _context.Transforms.Conversion.Hash(
            new HashingEstimator.ColumnOptions("Dense", numberOfBits: 20, useOrderedHashing: true),
            new HashingEstimator.ColumnOptions("Sparse", numberOfBits: 20, useOrderedHashing: true),
            new HashingEstimator.ColumnOptions("Plain", "Sparse", 20)).Fit(data).Transform(data);
        uint[] expected = [713549, 467602, 130310];
        Assert.Equal([expected], ViewContents.Vectors<uint>(result, "Dense"));
        Assert.Equal([expected], ViewContents.Vectors<uint>(result, "Sparse"));
        uint[] plain = ViewContents.Vectors<uint>(result, "Plain")[0];
        Assert.Equal(plain[0], plain[2]);
        Assert.NotEqual(0u, plain[1]);
    }

    [Fact]
    public void Ordered_keys_tell_the_slot_and_the_value()
    {
        var data = new MemoryView().AddTexts("Tags", [["a", "b"], ["b", ""]]);
        IDataView result = _context.Transforms.Conversion.Hash(new HashingEstimator.ColumnOptions("Tags", numberOfBits: 16, useOrderedHashing: true, maximumNumberOfInverts: -1)).Fit(data).Transform(data);
        Assert.Equal(["0:a", "0:b", "1:b"], ViewContents.KeyTexts(result, "Tags").Where(name => name.Length > 0).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_items_of_a_vector_can_make_one_hash()
    {
        var data = new MemoryView().AddVectors("Numbers", [[1, 2, 3]]).AddTexts("Texts", [["a", "b"]]).AddVectors("Holes", [[1f, float.NaN]]);
        IDataView result = _context.Transforms.Conversion.Hash(
            new HashingEstimator.ColumnOptions("Numbers", numberOfBits: 20, combine: true), new HashingEstimator.ColumnOptions("Texts", numberOfBits: 20, combine: true),
            new HashingEstimator.ColumnOptions("Holes", combine: true)).Fit(data).Transform(data);
        Assert.Equal([888306u], ViewContents.Values<uint>(result, "Numbers"));
        Assert.Equal([651051u], ViewContents.Values<uint>(result, "Texts"));
        Assert.Equal([0u], ViewContents.Values<uint>(result, "Holes"));
    }

    [Theory]
    [InlineData(0, 0, false, false)]
    [InlineData(32, 0, false, false)]
    [InlineData(31, -1, false, false)]
    [InlineData(8, -2, false, false)]
    [InlineData(8, 1, false, true)]
    [InlineData(8, 0, true, true)]
    public void Options_that_do_not_fit_are_refused(int bits, int inverts, bool isOrdered, bool combine) =>
        Assert.ThrowsAny<ArgumentException>(() => new HashingEstimator.ColumnOptions("A", null, bits, 1, isOrdered, inverts, combine));

    [Fact]
    public void Hashed_categories_fall_into_the_slots_that_MLNET_states()
    {
        var data = new MemoryView().AddText("Education", "0-5yrs", "6-11yrs", "11-15yrs").AddText("ZipCode", "98005", "98052", "98005");
        var categorical = _context.Transforms.Categorical;
        IDataView result = categorical.OneHotHashEncoding([new("Education"), new("ZipCode")], numberOfBits: 3)
            .Append(categorical.OneHotHashEncoding("Key", "ZipCode", OneHotEncodingEstimator.OutputKind.Key, 3)).Fit(data).Transform(data);
        Assert.Equal([3, 4, 7], ViewContents.Vectors<float>(result, "Education").Select(row => Array.IndexOf(row, 1)));
        Assert.Equal([7, 0, 7], ViewContents.Vectors<float>(result, "ZipCode").Select(row => Array.IndexOf(row, 1)));
    }

    [Fact]
    public void Slots_can_be_named_after_hashed_categories()
    {
        var data = new MemoryView().AddText("Education", "0-5yrs", "6-11yrs", "11-15yrs");
        IDataView result = _context.Transforms.Categorical.OneHotHashEncoding("Education", numberOfBits: 3, maximumNumberOfInverts: -1).Fit(data).Transform(data);
        Assert.Equal(["", "", "", "0-5yrs", "6-11yrs", "", "", "11-15yrs"], ViewContents.SlotNames(result, "Education"));
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Text", "Size", "Tags", "Numbers"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Conversion.Hash(
            new HashingEstimator.ColumnOptions("Text", numberOfBits: 10, maximumNumberOfInverts: 2), new HashingEstimator.ColumnOptions("S", "Size", 12),
            new HashingEstimator.ColumnOptions("Tags", numberOfBits: 8, useOrderedHashing: true, maximumNumberOfInverts: -1),
            new HashingEstimator.ColumnOptions("N", "Numbers", 8), new HashingEstimator.ColumnOptions("All", "Numbers", combine: true));

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddText("Text", "a", "", "ab", "a").Add("Size", 1f, 2, float.NaN, 4)
            .AddTexts("Tags", [["x"], ["y", "x"], [], ["", "z"]]).AddSparse("Numbers", [[1.0, 0], [0, 2], [0, 0], [3, 4]], ["p", "q"]);

        protected override IDataView CreateDataOfWrongType(MLContext context) =>
            MemoryView.Copy(CreateData(context)).Without("Size").Add("Size", DateTime.UnixEpoch, DateTime.UnixEpoch, DateTime.UnixEpoch, DateTime.UnixEpoch);
    }

    public abstract class OneHotContract(OneHotEncodingEstimator.OutputKind kind) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Text", "Tags"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Categorical.OneHotHashEncoding([new("Text"), new("T", "Tags")], kind, numberOfBits: 4, maximumNumberOfInverts: -1);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddText("Text", "a", "", "ab", "a").AddTexts("Tags", [["x", "y"], ["y", "x"], ["", ""], ["", "z"]]);
    }

    public sealed class IndicatorContract() : OneHotContract(OneHotEncodingEstimator.OutputKind.Indicator);

    public sealed class BagContract() : OneHotContract(OneHotEncodingEstimator.OutputKind.Bag);

    public sealed class KeyContract() : OneHotContract(OneHotEncodingEstimator.OutputKind.Key);

    public sealed class BinaryContract() : OneHotContract(OneHotEncodingEstimator.OutputKind.Binary);
}
