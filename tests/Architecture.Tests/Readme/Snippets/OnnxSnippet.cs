using MLPipelines;

namespace Snippets;

/// <summary>The code of docs/guides/onnx.md.</summary>
internal static class OnnxSnippet
{
    internal static void Run(MLContext mlContext, ITransformer model, IDataView data)
    {
        using (var stream = File.Create("model.onnx")) mlContext.Model.ConvertToOnnx(model, data, stream);              // all columns
        using (var stream = File.Create("scores.onnx")) mlContext.Model.ConvertToOnnx(model, data, stream, "Score");    // what Score needs
        using (var stream = File.Create("older.onnx")) mlContext.Model.ConvertToOnnx(model, data, 13, stream);          // older operators
    }

    internal static ITransformer Chain(MLContext mlContext, IDataView data)
    {
        var scores = mlContext.Transforms.ApplyOnnxModel("scores", "features", "model.onnx");                   // one column in, one out
        var all = mlContext.Transforms.ApplyOnnxModel("model.onnx");                                            // every input and output
        ITransformer model = mlContext.Transforms.NormalizeMinMax("features").Append(scores).Fit(data);         // like any other step
        return all.Fit(model.Transform(data));
    }
}
