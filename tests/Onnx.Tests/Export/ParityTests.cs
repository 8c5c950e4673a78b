namespace MLPipelines.Onnx.Tests.Export;

/// <summary>Exports say what the original says.</summary>
public sealed class ParityTests
{
    public static TheoryData<string> Names => [.. ParityTable.Rows.Select(row => row.Name)];

    [NativeRuntimeTheory]
    [MemberData(nameof(Names))]
    public void An_export_says_what_the_model_says(string name) => ExportedModel.AssertParity(ParityTable.Find(name));
}
