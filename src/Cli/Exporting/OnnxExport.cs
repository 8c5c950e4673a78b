using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using MLPipelines.Cli.Apply;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Onnx.Export;
using MLPipelines.Onnx.Export.Networks;
using MLPipelines.Onnx.Graph;
using MLPipelines.Scenarios.Reports;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Cli.Exporting;

/// <summary><c>mlp export</c>: what a model predicts as an ONNX file, for other runtimes.</summary>
internal sealed class OnnxExport(CommandHost host, string modelPath, string onnxPath, bool json)
{
    /// <summary>The columns that become outputs; what the model predicts when there are none.</summary>
    internal IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The version of the operators; the usual one when left out.</summary>
    internal int? Opset { get; init; }

    internal int Run()
    {
        if (onnxPath == "-") throw new UsageException("--onnx: name a file; an ONNX file is no text for standard output.");
        long start = Stopwatch.GetTimestamp();
        ITransformer model = new MLContext(1).Model.Load(modelPath, out DataViewSchema schema);
        ModelProto exported = PredictionExport.Of(model, schema, Path.GetFileNameWithoutExtension(onnxPath), Outputs, Opset);
        using (var file = new OutputFile(onnxPath, host))
        {
            exported.WriteTo(file.Stream);
            file.Complete();
        }
        IReadOnlyList<string> tokenizers = TokenizerExport.Write(model, onnxPath), labels = PredictionExport.LabelsOf(exported);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (json) JsonLine.Write(host.Out, writer => Write(writer, exported, labels, tokenizers, seconds));
        else Show(exported, labels, tokenizers, seconds);
        return Faults.Success;
    }

    private void Show(ModelProto exported, IReadOnlyList<string> labels, IReadOnlyList<string> tokenizers, double seconds)
    {
        var report = Report.For(host, json: false);
        report.Line(string.Create(CultureInfo.InvariantCulture,
            $"{onnxPath}: {Figures.Bytes(new FileInfo(onnxPath).Length)}, {exported.Graph.Node.Count} nodes, ONNX operators of version {exported.OpsetImport[0].Version}, written in {seconds:0.0} s"));
        ShowValues(report, "Takes", exported.Graph.Input);
        ShowValues(report, "Gives", exported.Graph.Output);
        if (labels.Count > 0) report.Line($"The scores are those of {Short(labels)}, in this order; they stand in the file as metadata '{PredictionExport.LabelsKey}'.");
        foreach (string folder in tokenizers) report.Line($"Texts come as tokens: their tokenizer is in {folder}, which Hugging Face's AutoTokenizer.from_pretrained reads, and Tokenizer.FromFolder.");
        report.Line();
        report.Line("Run it in a chain:  mlContext.Transforms.ApplyOnnxModel(\"" + onnxPath + "\")");
        report.Line("or from Python:     onnxruntime.InferenceSession(\"" + onnxPath + "\").run(None, {" + string.Join(", ", exported.Graph.Input.Take(2).Select(input => $"\"{input.Name}\": {Example(input)}")) + (exported.Graph.Input.Count > 2 ? ", …" : "") + "})");
        if (exported.OpsetImport.Any(set => set.Domain == OpsetVersions.MicrosoftDomain)) report.Line("Its texts are cut by an operator of ONNX Runtime (com.microsoft), which other runtimes may not have.");
    }

    private static void ShowValues(Report report, string title, IEnumerable<ValueInfoProto> values)
    {
        var table = new TextTable(title, "name", "type", "shape");
        foreach (ValueInfoProto value in values) table.Add(value.Name, TypeOf(value), $"[{string.Join(", ", value.Type.TensorType.Shape.Dim.Select(LengthOf))}]");
        report.Line();
        report.Table(table);
    }

    private void Write(Utf8JsonWriter writer, ModelProto exported, IReadOnlyList<string> labels, IReadOnlyList<string> tokenizers, double seconds)
    {
        writer.WriteStartObject();
        writer.WriteString("command", "export");
        writer.WriteString("model", modelPath);
        writer.WriteString("onnx", onnxPath);
        writer.WriteNumber("onnxBytes", new FileInfo(onnxPath).Length);
        writer.WriteNumber("opset", exported.OpsetImport[0].Version);
        WriteValues(writer, "inputs", exported.Graph.Input);
        WriteValues(writer, "outputs", exported.Graph.Output);
        WriteTexts(writer, "labels", labels);
        WriteTexts(writer, "tokenizers", tokenizers);
        writer.WriteNumbers("seconds", [new("total", seconds)], digits: 3);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter writer, string name, IEnumerable<ValueInfoProto> values)
    {
        writer.WriteStartArray(name);
        foreach (ValueInfoProto value in values)
        {
            writer.WriteStartObject();
            writer.WriteString("name", value.Name);
            writer.WriteString("type", TypeOf(value));
            writer.WriteStartArray("shape");
            foreach (long? length in ShapeOf(value))
            {
                if (length is { } known) writer.WriteNumberValue(known);
                else writer.WriteNullValue();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static string TypeOf(ValueInfoProto value) => ((TensorType)value.Type.TensorType.ElemType).ToString().ToLowerInvariant();

    /// <summary>The lengths along the axes; none where only the run says it.</summary>
    private static IEnumerable<long?> ShapeOf(ValueInfoProto value) =>
        value.Type.TensorType.Shape.Dim.Select(dimension => dimension.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? dimension.DimValue : default(long?));

    /// <summary>A length, or the name of one that only the run says; names that say nothing but the place are left out.</summary>
    private static string LengthOf(TensorShapeProto.Types.Dimension dimension) => dimension.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue
        ? dimension.DimValue.ToString(CultureInfo.InvariantCulture) : dimension.DimParam.Contains('_', StringComparison.Ordinal) ? "?" : dimension.DimParam;

    private static string Example(ValueInfoProto value)
    {
        if (value.Name is TokenInputs.IdsName or TokenInputs.MaskName or TokenInputs.SegmentsName) return $"tokens[\"{value.Name}\"]";
        if (ShapeOf(value).ToList() is [_, _, _, PictureTensors.Colors]) return "numpy.asarray(picture)[numpy.newaxis]";
        string example = (TensorType)value.Type.TensorType.ElemType switch
        {
            TensorType.String => "[[\"…\"]]",
            TensorType.Float => "numpy.float32([[0]])",
            TensorType.Double => "numpy.float64([[0]])",
            TensorType.Int64 => "numpy.int64([[0]])",
            var type => $"numpy.{type.ToString().ToLowerInvariant()}([[0]])",
        };
        return ShapeOf(value).ToList() is [_, 1] ? example : "…";
    }

    private static string Short(IReadOnlyList<string> labels) => labels.Count <= 6 ? string.Join(", ", labels) : $"{string.Join(", ", labels.Take(5))} and {labels.Count - 5} more";
}
