using Google.Protobuf;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>Every exported file is valid in the eyes of ONNX's own checker.</summary>
public sealed class CheckerTests
{
    [OnnxCheckerFact]
    public void Every_exported_file_passes_the_checker_of_ONNX() =>
        Assert.Null(OnnxChecker.Problems(ParityTable.Rows.Select((row, i) => (FormattableString.Invariant($"{i:000} {string.Join('-', row.Name.Split(Path.GetInvalidFileNameChars()))}"), ExportedModel.Of(row).ToByteArray()))));
}
