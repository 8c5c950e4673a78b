using MLPipelines;
using MLPipelines.Scenarios.ImageClassification;

namespace Snippets;

/// <summary>The code of src/Scenarios/ImageClassification/README.md.</summary>
internal static class ImageClassificationSnippet
{
    internal static ImagePrediction Run()
    {
        var context = new MLContext(seed: 1);
        var classifier = ImageClassifier.Train(context, "data/shapes");           // a folder with a folder of pictures per label
        classifier.Save("models/shapes.zip");

        var loaded = ImageClassifier.Load("models/shapes.zip");                   // one instance serves all threads
        var prediction = loaded.Predict("data/shapes/star/01.png");               // or a stream, bytes, an MLImage
        Console.WriteLine($"{prediction.Label} ({prediction.Probability:P0})");
        foreach (var (label, probability) in prediction.Ranked.Skip(1))
            Console.WriteLine($"  or {label} ({probability:P0})");
        return prediction;
    }
}
