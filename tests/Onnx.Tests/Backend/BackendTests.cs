using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Testing;
using MLPipelines.Transforms.Onnx;

namespace MLPipelines.Onnx.Tests;

/// <summary>ONNX's own tests of every operator. Which of them ONNX Runtime does not pass, and why, is kept beside this file.</summary>
public sealed class BackendTests
{
    /// <summary>The version that the list beside this file was made with; a newer one passes more.</summary>
    private const string ListedVersion = "1.30.";

    [NativeRuntimeTheory("onnx")]
    [InlineData("onnx-node-tests")]
    [InlineData("onnx-other-backend-tests")]
    public void Every_operator_gives_what_the_standard_says(string archive)
    {
        var problems = new ConcurrentDictionary<string, string>();
        IReadOnlyList<BackendTest> tests = BackendTest.Read($"onnx/{archive}.tar.gz");
        Parallel.ForEach(tests, new ParallelOptions { MaxDegreeOfParallelism = 4 }, test =>
        {
            if (BackendRun.Problem(test) is { } problem) problems[test.Name] = Short(problem);
        });
        string[] lines = [.. problems.OrderBy(problem => problem.Key, StringComparer.Ordinal).Select(problem => $"{problem.Key}\t{problem.Value}")];
        string received = Path.Combine(AppContext.BaseDirectory, $"{archive}.received.txt");
        File.WriteAllLines(received, lines);
        if (!OnnxRuntimeLibrary.Current.Api.Version.StartsWith(ListedVersion, StringComparison.Ordinal)) return;
        string[] listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Backend", $"{archive}.txt"));
        Assert.Equal(tests.Count, int.Parse(listed[0].Split(' ')[0], CultureInfo.InvariantCulture));
        Assert.Equal(listed[1..].Select(Name), lines.Select(Name));
    }

    /// <summary>
    /// Large networks of ONNX's suite, whose weights are constants. They are given the numbers from 0 to 1 in equal steps; the outputs in the
    /// archive were made by ONNX's own reference evaluator.
    /// </summary>
    [NativeRuntimeFact("onnx/onnx-other-backend-tests.tar.gz")]
    public void Large_networks_give_what_the_reference_gives()
    {
        IReadOnlyDictionary<string, byte[]> files = BackendTest.ReadFiles("onnx/onnx-other-backend-tests.tar.gz", "light/");
        string[] networks = [.. files.Keys.Where(name => name.EndsWith(".onnx", StringComparison.Ordinal))];
        Assert.Equal(9, networks.Length);
        float[] picture = [.. Enumerable.Range(0, 3 * 224 * 224).Select(i => i / (3f * 224 * 224))];
        foreach (string network in networks)
        {
            var context = new MLContext(1);
            OnnxScoringEstimator estimator = context.Transforms.ApplyOnnxModel(new MemoryStream(files[network]));
            MemoryView data = new MemoryView().AddVectors(estimator.InputNames.Single(), [picture]);
            IDataView output = estimator.Fit(data).Transform(data);
            float[] scores = output.GetColumn<float[]>(output.Schema[1]).Single();
            float[] expected = ((OnnxTensor<float>)BackendValues.Tensor(TensorProto.Parser.ParseFrom(files[network.Replace(".onnx", "_output_0.pb", StringComparison.Ordinal)]))).Values;
            Assert.Equal(expected.Length, scores.Length);
            for (int i = 0; i < scores.Length; i++) Assert.Equal(expected[i], scores[i], 1e-5f);
        }
    }

    private static string Name(string line) => line.Split('\t')[0];

    private static string Short(string problem)
    {
        string line = Regex.Replace(problem.ReplaceLineEndings(" "), @"/onnxruntime_src/\S+ ", "");
        return line.Length > 160 ? line[..160] : line;
    }
}
