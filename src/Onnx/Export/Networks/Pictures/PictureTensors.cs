using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Image;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>
/// Pictures as tensors: (N, H, W, 3) bytes, red, green and blue of each pixel, from the upper left one. Reading files and decoding them have no form in ONNX, so that whoever runs a graph does
/// it; all pictures of a run have one size, and transparency is not there.
/// </summary>
internal static class PictureTensors
{
    internal const int Rank = 4, Colors = 3;

    /// <summary>An input for pictures; of any size where the type does not say it.</summary>
    internal static GraphValue Enter(GraphBuilder graph, string name, ImageDataViewType type)
    {
        GraphValue pictures = graph.Input(name, TensorType.Uint8, -1, type.IsKnownSize ? type.Height : -1, type.IsKnownSize ? type.Width : -1, Colors);
        graph.NameAxes(pictures.Name, (1, "height"), (2, "width"));
        return pictures;
    }

    /// <summary>Whether a value is pictures.</summary>
    internal static bool ArePictures(this GraphValue value) => value is { Type: TensorType.Uint8, Rank: Rank };

    /// <summary>Numbers within limits.</summary>
    internal static GraphValue Bounded<T>(this GraphBuilder graph, GraphValue a, T least, T greatest) where T : unmanaged => graph.Min(graph.Max(a, graph.Scalar(least)), graph.Scalar(greatest));
}
