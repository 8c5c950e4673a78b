using System.Text.Json.Nodes;
using MLPipelines.Neural.Text;
using MLPipelines.Onnx.Export.Networks;
using MLPipelines.Tokenizers;
using MLPipelines.TorchSharp.NasBert;

namespace MLPipelines.Onnx.Tests.Export.Networks;

public sealed class TokenizerExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tokenizers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bert", "BertTokenizer")]
    [InlineData("nas-bert", "RobertaTokenizer")]
    public void A_tokenizer_is_written_beside_the_model(string name, string kind)
    {
        NetworkOverTexts network = SmallEncoders.Network(name, HeadKind.Texts, 3, "Text");
        var model = new TextClassificationTransformer(network, null, new ClassColumnNames());
        string folder = Assert.Single(TokenizerExport.Write(model, Path.Combine(_folder, "model.onnx")));
        Assert.Equal(Path.Combine(_folder, "model.tokenizer"), folder);
        Tokenizer read = Tokenizer.FromFolder(folder), original = network.Model.Encoder.Tokenizer;
        foreach (string text in SmallEncoders.Texts) Assert.Equal(original.EncodeToIds(text), read.EncodeToIds(text));
        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "tokenizer_config.json")))!;
        Assert.Equal((kind, network.Model.MaxTokens), ((string?)config["tokenizer_class"], (int?)config["model_max_length"]));
    }

    [Fact]
    public void Models_of_other_columns_have_none() =>
        Assert.Empty(TokenizerExport.Write(SmallImageNetworks.Model("residual"), Path.Combine(_folder, "model.onnx")));
}
