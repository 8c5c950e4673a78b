using MLPipelines.Cli.Input;
using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Apply;

/// <summary>Tells models that forecast series from others, and feeds them.</summary>
internal static class ForecastingModel
{
    /// <summary>The forecaster that a model is; <see langword="null"/> for another kind of model.</summary>
    internal static SeriesForecastingTransformer? Of(ITransformer model) => ITransformerChain.Flatten(model).ToList() is [SeriesForecastingTransformer only] ? only : null;

    /// <summary>The rows of a file as the forecaster observes them.</summary>
    internal static IDataView Rows(MLContext context, SeriesForecastingTransformer model, DataViewSchema schema, string path, InputFormat format, CommandHost host, string modelPath)
    {
        var columns = new ModelColumns(model, schema, [model.OutputColumnName]);
        DataFile file = DataFile.Open(path, format, host, columns.Needed);
        return file.Load(context, columns.In(file, modelPath));
    }
}
