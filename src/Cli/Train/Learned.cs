using System.Text.Json;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Train;

/// <summary>What came of a training.</summary>
/// <param name="Model">The model.</param>
/// <param name="Trainer">The name of what learned.</param>
/// <param name="Description">How it was made, in a line.</param>
/// <param name="HeldOutNote">What is to be said of metrics that come from rows held out during training.</param>
/// <param name="MeasureHeldOut">Measures it by rows that were held out during training, when there are no test rows; <see langword="null"/> when none were.</param>
internal sealed record Learned(ITransformer Model, string Trainer, string Description, string HeldOutNote, Func<Evaluation?>? MeasureHeldOut)
{
    /// <summary>What else is to be told of it.</summary>
    internal IReadOnlyList<TextTable> Tables { get; init; } = [];

    /// <summary>Draws what it predicts; <see langword="null"/> for what is not drawn.</summary>
    internal Func<IEnumerable<Scenarios.Charts.LineChart>>? Charts { get; init; }

    /// <summary>The columns that the model asks for, where learning chose among those of the data.</summary>
    internal IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Tables that a page ends with, which take a while to make.</summary>
    internal Func<IEnumerable<TextTable>>? MoreTables { get; init; }

    /// <summary>Adds more to a page, before the table of seconds.</summary>
    internal Action<HtmlPage>? AddToPage { get; init; }

    /// <summary>What else programs are told.</summary>
    internal Action<Utf8JsonWriter>? WriteJson { get; init; }

    /// <summary>What was tried on the way, for the run store.</summary>
    internal IReadOnlyList<RunRecord> Trials { get; init; } = [];

    /// <summary>The same in a few words, for the model file.</summary>
    internal IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();
}
