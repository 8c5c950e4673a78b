using MLPipelines.Neural.Images;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Image;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>How pictures, or vectors that are pictures, become the numbers that a network takes.</summary>
internal static class PictureSamples
{
    /// <summary>What red, green and blue count in gray, by ITU-R BT.601, in thousandths: that of <see cref="Vision.ImageSamples"/>.</summary>
    private static readonly float[] GrayParts = [299, 587, 114];

    /// <summary>Pictures (N, H, W, 3) to numbers (N, height, width, channels), as <see cref="PictureInput.Copy"/> and <see cref="PictureInput.NumberOfSample"/> do.</summary>
    internal static GraphValue OfPictures(GraphBuilder graph, GraphValue pictures, PictureInput input)
    {
        var sizing = new ImageSizing(input.Shape.Width, input.Shape.Height, ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Center);
        GraphValue colors = graph.Cast(new PictureResizing(graph).Resize(pictures, sizing), TensorType.Float);
        return Normalized(graph, input.Shape.Channels == 1 ? Gray(graph, colors, GrayParts) : colors, input);
    }

    /// <summary>Vectors (N, size) to numbers (N, height, width, channels): in 256 levels, as pictures are.</summary>
    /// <param name="graph">What nodes are added to.</param>
    /// <param name="vectors">Single.</param>
    /// <param name="isByChannel">Whether all numbers of a channel follow each other.</param>
    /// <param name="input">How pictures come into the network.</param>
    internal static GraphValue OfVectors(GraphBuilder graph, GraphValue vectors, bool isByChannel, PictureInput input)
    {
        (int height, int width, int channels) = (input.Shape.Height, input.Shape.Width, input.Shape.Channels);
        NumberRange range = input.Range ?? NumberRange.OfBytes;
        // A range of one number has one level.
        (float factor, float half) = range.Greatest > range.Least ? (byte.MaxValue / (range.Greatest - range.Least), 0.5f) : (0, 0);
        GraphValue levels = graph.Add(graph.Multiply(graph.Subtract(vectors, graph.Scalar(range.Least)), graph.Scalar(factor)), graph.Scalar(half));
        GraphValue samples = graph.Floor(graph.Bounded(levels, 0f, byte.MaxValue));
        GraphValue pixels = isByChannel ? graph.Transpose(graph.Reshape(samples, -1, channels, height, width), 0, 2, 3, 1) : graph.Reshape(samples, -1, height, width, channels);
        return Normalized(graph, pixels, input);
    }

    /// <summary>Colours (…, 3) to whole numbers (…, 1) from 0 to 255: their weighted mean, rounded.</summary>
    internal static GraphValue Gray(GraphBuilder graph, GraphValue colors, float[] parts)
    {
        float whole = parts.Sum();
        GraphValue sums = graph.MatMul(colors, graph.Constant<float>(parts, parts.Length, 1));
        return graph.Floor(graph.Divide(graph.Add(sums, graph.Scalar(whole / 2)), graph.Scalar(whole)));
    }

    private static GraphValue Normalized(GraphBuilder graph, GraphValue samples, PictureInput input)
    {
        GraphValue shares = graph.Multiply(samples, graph.Scalar(1f / byte.MaxValue));
        GraphValue centered = graph.Subtract(shares, graph.Constant<float>([.. input.Mean], input.Mean.Count));
        return graph.Multiply(centered, graph.Constant<float>([.. input.Deviation.Select(value => 1 / value)], input.Deviation.Count));
    }
}
