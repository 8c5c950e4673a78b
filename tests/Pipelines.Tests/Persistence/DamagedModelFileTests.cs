using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using MLPipelines.Persistence;

namespace MLPipelines.Tests.Persistence;

/// <summary>Whatever is wrong with a model file, loading it says what, and where; it never gives a model that is another one.</summary>
public class DamagedModelFileTests
{
    private const string Weights = "02-multiclass-prediction/model/weights.npy", Terms = "01-text-vectorizer/terms-1.txt", Scales = "02-multiclass-prediction/model/scales.npy";

    private static ModelFileEditor Edit() => new(SmallModel.File);

    private static void AssertRefused(byte[] file, params string[] parts)
    {
        var error = Assert.Throws<MLPipelinesException>(() => SmallModel.Load(file));
        foreach (string part in parts.Prepend("small.zip")) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_editor_of_these_tests_leaves_a_file_that_loads() =>
        Assert.Equal(SmallModel.Predict(SmallModel.Load(SmallModel.File)), SmallModel.Predict(SmallModel.Load(Edit().ToBytes())));

    [Fact]
    public void A_wrong_byte_anywhere_is_noticed_or_changes_nothing()
    {
        string[] expected = SmallModel.Predict(SmallModel.Load(SmallModel.File));
        var random = new Random(1);
        byte[] masks = new byte[SmallModel.File.Length];
        random.NextBytes(masks);
        Parallel.For(0, masks.Length, i =>
        {
            byte[] file = [.. SmallModel.File];
            file[i] ^= Math.Max(masks[i], (byte)1);
            try
            {
                Assert.Equal(expected, SmallModel.Predict(SmallModel.Load(file)));
            }
            catch (MLPipelinesException e)
            {
                Assert.Contains("small.zip", e.Message, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void A_wrong_byte_in_an_entry_names_the_entry()
    {
        foreach (string name in Edit().Names)
        {
            ModelFileEditor file = Edit();
            byte[] bytes = [.. file[name]];
            bytes[bytes.Length / 2] ^= 1;
            AssertRefused(file.ReplaceSilently(name, bytes).ToBytes(), $"entry '{name}' is damaged");
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_is_an_error()
    {
        for (int fiftieth = 0; fiftieth < 50; fiftieth++) AssertRefused(SmallModel.File[..(SmallModel.File.Length * fiftieth / 50)], "cut off");
        AssertRefused(SmallModel.File[..^1], "cut off");
    }

    [Fact]
    public void An_empty_file_and_a_text_file_are_no_models()
    {
        AssertRefused([], "is not a model file", "0 bytes");
        AssertRefused(Encoding.UTF8.GetBytes("id,text\n1,hello\n"), "is not a model file");
        AssertRefused(new byte[1000], "is not a model file");
    }

    [Fact]
    public void An_entry_that_is_missing_is_named()
    {
        foreach (string name in Edit().Names) AssertRefused(Edit().Remove(name).ToBytes(), $"entry '{name}' is missing");
        using var empty = new MemoryStream();
        using (new System.IO.Compression.ZipArchive(empty, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true)) { }
        AssertRefused(empty.ToArray(), "entry 'model.json' is missing");
        // Neither in the zip nor in the list of entries: found when the step asks for it.
        foreach (string name in Edit().Names)
        {
            ModelFileEditor file = Edit().Remove(name);
            file.Manifest["entries"]!.AsArray().Remove(file.Listed(name));
            AssertRefused(file.ToBytes(), $"entry '{name}' is missing");
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(long.MaxValue / 2)]
    public void An_entry_of_another_size_than_stated_is_named(long difference)
    {
        ModelFileEditor file = Edit();
        file.Listed(Weights)["bytes"] = file[Weights].Length + difference;
        AssertRefused(file.ToBytes(), $"entry '{Weights}'", "model.json states");
    }

    [Fact]
    public void A_bomb_that_understates_its_size_stops_at_what_it_states()
    {
        ModelFileEditor file = Edit();
        long stated = file[Weights].Length;
        byte[] zip = file.ReplaceSilently(Weights, new byte[50_000_000]).ToBytes();
        AssertRefused(zip, $"entry '{Weights}' has 50000000 bytes, model.json states {stated}");

        // The zip states the small size, too: in the local header at 22 and in the central one at 24 bytes from its start.
        byte[] name = Encoding.ASCII.GetBytes(Weights);
        int local = zip.AsSpan().IndexOf(name) - 30, central = zip.AsSpan().LastIndexOf(name) - 46;
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(local + 22), (int)stated);
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(central + 24), (int)stated);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(zip, $"entry '{Weights}'");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public void An_entry_that_states_more_than_is_there_takes_no_memory()
    {
        ModelFileEditor file = Edit();
        file.Listed(Weights)["bytes"] = 1_000_000_000;
        byte[] zip = file.ToBytes();
        int central = zip.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(Weights)) - 46;
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(central + 24), 1_000_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(zip, $"entry '{Weights}' is damaged or cut off");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public void An_entry_beyond_the_limit_is_not_read()
    {
        ModelFileEditor file = Edit();
        file.Listed(Weights)["bytes"] = ModelArchive.MaximumEntryBytes + 1;
        byte[] zip = file.ToBytes();
        int central = zip.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(Weights)) - 46;
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(central + 24), (uint)ModelArchive.MaximumEntryBytes + 1);
        AssertRefused(zip, $"entry '{Weights}' is too large");
    }

    [Fact]
    public void Entries_of_one_name_are_an_error()
    {
        AssertRefused(Edit().Add(Weights, Edit()[Weights]).ToBytes(), $"there are several entries '{Weights}'");
        AssertRefused(Edit().Add("model.json", [1]).ToBytes(), "there are several entries 'model.json'");
        ModelFileEditor listedTwice = Edit();
        listedTwice.Manifest["entries"]!.AsArray().Add(listedTwice.Listed(Weights).DeepClone());
        AssertRefused(listedTwice.ToBytes(), $"lists the entry '{Weights}' twice");
    }

    [Theory]
    [InlineData("../evil.npy")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("C:\\windows\\x")]
    [InlineData("a//b")]
    [InlineData("./a")]
    public void A_name_that_is_a_path_elsewhere_is_an_error(string name) => AssertRefused(Edit().Add(name, [1]).ToBytes(), $"entry '{name}' has a name");

    [Fact]
    public void An_entry_that_the_manifest_does_not_list_is_an_error() =>
        AssertRefused(Edit().Add("notes.txt", [65]).ToBytes(), "entry 'notes.txt' is not listed in model.json");

    [Fact]
    public void A_file_that_was_unpacked_and_packed_again_loads()
    {
        // Zip tools add an entry for every folder.
        byte[] file = Edit().Add("01-text-vectorizer/", []).Add("02-multiclass-prediction/model/", []).ToBytes();
        Assert.Equal(SmallModel.Predict(SmallModel.Load(SmallModel.File)), SmallModel.Predict(SmallModel.Load(file)));
    }

    [Fact]
    public void A_kind_of_step_that_is_not_known_is_named()
    {
        ModelFileEditor file = Edit();
        file.Step(0)["type"] = "time-travel";
        AssertRefused(file.ToBytes(), "step '01-text-vectorizer' is of type 'time-travel', which is not known");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_step_of_another_version_is_named(int version)
    {
        ModelFileEditor file = Edit();
        file.Step(1)["version"] = version;
        AssertRefused(file.ToBytes(), $"step '02-multiclass-prediction' is of version {version}", "Update the library");
    }

    [Fact]
    public void A_newer_format_is_said_whatever_else_it_has()
    {
        AssertRefused(Manifest("""{"format": 2, "layers": []}"""), "has format 2", "up to format 1", "Update the library");
        foreach (string json in new[] { "{}", "[]", "1", "null", """{"format": "1"}""", """{"format": 0}""", """{"format": 1.5}""" })
            AssertRefused(Manifest(json), "entry 'model.json' does not say which format");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"format": 1""")]
    [InlineData("""{"format": 1}""")]
    [InlineData("""{"format": 1, "format": 1}""")]
    public void A_manifest_that_cannot_be_read_is_an_error(string json) => AssertRefused(Manifest(json), "entry 'model.json' cannot be read");

    [Fact]
    public void A_manifest_that_is_not_utf8_is_an_error() =>
        AssertRefused(Convert(Edit(), file => file.ManifestBytes = [.. "{\"format\": 1, \"library\": \""u8, 0xFF, .. "\"}"u8]), "entry 'model.json' cannot be read");

    [Theory]
    [InlineData("library")]
    [InlineData("input")]
    [InlineData("output")]
    [InlineData("chain")]
    [InlineData("entries")]
    [InlineData("input/0/name")]
    [InlineData("input/0/type")]
    [InlineData("output/0/type")]
    [InlineData("chain/0/folder")]
    [InlineData("chain/0/type")]
    [InlineData("chain/0/version")]
    [InlineData("chain/0/parameters")]
    [InlineData("entries/0/name")]
    [InlineData("entries/0/bytes")]
    [InlineData("entries/0/sha256")]
    public void A_member_of_the_manifest_that_is_missing_null_or_of_another_type_is_an_error(string path)
    {
        string[] names = path.Split('/');
        foreach (JsonNode? value in new JsonNode?[] { null, JsonValue.Create(true) })
            AssertRefused(Convert(Edit(), file => Parent(file)[names[^1]] = value?.DeepClone()), "entry 'model.json' cannot be read");
        AssertRefused(Convert(Edit(), file => Parent(file).Remove(names[^1])), "entry 'model.json' cannot be read");

        JsonObject Parent(ModelFileEditor file) => names.Length == 1 ? file.Manifest : file.Manifest[names[0]]![0]!.AsObject();
    }

    [Theory]
    [InlineData("input")]
    [InlineData("output")]
    [InlineData("chain")]
    [InlineData("entries")]
    public void A_list_of_the_manifest_with_null_in_it_is_an_error(string name) =>
        AssertRefused(Convert(Edit(), file => file.Manifest[name]!.AsArray().Add(null)), "entry 'model.json' cannot be read", name);

    [Fact]
    public void A_training_record_may_leave_out_anything()
    {
        ModelFileEditor file = Edit();
        file.Manifest["training"] = new JsonObject();
        using var stream = new MemoryStream(file.ToBytes());
        TrainingRecord record = ModelFileReader.Open(stream, "small.zip").ReadManifest().Training!;
        Assert.Empty(record.Metrics);
        Assert.Empty(record.Seconds);
        Assert.Empty(record.Properties);
        Assert.Null(record.TrainedAt);
    }

    [Theory]
    [InlineData("type", "vector<single>")]
    [InlineData("type", "vector<single,-1>")]
    [InlineData("type", "vector<single,99999,99999>")]
    [InlineData("type", "key<single,3>")]
    [InlineData("type", "key<uint32,0>")]
    [InlineData("type", "vector<vector<single,2>,3>")]
    [InlineData("type", "words")]
    [InlineData("name", "")]
    public void A_column_that_cannot_be_is_named(string member, string value) =>
        AssertRefused(Convert(Edit(), file => file.Manifest["input"]![0]![member] = value), "entry 'model.json' cannot be used", "column");

    [Fact]
    public void Slot_names_fit_their_vector() => AssertRefused(
        Convert(Edit(), file => file.Manifest["input"]![0]!["slotNames"] = new JsonArray("a", "b")), "column 'Text' has 2 slot names");

    [Fact]
    public void An_array_of_another_type_or_shape_is_named()
    {
        AssertRefused(Edit().Replace(Scales, NumpyFormat.Write<double>([1, 2], [2])).ToBytes(), $"entry '{Scales}'", "it holds '<f8' values, expected '<f4'");
        AssertRefused(Edit().Replace(Scales, NumpyFormat.Write<float>([1, 2], [2])).ToBytes(), $"entry '{Weights}'", "expected 2 × 3");
        AssertRefused(Edit().Replace(Scales, NumpyFormat.Write<float>([1, 2], [1, 2])).ToBytes(), $"entry '{Scales}'", "its shape is 1 × 2, expected any");
        AssertRefused(Edit().Replace(Scales, [1, 2, 3]).ToBytes(), $"entry '{Scales}'", "it is not a NumPy 1.0 array");
        AssertRefused(Edit().Replace(Scales, Edit()[Scales][..^1]).ToBytes(), $"entry '{Scales}'", "bytes of values");
        // A model that fits itself but not the features that the step before it makes.
        ModelFileEditor file = Edit();
        file.Replace(Scales, NumpyFormat.Write<float>([1, 2], [2])).Replace(Weights, NumpyFormat.Write<sbyte>([1, 2, 3, 4, 5, 6], [2, 3]));
        AssertRefused(file.ToBytes(), "the steps of the model do not fit each other", "column 'Features'");
    }

    [Fact]
    public void Texts_that_cannot_be_read_are_named()
    {
        AssertRefused(Edit().Replace(Terms, [0xFF, 0x0A]).ToBytes(), $"entry '{Terms}'", "it is not valid UTF-8");
        AssertRefused(Edit().Replace(Terms, Encoding.UTF8.GetBytes("cut off")).ToBytes(), $"entry '{Terms}'", "its last line is cut off");
        // Fewer n-grams than there are weights, and one that is there twice.
        byte[] terms = Edit()[Terms];
        AssertRefused(Edit().Replace(Terms, terms[(terms.AsSpan().IndexOf((byte)'\n') + 1)..]).ToBytes(), "weights.npy", "expected");
        byte[] first = terms[..(terms.AsSpan().IndexOf((byte)'\n') + 1)];
        byte[] repeated = [.. first, .. first, .. terms[(first.Length + terms.AsSpan(first.Length).IndexOf((byte)'\n') + 1)..]];
        AssertRefused(Edit().Replace(Terms, repeated).ToBytes(), "step '01-text-vectorizer'", "occurs twice");
    }

    [Theory]
    [InlineData(0, "output", "true", "expected text")]
    [InlineData(0, "inputs", "\"Text\"", "not a list of texts")]
    [InlineData(0, "inputs", "[1]", "not a list of texts")]
    [InlineData(0, "units", "[\"Word\"]", "different number")]
    [InlineData(0, "units", "[\"Word\",\"Syllable\"]", "'Syllable' is not a unit")]
    [InlineData(0, "units", "[\"Word\",\"7\"]", "'7' is not a unit")]
    [InlineData(0, "minimumLengths", "[1.5,2]", "not a list of whole numbers")]
    [InlineData(0, "minimumLengths", "[0,2]", "N-gram lengths")]
    [InlineData(0, "maximumLengths", "[1,17]", "N-gram lengths")]
    [InlineData(1, "classes", "\"three\"", "expected a whole number")]
    [InlineData(1, "classes", "3.5", "expected a whole number")]
    [InlineData(1, "classes", "99999999999", "expected a whole number")]
    [InlineData(1, "classes", "0", "0 classes")]
    [InlineData(1, "classes", "4", "3 scores, expected 4")]
    [InlineData(1, "labelled", "1", "expected true or false")]
    [InlineData(1, "labels", "null", "part 'labels' is missing")]
    [InlineData(1, "model", "[]", "part 'model' is missing")]
    [InlineData(1, "model-type", "\"oracle\"", "models of type 'oracle' are not known")]
    [InlineData(1, "features", "{}", "expected text")]
    public void A_parameter_that_does_not_fit_names_its_step(int step, string name, string value, string problem)
    {
        string folder = (string)Edit().Step(step)["folder"]!;
        AssertRefused(Convert(Edit(), file => file.Parameters(step)[name] = JsonNode.Parse(value)), $"step '{folder}", problem);
        if (name is not "labels") AssertRefused(Convert(Edit(), file => file.Parameters(step).Remove(name)), $"step '{folder}'", name);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"warm\"")]
    public void A_temperature_that_cannot_be_is_an_error(string value) =>
        AssertRefused(Convert(Edit(), file => file.Parameters(1)["model"]!["inverseTemperature"] = JsonNode.Parse(value)), "02-multiclass-prediction", "nverse");

    [Fact]
    public void Labels_are_as_many_as_classes()
    {
        ModelFileEditor file = Edit();
        file.Replace("02-multiclass-prediction/labels/values.txt", Encoding.UTF8.GetBytes("one\ntwo\n"));
        AssertRefused(file.ToBytes(), "step '02-multiclass-prediction", "2 labels for 3 classes");
    }

    [Fact]
    public void Inspecting_a_damaged_file_is_an_error_too()
    {
        using var stream = new MemoryStream(SmallModel.File[..100]);
        Assert.Throws<MLPipelinesException>(() => ModelFileReader.Open(stream, "small.zip").ReadManifest());
    }

    private static byte[] Manifest(string json) => Convert(Edit(), file => file.ManifestBytes = Encoding.UTF8.GetBytes(json));

    private static byte[] Convert(ModelFileEditor file, Action<ModelFileEditor> change)
    {
        change(file);
        return file.ToBytes();
    }
}
