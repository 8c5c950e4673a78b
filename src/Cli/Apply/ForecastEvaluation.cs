using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Apply;

/// <summary>Measures a forecaster on the rows of a file that follow those that it has seen, from every origin among them.</summary>
internal static class ForecastEvaluation
{
    internal static Evaluation Run(MLContext context, SeriesForecastingTransformer model, DataViewSchema schema, string path, InputFormat format, CommandHost host, string modelPath)
    {
        if (Directory.Exists(path)) throw new UsageException($"--dataset: {path} is a folder, expected a file.");
        return Evaluator.Forecasts(context.Forecasting.Evaluate(ForecastingModel.Rows(context, model, schema, path, format, host, modelPath), model));
    }
}
