using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Image;
using MLPipelines.Transforms.Text;
using static MLPipelines.Transforms.Image.ImagePixelExtractingEstimator;
using static MLPipelines.Transforms.Image.ImageResizingEstimator;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Steps that read pictures, change them, and make numbers of them.</summary>
internal static class PictureConverters
{
    private static readonly ColorBits[] Order = [ColorBits.Red, ColorBits.Green, ColorBits.Blue];

    /// <summary>What red, green and blue count in gray, in hundredths: that of <see cref="ImageGrayscalingEstimator"/>.</summary>
    private static readonly float[] GrayParts = [30, 59, 11];

    /// <summary>Files have no form in ONNX: in place of paths come pictures, as an input that is called like the column that is made.</summary>
    internal static void Load(StepExport step)
    {
        foreach ((string paths, string pictures, _) in step.Mappings().ToList())
        {
            step.Replace(paths);
            step.Set(pictures, PictureTensors.Enter(step.Graph, pictures, new ImageDataViewType()));
        }
    }

    internal static void Resize(StepExport step) => step.SetEach((pictures, _, saved) => new PictureResizing(step.Graph).Resize(pictures,
        new ImageSizing(saved.GetInt32("width"), saved.GetInt32("height"), saved.GetEnum<ResizingKind>("resizing"), saved.GetEnum<Anchor>("anchor"))));

    internal static void Grayscale(StepExport step) => step.SetEach((pictures, _, _) =>
    {
        GraphValue gray = PictureSamples.Gray(step.Graph, step.Graph.Cast(pictures, TensorType.Float), GrayParts);
        return step.Graph.Concat([.. Enumerable.Repeat(step.Graph.Cast(gray, TensorType.Uint8), PictureTensors.Colors)], axis: 3);
    });

    internal static void ExtractPixels(StepExport step) => step.SetEach((pictures, column, saved) =>
    {
        GraphBuilder graph = step.Graph;
        PixelValues values = PixelValues.Load(saved);
        PixelLayout layout = values.Layout;
        var type = (ImageDataViewType)column.Type;
        long size = (long)layout.Planes.Count * type.Height * type.Width;
        GraphValue colors = layout.Planes.SequenceEqual(Order) ? pictures : graph.Gather(pictures, graph.Constant<long>([.. layout.Planes.Select(PlaceOf)], layout.Planes.Count), axis: 3);
        GraphValue flat = graph.Reshape(layout.IsInterleaved ? colors : graph.Transpose(colors, 0, 3, 1, 2), 0, size);
        return values.AsFloats ? graph.Multiply(graph.Subtract(graph.Cast(flat, TensorType.Float), graph.Scalar(values.Offset)), graph.Scalar(values.Scale)) : flat;
    });

    internal static void ToPictures(StepExport step) => step.SetEach((vectors, _, saved) =>
    {
        GraphBuilder graph = step.Graph;
        VectorPixels pixels = VectorPixels.Load(saved);
        PixelLayout layout = pixels.Layout;
        (int planes, int height, int width) = (layout.Planes.Count, pixels.Type.Height, pixels.Type.Width);
        IReadOnlyList<int> defaults = saved.GetInt32s("defaults");
        if (defaults[0] != byte.MaxValue) throw new NotExportableException($"the pictures are transparent ({defaults[0]} of 255), which pictures in graphs are not");
        GraphValue numbers = graph.Cast(vectors, TensorType.Double);
        GraphValue colors = layout.IsInterleaved ? graph.Reshape(numbers, 0, height, width, planes) : graph.Transpose(graph.Reshape(numbers, 0, planes, height, width), 0, 2, 3, 1);
        // Each colour is one of the vector's, or the same everywhere: a product with ones and zeros, and a sum, in numbers that are whole in the end.
        double[] chosen = new double[planes * PictureTensors.Colors];
        for (int plane = 0; plane < planes; plane++) chosen[plane * PictureTensors.Colors + (int)PlaceOf(layout.Planes[plane])] = 1;
        GraphValue scaled = graph.Each("Round", graph.Subtract(graph.Multiply(colors, graph.Scalar((double)pixels.Scale)), graph.Scalar((double)pixels.Offset)));
        GraphValue picked = graph.MatMul(graph.Bounded(scaled, 0.0, byte.MaxValue), graph.Constant<double>(chosen, planes, PictureTensors.Colors));
        double[] missing = [.. Order.Select((color, i) => layout.Planes.Contains(color) ? 0.0 : defaults[i + 1])];
        return graph.Cast(graph.Add(picked, graph.Constant<double>(missing, PictureTensors.Colors)), TensorType.Uint8);
    });

    private static long PlaceOf(ColorBits color) => Array.IndexOf(Order, color) is var place and >= 0 ? place : throw new NotExportableException($"it has the colour {color}; pictures in graphs have {string.Join(", ", Order)}");
}
