using MLPipelines.Testing;
using MLPipelines.Transforms.Text;
using WeightingCriteria = MLPipelines.Transforms.Text.NgramExtractingEstimator.WeightingCriteria;

namespace MLPipelines.Tests.Transforms.Text;

/// <summary>The contract over a column of text in several languages; what is learned needs rows to learn from.</summary>
public abstract class TextContract(bool learns = false) : EstimatorContract
{
    protected override string[] RequiredColumns => ["Text"];

    protected override IDataView CreateData(MLContext context) => new MemoryView().AddText(
        "Text", "Where is my card, the new one?", "我的卡在哪里？", "", "où est ma CARTE 💳", "Where is my\ncard card card");

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Text", 1f, 2f, 3f);

    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => learns && edge == EdgeCase.NoRows ? EdgeOutcome.Throws : EdgeOutcome.Works;
}

/// <summary>The contract over a column of words.</summary>
public abstract class WordsContract : EstimatorContract
{
    protected override string[] RequiredColumns => ["Words"];

    protected override IDataView CreateData(MLContext context) => new MemoryView().AddTexts("Words", [["The", "card", ""], ["卡"], [], ["the", "CARD"]], isVariable: true);

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Words", 1f, 2f, 3f);
}

/// <summary>The contract over a column of character keys.</summary>
public abstract class CharacterKeysContract(bool learns = false) : TextContract(learns)
{
    protected override string[] RequiredColumns => ["Keys"];

    protected override IDataView CreateData(MLContext context)
    {
        IDataView text = base.CreateData(context);
        return context.Transforms.Text.TokenizeIntoCharactersAsKeys("Keys", "Text").Fit(text).Transform(text);
    }

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Keys", 1f, 2f, 3f);
}

public sealed class FeaturizeTextContractTests() : TextContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.FeaturizeText("Features", "Text");
}

public sealed class FeaturizeTextWithOptionsContractTests() : TextContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.FeaturizeText("Features", new TextFeaturizingEstimator.Options
    {
        Tokenizer = new UnicodeTokenizer(),
        OutputTokensColumnName = "Tokens",
        StopWordsRemoverOptions = new CustomStopWordsRemovingEstimator.Options { StopWords = ["the", "is"] },
        WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, SkipLength = 1, Weighting = WeightingCriteria.TfIdf },
        CharFeatureExtractor = new WordBagEstimator.Options { NgramLength = 4, MaximumNgramsCount = [20, 30] },
        Norm = TextFeaturizingEstimator.NormFunction.None,
    }, "Text");
}

public sealed class FeaturizeTwoTextsContractTests() : TextContract(learns: true)
{
    protected override string[] RequiredColumns => ["Text", "More"];

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.FeaturizeText("Features", null, "Text", "More");

    protected override IDataView CreateData(MLContext context) =>
        new MemoryView().AddText("Text", "a b", "", "c").AddTexts("More", [["x", "y"], ["", ""], ["", "z"]]);
}

public sealed class NormalizeTextContractTests : TextContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.NormalizeText("Text", keepPunctuations: false);
}

public sealed class TokenizeIntoWordsContractTests : TextContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.TokenizeIntoWords("Words", "Text", [' ', ',']);
}

public sealed class TokenizeWithATokenizerContractTests : TextContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.TokenizeIntoWords("Words", "Text", new UnicodeTokenizer(keepPunctuation: true));
}

public sealed class TokenizeIntoCharactersContractTests : TextContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.TokenizeIntoCharactersAsKeys("Keys", "Text");
}

public sealed class ProduceWordBagsContractTests() : TextContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.ProduceWordBags("Bag", "Text", 3, weighting: WeightingCriteria.Idf);
}

public sealed class ProduceHashedWordBagsContractTests : TextContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.ProduceHashedWordBags("Bag", "Text", 8, 2, maximumNumberOfInverts: 1);
}

public sealed class NormalizeWordsContractTests : WordsContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.NormalizeText("Normalized", "Words");
}

public sealed class RemoveStopWordsContractTests : WordsContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.RemoveStopWords("Words", "Words", "the");
}

public sealed class ProduceNgramsContractTests() : CharacterKeysContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
        context.Transforms.Text.ProduceNgrams("Ngrams", "Keys", 3, skipLength: 1, maximumNgramsCount: 50, weighting: WeightingCriteria.TfIdf);
}

public sealed class ProduceHashedNgramsContractTests : CharacterKeysContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.ProduceHashedNgrams("Hashed", "Keys", 7, maximumNumberOfInverts: -1);
}

public sealed class RemoveDefaultStopWordsContractTests : WordsContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.RemoveDefaultStopWords("Left", "Words");
}

public sealed class FeaturizeTextWithoutCommonWordsContractTests() : TextContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.FeaturizeText("Features", new TextFeaturizingEstimator.Options
    {
        StopWordsRemoverOptions = new StopWordsRemovingEstimator.Options { Language = TextFeaturizingEstimator.Language.French },
    }, "Text");
}

public sealed class ApplyWordEmbeddingContractTests : WordsContract, IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context)
    {
        File.WriteAllText(_file, "The 1 2\ncard 0.5 -1\n卡 3 3\n");
        return context.Transforms.Text.ApplyWordEmbedding("Features", _file, "Words");
    }
}

public sealed class LatentDirichletAllocationContractTests : EstimatorContract
{
    protected override string[] RequiredColumns => ["Counts"];

    protected override bool IsTrainer => true;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 0);

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
        context.Transforms.Text.LatentDirichletAllocation("Topics", "Counts", 9, maximumNumberOfIterations: 20, numberOfThreads: numberOfThreads, maximumTokenCountPerDocument: 6);

    protected override IDataView CreateData(MLContext context) =>
        new MemoryView().AddSparse("Counts", [[1f, 2, 0, 0], [0, 0, 3, 1], [0, 0, 0, 0], [5, 5, 5, 5]], ["a", "b", "c", "d"]);

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddVectors("Counts", [[1.0, 2.0], [1.0, 2.0]]);

    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.NoRows or EdgeCase.NotANumber or EdgeCase.Infinity ? EdgeOutcome.Throws : EdgeOutcome.Works;
}
