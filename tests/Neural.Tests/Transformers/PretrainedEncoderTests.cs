using System.Text.Json.Nodes;
using MLPipelines.Neural.Transformers;
using MLPipelines.Persistence;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Tests.Transformers;

public sealed class PretrainedEncoderTests : IDisposable
{
    private static readonly BertDescription Bert = new() { VocabularySize = 10, PaddingId = 0, Size = 32, LayerCount = 2, HeadCount = 4, InnerSize = 48, Positions = 12 };
    private static readonly NasBertDescription NasBert = new() { VocabularySize = 10, PaddingId = 1 };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public PretrainedEncoderTests() => File.WriteAllLines(In("vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "##b", "##c"]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_of_Hugging_Face_is_read()
    {
        (TextEncoder encoder, var tensors) = Written(Bert);
        WeightFiles.WriteSafetensors(In("model.safetensors"), tensors);
        WriteConfig();
        var read = PretrainedEncoder.Open(_folder);
        Assert.Equal(10, read.Tokenizer.VocabularySize);
        Same(encoder, read);
    }

    [Fact]
    public void Prefixes_and_names_of_old_files_are_known()
    {
        (TextEncoder encoder, var tensors) = Written(Bert);
        var old = tensors.Select(tensor => ($"bert.{tensor.Name.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal).Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal)}", tensor.Shape, tensor.Values));
        WeightFiles.WriteSafetensors(In("old.safetensors"), [.. old, ("bert.embeddings.position_ids", [1, 12], new float[12]), ("cls.predictions.bias", [10], new float[10]), ("bert.pooler.dense.bias", [32], Enumerable.Range(0, 32).Select(i => (float)i).ToArray()), ("bert.pooler.dense.weight", [32, 32], new float[1024])]);
        WriteConfig();
        var read = PretrainedEncoder.Open(In("old.safetensors"));
        Same(encoder, read);
        Assert.Equal(31, read.Weights["pooler.dense.bias"].ToArray()[31]);
        var head = new SequenceClassificationHead(Bert, 3, new RandomSource(1));
        Assert.False(read.TryLoad(head));
    }

    [Fact]
    public void Weights_of_ML_NET_need_no_description()
    {
        (TextEncoder encoder, var tensors) = Written(NasBert);
        WeightFiles.WriteTsm(In("nas-bert.tsm"), tensors);
        var read = PretrainedEncoder.Open(In("nas-bert.tsm"));
        Assert.Equal(NasBert.ToJson(), read.Description.ToJson());
        Same(encoder, read);
        Same(encoder, PretrainedEncoder.Open(_folder));
    }

    [Fact]
    public void Other_architectures_of_NAS_BERT_are_known_by_their_shapes()
    {
        NasBertDescription other = NasBert with { LayerNumbers = [.. Enumerable.Range(0, 24).Select(i => i / 6 is 0 ? 1 + i % 5 : i % 6 == 0 ? 8 : 0)], Positions = 20, EmbeddingSize = 128 };
        WeightFiles.WriteTsm(In("other.tsm"), Written(other).Tensors);
        Assert.Equal(other.ToJson(), PretrainedEncoder.Open(In("other.tsm")).Description.ToJson());
    }

    [Fact]
    public void The_RoBERTa_of_ML_NET_is_known_by_its_names()
    {
        BertDescription roberta = Bert with { IsRoberta = true, PaddingId = 1, Size = 128, HeadCount = 2, Epsilon = 1e-5f };
        (TextEncoder encoder, var tensors) = Written(roberta);
        WeightFiles.WriteTsm(In("roberta.tsm"), tensors);
        var read = PretrainedEncoder.Open(In("roberta.tsm"));
        Assert.Equal(roberta.ToJson(), read.Description.ToJson());
        Same(encoder, read);
    }

    [Fact]
    public void What_does_not_fit_is_listed()
    {
        (_, var tensors) = Written(Bert);
        tensors = [.. tensors.Where(tensor => tensor.Name != "embeddings.LayerNorm.bias").Select(tensor => tensor.Name == "encoder.layer.1.output.dense.bias" ? tensor with { Shape = [16], Values = new float[16] } : tensor), ("encoder.layer.2.output.dense.bias", [32], new float[32])];
        WeightFiles.WriteSafetensors(In("model.safetensors"), tensors);
        WriteConfig();
        var read = PretrainedEncoder.Open(_folder);
        var error = Assert.Throws<MLPipelinesException>(() => read.Create(new RandomSource(1)));
        Assert.Contains("Missing (1): embeddings.LayerNorm.bias.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Unexpected (1): encoder.layer.2.output.dense.bias.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Of another shape (1): encoder.layer.1.output.dense.bias is (16), expected (32).", error.Message, StringComparison.Ordinal);
        Assert.Contains("model.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_saved_is_read_again()
    {
        foreach (EncoderDescription description in (EncoderDescription[])[Bert, NasBert])
        {
            TextEncoder encoder = description.Create(new RandomSource(3));
            WriteConfig();
            var tokenizer = Tokenizers.Tokenizer.FromFolder(_folder);
            string target = Path.Combine(_folder, "saved", description.GetType().Name);
            new PretrainedEncoder(description, tokenizer, encoder.State()).Save(target);
            var read = PretrainedEncoder.Open(target);
            Assert.Equal(description.ToJson(), read.Description.ToJson());
            Assert.Equal(tokenizer.EncodeToIds("a bc"), read.Tokenizer.EncodeToIds("a bc"));
            Same(encoder, read);
        }
    }

    [Fact]
    public void A_part_of_a_model_file_is_read_again()
    {
        TextEncoder encoder = Bert.Create(new RandomSource(3));
        var tokenizer = Tokenizers.Tokenizer.FromFolder(_folder);
        var parameters = new JsonObject();
        Dictionary<string, byte[]> entries = [];
        new PretrainedEncoder(Bert, tokenizer, encoder.State()).Save(new StepPartsWriter("01-text", parameters, entries));
        Same(encoder, PretrainedEncoder.Load(new StepPartsReader("model.zip", "01-text", 1, parameters, entries)));
        entries.Remove("01-text/embeddings.LayerNorm.bias.npy");
        Assert.Contains("embeddings.LayerNorm.bias.npy", Assert.Throws<MLPipelinesException>(() => PretrainedEncoder.Load(new StepPartsReader("model.zip", "01-text", 1, parameters, entries))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        Assert.Throws<FileNotFoundException>(() => PretrainedEncoder.Open(In("absent")));
        Says("no model.safetensors", _folder);
        Says("folder, .safetensors, .tsm or .zip", In("vocab.txt"));
        WeightFiles.WriteSafetensors(In("a.safetensors"), [("x", [1], [1f])]);
        Says("there is no config.json beside it", _folder);
        WeightFiles.WriteSafetensors(In("b.safetensors"), [("x", [1], [1f])]);
        Says("several files of weights: a.safetensors, b.safetensors", _folder);
        File.WriteAllBytes(In("a.safetensors"), [1, 2, 3]);
        Says("The weights cannot be read", In("a.safetensors"));
        WeightFiles.WriteTsm(In("c.tsm"), Written(NasBert with { VocabularySize = 4 }).Tensors);
        Says("the tokenizer has 10 tokens, the encoder only 4", In("c.tsm"));
    }

    private static void Says(string expected, string path) => Assert.Contains(expected, Assert.Throws<MLPipelinesException>(() => PretrainedEncoder.Open(path)).Message, StringComparison.Ordinal);

    private static void Same(TextEncoder expected, PretrainedEncoder read)
    {
        StateDictionary actual = read.Create(new RandomSource(9)).State();
        foreach (var (name, tensor) in expected.State()) Assert.Equal(tensor.ToArray(), actual[name].ToArray());
    }

    private static (TextEncoder Encoder, (string Name, int[] Shape, float[] Values)[] Tensors) Written(EncoderDescription description)
    {
        TextEncoder encoder = description.Create(new RandomSource(7));
        return (encoder, [.. encoder.State().Select(item => (item.Name, item.Tensor.Shape.AsSpan().ToArray(), item.Tensor.ToArray()))]);
    }

    private void WriteConfig() => File.WriteAllText(In("config.json"), """
        {"architectures": ["BertForMaskedLM"], "model_type": "bert", "vocab_size": 10, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
         "intermediate_size": 48, "max_position_embeddings": 12, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "type_vocab_size": 2, "classifier_dropout": null}
        """);

    private string In(string name) => Path.Combine(_folder, name);
}
