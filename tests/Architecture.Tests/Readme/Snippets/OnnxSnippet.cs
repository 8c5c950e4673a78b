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
}
