using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Testing;
using MLPipelines.Tokenizers;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;
using Xunit;
using static MLPipelines.TorchSharp.NasBert.TextClassificationTrainer;

namespace MLPipelines.Neural.Tests.Text;

public sealed class InitialWeightTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("encoder").FullName;
    private readonly MLContext _context = new(1);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_of_Hugging_Face_is_fine_tuned_as_it_is()
    {
        PretrainedEncoder encoder = SaveEncoder();
        var model = Train(new TextClassificationOptions { InitialWeights = _folder, FreezeEncoder = true });
        PretrainedEncoder kept = ((IEncoderSource)model).Encoder;
        Assert.Equal(encoder.Weights["embeddings.word_embeddings.weight"].ToArray(), kept.Weights["embeddings.word_embeddings.weight"].ToArray());
        Assert.Equal(encoder.Tokenizer.EncodeToIds("play some music"), kept.Tokenizer.EncodeToIds("play some music"));
    }

    [Fact]
    public void A_model_file_of_this_library_is_a_beginning_for_another()
    {
        SaveEncoder();
        string file = Path.Combine(_folder, "model.zip");
        var model = Train(new TextClassificationOptions { InitialWeights = _folder });
        _context.Model.Save(model, LabelledSentences.Classified(3).Schema, file);
        var second = Train(new TextClassificationOptions { InitialWeights = file, FreezeEncoder = true });
        string name = "encoder.layer.0.output.dense.weight";
        Assert.Equal(((IEncoderSource)model).Encoder.Weights[name].ToArray(), ((IEncoderSource)second).Encoder.Weights[name].ToArray());
    }

    [Fact]
    public void Without_weights_the_message_says_what_can_be_done()
    {
        string message = Assert.Throws<MLPipelinesException>(() => Train(new TextClassificationOptions())).Message;
        Assert.Contains("mlp models add nas-bert", message, StringComparison.Ordinal);
        Assert.Contains("FromScratch = true", message, StringComparison.Ordinal);
        Assert.Contains("InitialWeights", message, StringComparison.Ordinal);
        Assert.Contains("n-gram", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_there_are_named() =>
        Assert.Contains("no-such-model", Assert.Throws<FileNotFoundException>(() => Train(new TextClassificationOptions { InitialWeights = "no-such-model" })).Message, StringComparison.Ordinal);

    private TextClassificationTransformer Train(TextClassificationOptions options)
    {
        (options.MaxEpoch, options.MaxTokens) = (1, 32);
        options.Sentence1ColumnName = "Sentence1";
        return (TextClassificationTransformer)_context.MulticlassClassification.Trainers.TextClassification(options).Fit(LabelledSentences.Classified(20));
    }

    private PretrainedEncoder SaveEncoder()
    {
        var tokenizer = BertTokenizer.Train(LabelledSentences.Sentences(60), new TokenizerTrainingOptions { VocabularySize = 300 });
        EncoderDescription description = LabelledSentences.Tiny(TextNetwork.Bert, tokenizer.VocabularySize, tokenizer.SpecialTokens.Padding!.Value);
        var encoder = new PretrainedEncoder(description, tokenizer, description.Create(new RandomSource(5)).State());
        encoder.Save(_folder);
        return encoder;
    }
}
