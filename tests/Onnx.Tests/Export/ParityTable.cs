using MLPipelines.Onnx.Tests.Export.Rows;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>Every kind of step and of model that can be exported stands in a row at least.</summary>
internal static class ParityTable
{
    internal static IReadOnlyList<ParityRow> Rows { get; } =
    [
        .. TrainerRows.All(),
        .. NumberRows.All(),
        .. TextRows.All(),
        .. PairRows.All(),
    ];

    internal static ParityRow Find(string name) => Rows.Single(row => row.Name == name);
}
