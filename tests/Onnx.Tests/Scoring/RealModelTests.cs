using System.IO.Compression;
using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.Onnx;

namespace MLPipelines.Onnx.Tests;

/// <summary>Public models: handwritten digits, faces, objects, voices, and classifiers of other libraries. What is expected was made by <c>expected-outputs.js</c>, unless a test says otherwise.</summary>
public sealed class RealModelTests
{
    private static readonly MLContext Context = new(1);

    private static OnnxScoringEstimator Apply(string file) => Context.Transforms.ApplyOnnxModel(Datasets.PathOf($"onnx/{file}"));

    [NativeRuntimeFact("images/mnist")]
    public void Handwritten_digits_are_recognized()
    {
        const int count = 500;
        byte[] pixels = Unzip("t10k-images-idx3-ubyte.gz"), labels = Unzip("t10k-labels-idx1-ubyte.gz");
        MemoryView data = new MemoryView().AddVectors("Input3", [.. Enumerable.Range(0, count).Select(i => Array.ConvertAll(pixels[(16 + (784 * i))..(16 + (784 * (i + 1)))], pixel => (float)pixel))]);
        IDataView output = Apply("mnist-cnn.onnx").Fit(data).Transform(data);
        int right = output.GetColumn<float[]>("Plus214_Output_0").Select((scores, i) => Array.IndexOf(scores, scores.Max()) == labels[8 + i] ? 1 : 0).Sum();
        // The model's makers state 98.9 % and more for such networks; the digits' own labels say what is right.
        Assert.InRange(right / (double)count, 0.98, 1);

        static byte[] Unzip(string file)
        {
            using var unpacked = new GZipStream(File.OpenRead(Datasets.PathOf($"images/mnist/{file}")), CompressionMode.Decompress);
            using var memory = new MemoryStream();
            unpacked.CopyTo(memory);
            return memory.ToArray();
        }
    }

    [NativeRuntimeFact("onnx")]
    public void Models_give_what_the_runtime_gives_by_another_way()
    {
        foreach (JsonElement run in Expected().GetProperty("runs").EnumerateArray())
        {
            string file = run.GetProperty("file").GetString()!;
            var data = new MemoryView();
            foreach (JsonElement input in run.GetProperty("inputs").EnumerateArray())
            {
                int count = input.GetProperty("shape").EnumerateArray().Aggregate(1, (product, size) => product * size.GetInt32());
                data.AddVectors(input.GetProperty("name").GetString()!, [Numbers(count, input.GetProperty("scale").GetDouble())]);
            }
            if (file.StartsWith("mlnet-exported", StringComparison.Ordinal)) data.AddText("Label", "1");
            IDataView output = Apply(file).Fit(data).Transform(data);
            foreach (JsonElement expected in run.GetProperty("outputs").EnumerateArray())
            {
                string name = expected.GetProperty("name").GetString()!;
                float[] given = MemoryView.Copy(output).ColumnOf(name).GetObject(0) switch
                {
                    float[] numbers => numbers,
                    long[] labels => Array.ConvertAll(labels, label => (float)label),
                    var other => throw new NotSupportedException($"{other}"),
                };
                int[] shape = [.. expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
                Assert.Equal(shape, ((VectorDataViewType)output.Schema[name].Type).Dimensions);
                int every = expected.GetProperty("every").GetInt32();
                float[] kept = [.. given.Where((_, i) => i % every == 0)], values = [.. expected.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];
                Assert.Equal(values.Length, kept.Length);
                for (int i = 0; i < values.Length; i++) Assert.True(Math.Abs(values[i] - kept[i]) <= 1e-5 + (1e-5 * Math.Abs(values[i])), $"{file} '{name}' {i}: {kept[i]}, expected {values[i]}");
            }
        }
    }

    [NativeRuntimeFact("onnx")]
    public void A_voice_is_followed_with_its_state()
    {
        foreach (JsonElement voice in Expected().GetProperty("voices").EnumerateArray())
        {
            MemoryView empty = new MemoryView().AddVectors("input", [new float[576]]).AddVectors("state", [new float[256]]).Add("sr", 16000L);
            using var engine = Context.Model.CreatePredictionEngine<Chunk, Voice>(Apply(voice.GetProperty("file").GetString()!).Fit(empty), empty.Schema);
            float[] state = new float[256];
            int step = 0;
            foreach (JsonElement expected in voice.GetProperty("steps").EnumerateArray())
            {
                Voice given = engine.Predict(new Chunk { Input = Numbers(576, 0.2 * ++step), State = state });
                state = given.State;
                Assert.Equal(expected.GetProperty("probability").GetSingle(), given.Probability.Single(), 1e-5f);
                float[] kept = [.. state.Where((_, i) => i % 32 == 0)];
                Assert.Equal(expected.GetProperty("state").EnumerateArray().Select(value => value.GetSingle()), kept, (a, b) => Math.Abs(a - b) <= 1e-5f);
            }
            Assert.Equal(3, step);
        }
    }

    /// <summary>The numbers are those of the inputs, and the keys those that ML.NET's tests of these models look up.</summary>
    [NativeRuntimeFact("onnx/mlnet-testdata")]
    public void Maps_come_out_as_sequences_of_one_for_each_row()
    {
        MemoryView data = new MemoryView().AddVectors("input", [[1f, 2, 3], [8, 7, 6]]);
        var texts = Context.Data.CreateEnumerable<TextMaps>(Apply("mlnet-testdata/TestZipMapString.onnx").Fit(data).Transform(data), reuseRowObject: false).ToList();
        Assert.Equal(new Dictionary<string, float> { ["A"] = 8, ["B"] = 7, ["C"] = 6 }, texts[1].Output.Single());
        var numbers = Context.Data.CreateEnumerable<NumberMaps>(Apply("mlnet-testdata/TestZipMapInt64.onnx").Fit(data).Transform(data), reuseRowObject: false).ToList();
        Assert.Equal(new Dictionary<long, float> { [94] = 1, [17] = 2, [36] = 3 }, numbers[0].Output.Single());
    }

    /// <summary>The numbers stand in the tests of the library for Ruby that the model comes from: 0.2593829035758972, 0.409047931432724, 0.3315691649913788.</summary>
    [NativeRuntimeFact("onnx/ankane-lightgbm.onnx")]
    public void Trees_of_another_library_give_its_probabilities()
    {
        MemoryView data = new MemoryView().AddVectors("input", [[5.8f, 2.8f]]);
        LightGbm row = Context.Data.CreateEnumerable<LightGbm>(Apply("ankane-lightgbm.onnx").Fit(data).Transform(data), reuseRowObject: false).Single();
        Assert.Equal([1L], row.Label);
        IDictionary<long, float> probabilities = row.Probabilities.Single();
        Assert.Equal(0.25938290f, probabilities[0], 1e-6f);
        Assert.Equal(0.40904793f, probabilities[1], 1e-6f);
        Assert.Equal(0.33156916f, probabilities[2], 1e-6f);
    }

    [NativeRuntimeFact("onnx")]
    public void Small_models_work_on_texts_truth_values_and_open_sizes()
    {
        MemoryView texts = new MemoryView().AddTexts("input:0", [["Hello", "world", "naïve", ""]]);
        Assert.Equal(["Hello", "world", "naïve", ""], Apply("ankane-identity_string.onnx").Fit(texts).Transform(texts).GetColumn<string[]>("output:0").Single());
        MemoryView truths = new MemoryView().AddVectors("input1:0", [[true, true, false, false]]).AddVectors("input:0", [[true, false, true, false]]);
        Assert.Equal([true, false, false, false], Apply("ankane-logical_and.onnx").Fit(truths).Transform(truths).GetColumn<bool[]>("output:0").Single());
        MemoryView open = new MemoryView().AddVectors("x", [[-1f, 2, -3, 4, -5, 6, -7, 8, -9, 10], [-1f, 2, -3, 4, -5, 6, -7, 8, -9, 10]]);
        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10], Apply("ankane-abs_free_dimensions.onnx").Fit(open).Transform(open).GetColumn<float[]>("y").Last());
        MemoryView unknown = new MemoryView().AddVectors("input", [[1.1f, 1.3f, 1.2f], [-1.1f, -1.3f, -1.2f], [-1.1f, -1.3f, 1.2f]]);
        Assert.Equal([1L, 0, 2], Apply("mlnet-testdata/test_unknowndimensions_float.onnx").Fit(unknown).Transform(unknown).GetColumn<long[]>("argmax").Select(row => row.Single()));
    }

    [NativeRuntimeFact("onnx/FastestDet-sample-input-3.jpg")]
    public void Pixels_of_a_picture_go_in()
    {
        MemoryView data = new MemoryView().AddText("Path", "FastestDet-sample-input-3.jpg");
        var chain = Context.Transforms.LoadImages("Picture", Datasets.PathOf("onnx"), "Path")
            .Append(Context.Transforms.ResizeImages("Picture", 352, 352))
            .Append(Context.Transforms.ExtractPixels("input.1", "Picture", scaleImage: 1 / 255f))
            .Append(Apply("FastestDet.onnx"));
        float[] scores = chain.Fit(data).Transform(data).GetColumn<float[]>("758").Single();
        Assert.Equal(85 * 22 * 22, scores.Length);
        // The first of the 85 planes says how sure it is that a cell holds an object: the picture shows some.
        Assert.InRange(scores.AsSpan(0, 22 * 22).ToArray().Max(), 0.5f, 1f);
    }

    private static JsonElement Expected()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Scoring", "expected-outputs.json")));
        return document.RootElement.Clone();
    }

    /// <summary>As in <c>expected-outputs.js</c>.</summary>
    private static float[] Numbers(int count, double scale) => [.. Enumerable.Range(0, count).Select(i => (float)(scale * (37L * i % 101 / 101.0)))];

    private sealed class Chunk
    {
        [ColumnName("input"), VectorType(576)]
        public float[] Input { get; set; } = [];

        [ColumnName("state"), VectorType(256)]
        public float[] State { get; set; } = [];

        [ColumnName("sr")]
        public long SampleRate { get; set; } = 16000;
    }

    private sealed class Voice
    {
        [ColumnName("output")]
        public float[] Probability { get; set; } = [];

        [ColumnName("stateN")]
        public float[] State { get; set; } = [];
    }

    private sealed class TextMaps
    {
        [ColumnName("output"), OnnxSequenceType(typeof(IDictionary<string, float>))]
        public IEnumerable<IDictionary<string, float>> Output { get; set; } = [];
    }

    private sealed class NumberMaps
    {
        [ColumnName("output"), OnnxSequenceType(typeof(IDictionary<long, float>))]
        public IEnumerable<IDictionary<long, float>> Output { get; set; } = [];
    }

    private sealed class LightGbm
    {
        [ColumnName("label")]
        public long[] Label { get; set; } = [];

        [ColumnName("probabilities"), OnnxSequenceType(typeof(IDictionary<long, float>))]
        public IEnumerable<IDictionary<long, float>> Probabilities { get; set; } = [];
    }
}
