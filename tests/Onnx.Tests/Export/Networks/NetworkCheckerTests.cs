using MLPipelines.Neural.Text;
using MLPipelines.Testing;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.TorchSharp.Roberta;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>ONNX's own checker, and its inference of types and shapes, take what networks become.</summary>
public sealed class NetworkCheckerTests
{
    [OnnxCheckerFact]
    public void Every_file_is_valid()
    {
        MemoryView texts = new MemoryView().AddText("Text", "").AddText("Other", ""), pictures = new MemoryView().AddImages("Image", []);
        List<(string, byte[])> files = [];
        foreach (int opset in (int[])[15, 17])
        {
            foreach (string name in SmallEncoders.Names)
            {
                Add($"{name} {opset} classes", new TextClassificationTransformer(SmallEncoders.Network(name, HeadKind.Texts, 3, "Text"), null, new ClassColumnNames()), texts, opset);
                Add($"{name} {opset} names", new NerTransformer(SmallEncoders.Network(name, HeadKind.Tokens, 3, "Text"), null, "Names"), texts, opset);
                Add($"{name} {opset} answers", new QATransformer(SmallEncoders.Network(name, HeadKind.Spans, 2, "Text", "Other"), new AnswerColumns("Answer", "Score", 1, 5)), texts, opset);
            }
            foreach (string name in SmallImageNetworks.Names) Add($"{name} {opset}", SmallImageNetworks.Model(name), pictures, opset);
        }
        Assert.Null(OnnxChecker.Problems(files));

        void Add(string name, ITransformer model, MemoryView data, int opset)
        {
            using ExportedNetwork exported = ExportedNetwork.Of(model, data, opset);
            files.Add((name, exported.File));
        }
    }
}
