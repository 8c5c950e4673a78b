using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export;

/// <summary>A model on its way into a graph: what it learned, and the features that it scores.</summary>
internal sealed class ModelExport(GraphBuilder graph, IScoringModel model, GraphValue features)
{
    private ModelStepReader? _saved;

    internal GraphBuilder Graph => graph;

    internal IScoringModel Model => model;

    /// <summary>What the model would write to a model file.</summary>
    internal ModelStepReader Saved => _saved ??= SavedParts.Of(model);

    /// <summary>The features, [rows, features]; for a model without a feature column, a column of zeros.</summary>
    internal GraphValue Features => features;

    /// <summary>The column of the features; <see langword="null"/> where there is none.</summary>
    internal DataViewSchema.Column? Column { get; private init; }

    /// <summary>The scores of a model, [rows, scores], single precision: by the table of models.</summary>
    internal static GraphValue Score(GraphBuilder graph, IScoringModel model, GraphValue features, DataViewSchema.Column? column = null)
    {
        ModelConverter converter = ModelConverterTable.Find(model.TypeId) ?? throw new NotExportableException($"there is no converter for models of kind '{model.TypeId}'");
        if (converter.Convert is null) throw new NotExportableException(converter.Reason!);
        GraphValue scores = converter.Convert(new ModelExport(graph, model, features) { Column = column });
        return scores is { Type: TensorType.Float, Rank: 2 } && (scores.Width < 0 || scores.Width == model.ScoreCount) ? scores
            : throw new InvalidOperationException($"The converter of '{model.TypeId}' made {scores} of {model.ScoreCount} scores.");
    }

    /// <summary>The probability that scores of a model of two classes stand for; the same shape.</summary>
    internal static GraphValue Probability(GraphBuilder graph, ICalibratedModel model, GraphValue scores)
    {
        ModelConverter converter = ModelConverterTable.Find(model.TypeId) ?? throw new NotExportableException($"there is no converter for models of kind '{model.TypeId}'");
        return converter.Calibrate is null ? throw new NotExportableException($"there is no converter for probabilities of models of kind '{model.TypeId}'") : converter.Calibrate(graph, model, scores);
    }
}
