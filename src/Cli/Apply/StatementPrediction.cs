using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.FinancialForecasting;

namespace MLPipelines.Cli.Apply;

/// <summary><c>mlp predict</c> for models of financial lines: a statement of the periods to come.</summary>
internal static class StatementPrediction
{
    /// <param name="model">The model.</param>
    /// <param name="observations">A table with later periods, which it takes in first; <see langword="null"/> for none.</param>
    /// <param name="format">How that table is laid out.</param>
    /// <param name="horizon">How many periods; as trained when left out.</param>
    /// <param name="target">Where the statement goes.</param>
    /// <returns>The number of periods.</returns>
    internal static int Write(FinancialModel model, string? observations, InputFormat format, int? horizon, OutputFile target)
    {
        if (observations is not null)
            model = model.Observe(FinancialTable.Load(observations, new FinancialTableOptions { DecimalMark = format.DecimalMark, Separator = format.Separator, AllowQuoting = format.Quoting, SheetName = format.Sheet }));
        return model.WriteCsv(target.Stream, format.Separator ?? ',', horizon);
    }
}
