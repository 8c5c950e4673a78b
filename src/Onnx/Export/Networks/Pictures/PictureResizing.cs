using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Image;
using static MLPipelines.Transforms.Image.ImageResizingEstimator;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>
/// Pictures of any size brought to one, as <see cref="ImageSizing"/> does: each sample a weighted mean, along the columns and along the rows. How much samples count is a matrix that nodes compute from
/// the picture's size, and resampling is a product with it: every runtime then comes to the same samples, where what ONNX's own <c>Resize</c> means has changed from version to version.
/// </summary>
/// <param name="graph">What nodes are added to.</param>
internal sealed class PictureResizing(GraphBuilder graph)
{
    /// <summary>(N, H, W, 3) bytes of one size to (N, height, width, 3) bytes.</summary>
    internal GraphValue Resize(GraphValue pictures, ImageSizing sizing)
    {
        (int height, int width) = (sizing.Type.Height, sizing.Type.Width);
        GraphValue rows = graph.Cast(graph.ScalarLengthOf(pictures, 1), TensorType.Double), columns = graph.Cast(graph.ScalarLengthOf(pictures, 2), TensorType.Double);
        (AxisPart down, AxisPart across) = sizing.Resizing switch
        {
            ResizingKind.IsoCrop => Cropped(rows, columns, sizing),
            ResizingKind.IsoPad => Padded(rows, columns, sizing),
            _ => (new AxisPart(Number(0), rows, Number(height)), new AxisPart(Number(0), columns, Number(width))),
        };
        // Along the columns first: all rows of a picture are then one product of large matrices.
        GraphValue lines = graph.Reshape(graph.Cast(pictures, TensorType.Float), 0, 0, -1);
        GraphValue lower = graph.Reshape(Product(Weights(rows, down, height), lines, height, -1), 0, height, -1, 3);
        GraphValue sums = Product(Weights(columns, across, width), lower, height, width, 3);
        return graph.Cast(graph.Bounded(graph.Add(sums, graph.Scalar(0.5f)), 0f, byte.MaxValue), TensorType.Uint8);
    }

    /// <summary>Which part of an axis is resampled, to how many samples, and where these begin; scalars of double precision.</summary>
    /// <param name="Start">Where the part begins, in samples.</param>
    /// <param name="Extent">How long it is.</param>
    /// <param name="Count">How many samples are made of it.</param>
    /// <param name="First">The first of these; <see langword="null"/> where they fill the axis.</param>
    private sealed record AxisPart(GraphValue Start, GraphValue Extent, GraphValue Count, GraphValue? First = null);

    private (AxisPart Down, AxisPart Across) Cropped(GraphValue rows, GraphValue columns, ImageSizing sizing)
    {
        GraphValue height = Number(sizing.Type.Height), width = Number(sizing.Type.Width);
        GraphValue scale = graph.Max(graph.Divide(width, columns), graph.Divide(height, rows));
        return (Kept(rows, height, sizing.Anchor switch { Anchor.Top => 0, Anchor.Bottom => 1, _ => 0.5 }), Kept(columns, width, sizing.Anchor switch { Anchor.Left => 0, Anchor.Right => 1, _ => 0.5 }));

        AxisPart Kept(GraphValue length, GraphValue wanted, double anchor)
        {
            GraphValue extent = graph.Min(length, graph.Divide(wanted, scale));
            return new AxisPart(graph.Multiply(Number(anchor), graph.Subtract(length, extent)), extent, wanted);
        }
    }

    private (AxisPart Down, AxisPart Across) Padded(GraphValue rows, GraphValue columns, ImageSizing sizing)
    {
        GraphValue height = Number(sizing.Type.Height), width = Number(sizing.Type.Width);
        GraphValue scale = graph.Min(graph.Divide(width, columns), graph.Divide(height, rows));
        return (Placed(rows, height), Placed(columns, width));

        AxisPart Placed(GraphValue length, GraphValue wanted)
        {
            GraphValue count = graph.Min(graph.Max(graph.Each("Round", graph.Multiply(length, scale)), Number(1)), wanted);
            return new AxisPart(Number(0), length, count, graph.Floor(graph.Divide(graph.Subtract(wanted, count), Number(2))));
        }
    }

    /// <summary>(outputs, length): how much each sample of an axis counts in each new one, as <see cref="ResamplingWeights"/> says.</summary>
    private GraphValue Weights(GraphValue length, AxisPart part, int outputs)
    {
        GraphValue scale = graph.Divide(part.Extent, part.Count), reach = graph.Max(scale, Number(1));
        GraphValue middles = graph.Constant<double>([.. Enumerable.Range(0, outputs).Select(i => i + 0.5)], outputs, 1);
        if (part.First is not null) middles = graph.Subtract(middles, part.First);
        GraphValue centers = graph.Add(part.Start, graph.Multiply(middles, scale)), samples = graph.Add(graph.Unsqueeze(graph.CountTo(length), 0), Number(0.5));
        GraphValue apart = graph.Divide(graph.Abs(graph.Subtract(samples, centers)), reach);
        GraphValue weights = graph.Max(graph.Subtract(Number(1), apart), Number(0)), sums = graph.ReduceSum(weights);
        if (part.First is null) return graph.Cast(graph.Divide(weights, sums), TensorType.Float);
        // Beside the picture nothing counts, which is black.
        GraphValue isInside = graph.And(graph.Greater(middles, Number(0)), graph.Less(middles, part.Count));
        GraphValue shares = graph.Divide(weights, graph.Where(isInside, sums, Number(1)));
        return graph.Cast(graph.Multiply(shares, graph.Cast(isInside, TensorType.Double)), TensorType.Float);
    }

    /// <summary>A matrix times each of a stack of them.</summary>
    private GraphValue Product(GraphValue matrix, GraphValue stack, params long[] shape) => graph.Node("MatMul", stack.Type, [stack.Shape[0], .. shape], [matrix, stack]);

    private GraphValue Number(double value) => graph.Scalar(value);
}
