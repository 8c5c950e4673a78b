using System.Runtime.CompilerServices;
using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.Testing;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.Vision;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Chains as users have them, trained a little on real data: probabilities and the texts of labels are the same in a graph.</summary>
public sealed class TrainedNetworkTests
{
    private readonly MLContext _context = new(1);

    [NativeRuntimeFact]
    public void Pictures_of_shapes_that_are_loaded_from_files()
    {
        Picture[] rows = Shapes();
        IDataView data = _context.Data.LoadFromEnumerable(rows);
        var options = new ImageClassificationTrainer.Options { FeatureColumnName = "Bytes", Epoch = 2, ImageSize = (32, 32), TestTimeFlip = true };
        ITransformer model = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.Transforms.LoadRawImageBytes("Bytes", null, nameof(Picture.Path)))
            .Append(_context.MulticlassClassification.Trainers.ImageClassification(options)).Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        using ExportedNetwork exported = ExportedNetwork.Of(model, data, 0, "PredictedLabel", "Score");
        Compare(model.Transform(data), exported, rows, "Bytes");
    }

    [NativeRuntimeFact]
    public void Pictures_of_shapes_that_the_chain_brings_to_vectors()
    {
        Picture[] rows = Shapes();
        IDataView data = _context.Data.LoadFromEnumerable(rows);
        var options = new ImageClassificationTrainer.Options { FeatureColumnName = "Pixels", Epoch = 2 };
        ITransformer model = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.Transforms.LoadImages("Image", "", nameof(Picture.Path)))
            .Append(_context.Transforms.ResizeImages("Sized", 24, 24, "Image")).Append(_context.Transforms.ExtractPixels("Pixels", "Sized"))
            .Append(_context.MulticlassClassification.Trainers.ImageClassification(options)).Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        using ExportedNetwork exported = ExportedNetwork.Of(model, data, 0, "PredictedLabel", "Score");
        Compare(model.Transform(data), exported, rows, "Image");
    }

    [NativeRuntimeFact]
    public void An_exported_network_is_a_step_of_another_chain()
    {
        Picture[] rows = Shapes();
        IDataView data = _context.Transforms.LoadImages("Image", "", nameof(Picture.Path)).Append(_context.Transforms.ResizeImages("Image", 40, 30)).Fit(_context.Data.LoadFromEnumerable(rows)).Transform(_context.Data.LoadFromEnumerable(rows));
        ITransformer model = SmallImageNetworks.Model("residual");
        using ExportedNetwork exported = ExportedNetwork.Of(model, data, 0, "Score");
        IDataView pixels = _context.Transforms.ExtractPixels("Image", interleavePixelColors: true, outputAsFloatArray: false).Fit(data).Transform(data);
        using var file = new MemoryStream(exported.File);
        IDataView scored = _context.Transforms.ApplyOnnxModel(["Score.output"], ["Image"], file).Fit(pixels).Transform(pixels);
        Near(model.Transform(data).GetColumn<float[]>("Score"), [.. scored.GetColumn<float[]>("Score").SelectMany(row => row)]);
    }

    [NativeRuntimeFact("images/mnist")]
    public void Digits_by_the_scenario()
    {
        LabelledImages all = ImageInput.Open(Datasets.PathOf("images/mnist")).Train;
        ITransformer model = ImageClassifier.Train(_context, all.Split(0.01, seed: 1).Test, new ImageClassificationOptions { Adjust = options => options.Epoch = 2 }).Model;
        MLImage[] images = [.. all.Split(0.005, seed: 2).Test.Images.Select(image => image.Read())];
        MemoryView data = new MemoryView().AddImages("Image", images);
        IDataView scored = model.Transform(data);
        using ExportedNetwork exported = ExportedNetwork.Of(model, data);
        (string, OnnxValue) input = ("Image", PictureInputs.Of(images));
        Near(scored.GetColumn<float[]>("Score"), exported.Run<float>("Score.output", input));
        Assert.Equal(scored.GetColumn<string>("PredictedLabel"), exported.Run<string>("PredictedLabel.output", input));
    }

    [NativeRuntimeFact("text/banking77/test.csv")]
    public void Requests_to_a_bank()
    {
        IDataView data = _context.Data.TakeRows(_context.Data.LoadFromTextFile(Datasets.PathOf("text/banking77/test.csv"),
            [new("Text", DataKind.String, 0), new("Category", DataKind.String, 1)], separatorChar: ',', hasHeader: true, allowQuoting: true), 400);
        foreach (TextNetwork network in (TextNetwork[])[TextNetwork.TextCnn, TextNetwork.BiLstm])
        {
            var options = new TextClassificationTrainer.TextClassificationOptions
            {
                Sentence1ColumnName = "Text", LabelColumnName = "Key", FromScratch = true, Network = network, MaxEpoch = 1, VocabularySize = 1000, MaxTokens = 64,
            };
            ITransformer model = _context.Transforms.Conversion.MapValueToKey("Key", "Category").Append(_context.MulticlassClassification.Trainers.TextClassification(options))
                .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
            IDataView scored = model.Transform(data);
            using ExportedNetwork exported = ExportedNetwork.Of(model, data, 0, "PredictedLabel", "Score");
            TextNetworkModel trained = ITransformerChain.Flatten(model).OfType<ITextNetworkSource>().Single().Network.Model;
            (string, OnnxValue)[] inputs = new TokenizedTexts(trained, [.. data.GetColumn<string>("Text")]).InputsOf(exported);
            Near(scored.GetColumn<float[]>("Score"), exported.Run<float>("Score.output", inputs));
            Assert.Equal(scored.GetColumn<string>("PredictedLabel"), exported.Run<string>("PredictedLabel.output", inputs));
        }
    }

    private static void Compare(IDataView scored, ExportedNetwork exported, Picture[] rows, string input)
    {
        MLImage[] images = [.. rows.Select(row => MLImage.CreateFromFile(row.Path))];
        Near(scored.GetColumn<float[]>("Score"), [.. images.SelectMany(image => exported.Run<float>("Score.output", (input, PictureInputs.Of(image))))]);
        Assert.Equal(scored.GetColumn<string>("PredictedLabel"), images.SelectMany(image => exported.Run<string>("PredictedLabel.output", (input, PictureInputs.Of(image)))));
    }

    private static void Near(IEnumerable<float[]> expected, float[] found)
    {
        float[] values = [.. expected.SelectMany(row => row)];
        Assert.Equal(values.Length, found.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(values[i], found[i], 1e-4);
    }

    private static Picture[] Shapes([CallerFilePath] string here = "") =>
        [.. Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(here)!, "../../../../data/shapes"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new Picture { Path = path, Label = Path.GetFileName(Path.GetDirectoryName(path))! })];

    private sealed class Picture
    {
        public string Path { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
