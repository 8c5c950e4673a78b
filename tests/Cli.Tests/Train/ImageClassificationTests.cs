using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Cli.Tests.Train;

/// <summary>A folder of small pictures, lying and standing stripes, and a model of them that all tests share.</summary>
public sealed class TrainedStripes : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainedStripes()
    {
        var random = new Random(1);
        for (int i = 0; i < 48; i++) Save(Path.Combine(Pictures, i % 2 == 0 ? "lying" : "standing", $"{i:00}.png"), random, i % 2 == 0);
        Run = CommandRun.Of("train", "image-classification", "--dataset", Pictures, "--split", "0.25", "--trainer", "small-convolutional", "--set", "epochs=30", "--set", "width=8", "--set", "flip=0", "--set", "rotation=0",
            "--output", Model, "--report", _folder["m.html"], "--json");
    }

    internal string Pictures => _folder["stripes"];

    internal string Model => _folder["m.zip"];

    internal string Report => File.ReadAllText(_folder["m.html"]);

    internal CommandRun Run { get; }

    /// <summary>Writes a picture of stripes of random width and colours.</summary>
    internal static void Save(string path, Random random, bool areLying, int side = 16)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        int width = random.Next(2, 4), start = random.Next(4);
        byte[] dark = [(byte)random.Next(90), (byte)random.Next(90), (byte)random.Next(90)], light = [(byte)random.Next(160, 256), (byte)random.Next(160, 256), (byte)random.Next(160, 256)];
        byte[] pixels = new byte[4 * side * side];
        for (int i = 0; i < side * side; i++)
        {
            bool isDark = ((areLying ? i / side : i % side) + start) / width % 2 == 0;
            (isDark ? dark : light).CopyTo(pixels, 4 * i);
            pixels[4 * i + 3] = byte.MaxValue;
        }
        using var image = MLImage.CreateFromPixels(side, side, MLPixelFormat.Bgra32, pixels);
        image.Save(path);
    }

    public void Dispose() => _folder.Dispose();
}

public sealed class ImageClassificationTests(TrainedStripes trained) : IClassFixture<TrainedStripes>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_tells_what_it_learned_and_how_well()
    {
        CommandRun run = trained.Run.Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement root = json.RootElement;
        Assert.Equal(["command", "scenario", "trainer", "model", "modelBytes", "rows", "metrics", "unreadable", "seconds", "peakMemoryMB"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("image-classification", "small-convolutional"), (root.GetProperty("scenario").GetString(), root.GetProperty("trainer").GetString()));
        Assert.Equal((36, 12), (root.GetProperty("rows").GetProperty("train").GetInt32(), root.GetProperty("rows").GetProperty("test").GetInt32()));
        Assert.Equal(1, root.GetProperty("metrics").GetProperty("accuracy").GetDouble());
        Assert.True(root.GetProperty("metrics").GetProperty("logLoss").GetDouble() < 0.3);
        Assert.Contains("standing", run.Error, StringComparison.Ordinal);
        Assert.Contains("36 pictures of ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Network of three convolutions on 16 by 16 pixels", run.Error, StringComparison.Ordinal);
        Assert.Contains("30 passes over 36 pictures of 2 classes", run.Error, StringComparison.Ordinal);
        Assert.Contains("Accuracy by pass", trained.Report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_a_picture_and_a_table_are_predicted()
    {
        string[] lines = Lines(CommandRun.Of("predict", trained.Model, "--dataset", trained.Pictures).Succeeded());
        Assert.Equal("path,PredictedLabel,Probability", lines[0]);
        Assert.Equal(49, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Equal(line.Split('/')[0], line.Split(',')[1]));

        lines = Lines(CommandRun.Of("predict", trained.Model, "--dataset", Path.Combine(trained.Pictures, "standing", "01.png"), "--scores").Succeeded());
        Assert.Equal("path,PredictedLabel,Probability,Score.lying,Score.standing", lines[0]);
        Assert.EndsWith("01.png", Assert.Single(lines, line => line.Contains(",standing,", StringComparison.Ordinal)).Split(',')[0], StringComparison.Ordinal);

        TrainedStripes.Save(_folder["new/a.png"], new Random(7), areLying: true);
        TrainedStripes.Save(_folder["new/b.png"], new Random(8), areLying: false);
        string table = _folder.Write("table.csv", "number,image\n1,new/a.png\n2,new/b.png\n");
        CommandRun.Of("predict", trained.Model, "--dataset", table, "--output", _folder["out.csv"]).Succeeded();
        lines = File.ReadAllLines(_folder["out.csv"]);
        Assert.Equal("number,image,PredictedLabel,Probability", lines[0]);
        Assert.StartsWith("1,new/a.png,lying,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2,new/b.png,standing,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_measured_and_shown()
    {
        var measured = CommandRun.Of("evaluate", trained.Model, "--dataset", trained.Pictures, "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(measured.LastLine);
        Assert.Equal(48, json.RootElement.GetProperty("rows").GetProperty("test").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble());
        string shown = CommandRun.Of("inspect", trained.Model).Succeeded().Out;
        foreach (string text in new[] { "Network of three convolutions on 16 by 16 pixels", "parameters", "30 passes", "lying, standing" }) Assert.Contains(text, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_it_looks_is_drawn()
    {
        string picture = Path.Combine(trained.Pictures, "lying", "00.png");
        string told = CommandRun.Of("explain", trained.Model, "--dataset", picture, "--output", _folder["heat.png"]).Succeeded().Out;
        Assert.Contains("lying", told, StringComparison.Ordinal);
        using var drawn = MLImage.CreateFromFile(_folder["heat.png"]);
        Assert.Equal((256, 256), (drawn.Width, drawn.Height));
        CommandRun.Of("explain", trained.Model, "--dataset", trained.Pictures, "--output", _folder["heat.html"], "--max-rows", "3").Succeeded();
        Assert.Equal(6, File.ReadAllText(_folder["heat.html"]).Split("<img ").Length - 1);
        Assert.Contains(".html", CommandRun.Of("explain", trained.Model, "--dataset", trained.Pictures, "--output", _folder["heat.png"]).Refused(), StringComparison.Ordinal);
        Assert.Contains("predicts from pictures", CommandRun.Of("explain", trained.Model, "--dataset", picture, "--importance", "gain").Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_pictures_are_on_the_report()
    {
        // Labels that cannot be learned.
        var random = new Random(3);
        for (int i = 0; i < 24; i++) TrainedStripes.Save(_folder[$"mixed/{(i % 2 == 0 ? "a" : "b")}/{i:00}.png"], random, areLying: true);
        File.WriteAllBytes(_folder["mixed/a/broken.png"], [1, 2, 3]);
        var run = CommandRun.Of("train", "image-classification", "--dataset", _folder["mixed"], "--split", "0.5", "--trainer", "small-convolutional", "--set", "epochs=1", "--set", "width=4",
            "--output", _folder["m.zip"], "--report", _folder["m.html"]).Succeeded();
        Assert.Contains("1 picture left out that cannot be read: a/broken.png: ", run.Error, StringComparison.Ordinal);
        string page = File.ReadAllText(_folder["m.html"]);
        Assert.Contains("got most wrong", page, StringComparison.Ordinal);
        Assert.Contains("alt=\"Where the model looked", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_pictures_that_are_learned_from_are_told_of()
    {
        var run = CommandRun.Of("train", "image-classification", "--dataset", trained.Pictures, "--test-dataset", trained.Pictures, "--trainer", "small-convolutional", "--set", "epochs=1", "--set", "width=4", "--output", _folder["m.zip"]).Succeeded();
        Assert.Contains("48 test pictures stand among those to learn from as well", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_idx_files_is_learned_from()
    {
        var random = new Random(1);
        byte[] pixels = [.. Enumerable.Range(0, 20).SelectMany(i => Enumerable.Range(0, 64).Select(at => (byte)(random.Next(60) + (at % 8 < 4 == (i % 2 == 0) ? 160 : 0))))];
        foreach (string part in new[] { "train", "t10k" })
        {
            _folder.Write($"idx/{part}-images-idx3-ubyte.gz", [0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 8, 0, 0, 0, 8, .. pixels]);
            _folder.Write($"idx/{part}-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 20, .. Enumerable.Range(0, 20).Select(i => (byte)(i % 2))]);
        }
        var run = CommandRun.Of("train", "image-classification", "--dataset", _folder["idx"], "--set", "epochs=8", "--set", "width=4", "--output", _folder["m.zip"]).Succeeded();
        Assert.Contains("8 by 8 pixels in grey", run.Out, StringComparison.Ordinal);
        Assert.Contains("20 test pictures of", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_goes_on_from_its_workspace()
    {
        string[] command = ["train", "image-classification", "--dataset", trained.Pictures, "--trainer", "small-convolutional", "--set", "epochs=2", "--set", "width=4", "--set", "validation=0", "--workspace", _folder["work"], "--output", _folder["m.zip"]];
        CommandRun first = CommandRun.Of(command).Succeeded();
        Assert.NotEmpty(Directory.EnumerateFiles(_folder["work"]));
        Assert.Contains("2 passes", first.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_writes_nothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var run = CommandRun.With(new MemoryStream(), source.Token, "train", "image-classification", "--dataset", trained.Pictures, "--output", _folder["m.zip"]);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("cancelled; nothing was written", run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Bad_input_is_refused_in_one_line()
    {
        Assert.Contains("There is no trainer", Refused("--dataset", trained.Pictures, "--trainer", "small-convolutionl").Replace("there", "There", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("epochs", Refused("--dataset", trained.Pictures, "--set", "epoch=3"), StringComparison.Ordinal);
        Assert.Contains("expected 0 or 1", Refused("--dataset", trained.Pictures, "--set", "flip=2"), StringComparison.Ordinal);
        Assert.Contains("imageSize=128", Refused("--dataset", trained.Pictures, "--set", "imageSize=big"), StringComparison.Ordinal);
        Assert.Contains("there is no file none.safetensors", Refused("--dataset", trained.Pictures, "--set", "initialWeights=none.safetensors"), StringComparison.Ordinal);
        Assert.Contains("is not there", Refused("--dataset", _folder["nothing"]), StringComparison.Ordinal);
        Assert.Contains("a folder per class", Refused("--dataset", Path.Combine(trained.Pictures, "lying")), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains("has no pictures", Refused("--dataset", _folder["empty"]), StringComparison.Ordinal);
        TrainedStripes.Save(_folder["one/only/a.png"], new Random(1), areLying: true);
        Assert.Contains("expected at least two classes", Refused("--dataset", _folder["one"]), StringComparison.Ordinal);
        Assert.Contains("--horizon", CommandRun.Of("predict", trained.Model, "--dataset", trained.Pictures, "--horizon", "3").Refused(), StringComparison.Ordinal);
        Assert.Contains("no picture can be read", CommandRun.Of("predict", trained.Model, "--dataset", _folder.Write("broken.png", "no picture")).Refused(), StringComparison.Ordinal);
        Assert.DoesNotContain("m.zip", _folder.Files());

        string Refused(params string[] args) => CommandRun.Of(["train", "image-classification", .. args, "--output", _folder["m.zip"]]).Refused();
    }

    private static string[] Lines(CommandRun run) => run.Out.TrimEnd('\n').Split('\n');
}
