using System.CommandLine;
using MLPipelines.Cli.Exporting;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp export</c>.</summary>
internal static class ExportCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var model = new Argument<string>("model.zip") { Description = "A model that mlp train or mlp automl saved." };
        var onnx = OptionParsing.Text("--onnx", "Where the ONNX file goes.", "FILE");
        onnx.Required = true;
        var outputs = OptionParsing.Text("--outputs", "The columns that become outputs, such as Score,Features. Default: what the model predicts, with labels as texts.", "A,B");
        var opset = OptionParsing.Whole("--opset", "The version of the ONNX operators, 9 to 17. Default: 15.", "N", least: 1);
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output: inputs, outputs, labels.");
        command.Arguments.Add(model);
        command.Options.Add(onnx);
        command.Options.Add(outputs);
        command.Options.Add(opset);
        command.Options.Add(json);
        command.SetAction(parsed => new OnnxExport(host, parsed.GetValue(model)!, parsed.GetValue(onnx)!, parsed.GetValue(json))
        {
            Outputs = OptionParsing.List(parsed.GetValue(outputs)),
            Opset = parsed.GetValue(opset),
        }.Run());
    }
}
