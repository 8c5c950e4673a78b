using MLPipelines.Data;
using MLPipelines.Neural.Images;
using MLPipelines.Onnx.Graph;
using MLPipelines.Tensors;
using MLPipelines.Vision;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Trained networks for pictures: how pictures come into them, the network, and probabilities.</summary>
internal static class ImageClassificationConverter
{
    internal static GraphValue Probabilities(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        var model = (ImageClassificationModelParameters)export.Model;
        GraphValue pictures = Pictures(export, model);
        if (!model.Flips) return Probabilities(graph, model, pictures);
        // Pictures and then their mirror images, as one run of the network.
        GraphValue mirrored = graph.Node("Slice", pictures.Type, pictures.Shape, [pictures, graph.Constant([-1L], 1), graph.Constant([long.MinValue], 1), graph.Constant([2L], 1), graph.Constant([-1L], 1)]);
        GraphValue both = Probabilities(graph, model, graph.Concat([pictures, mirrored], axis: 0));
        return graph.Reduce("ReduceMean", graph.Reshape(both, 2, -1, model.ScoreCount), 0, keepsAxis: false);
    }

    private static GraphValue Pictures(ModelExport export, ImageClassificationModelParameters model)
    {
        if (export.Features.ArePictures()) return PictureSamples.OfPictures(export.Graph, export.Features, model.Input);
        if (export.Column?.Type is not VectorDataViewType { IsKnownSize: true } vector) throw new NotExportableException("decoding the bytes of picture files has no form in ONNX; a chain that begins with LoadImages, LoadRawImageBytes or a column of images takes pixels in their place");
        return PictureSamples.OfVectors(export.Graph, export.Graph.Cast(export.Features, TensorProto.Types.DataType.Float), VectorPictures.IsByChannel(vector.Dimensions), model.Input);
    }

    private static GraphValue Probabilities(GraphBuilder graph, ImageClassificationModelParameters model, GraphValue pictures)
    {
        StateDictionary weights = [.. model.Weights];
        return graph.Softmax(ImageNetworkGraph.Build(new NetworkLayers(graph), model.Description, new WeightScope(weights), pictures));
    }
}
