using System.Text;
using MLPipelines.Data;
using MLPipelines.Scenarios.TextGeneration;
using MLPipelines.Tokenizers;

namespace MLPipelines.Scenarios.Tests.TextGeneration;

/// <summary>One small generator, which knows a few lines by heart, for all tests here.</summary>
public sealed class LearnedLines
{
    internal static readonly string[] Lines =
        ["To be, or not to be, that is the question.", "Der Mond ist aufgegangen, die goldnen Sternlein prangen 🌙 am Himmel hell und klar.", "名前を付けてください: 月と星。"];

    public LearnedLines() => Result = new TextGenerationTrainer(new MLContext(3), Options).Train(new TextCorpus(Lines));

    internal static TextGenerationTrainingOptions Options => new()
    {
        VocabularySize = 280, Layers = 2, HiddenSize = 48, Heads = 3, ContextLength = 96, BatchSize = 6, Epochs = 400, LearningRate = 4e-3, Dropout = 0, ValidationShare = 0,
    };

    /// <summary>How the lines begin, cut where tokens are.</summary>
    internal static readonly string[] Beginnings = ["To be,", "Der Mond", "名前"];

    internal TextGenerationResult Result { get; }

    internal TextGenerator Generator => Result.Generator;
}

public sealed class TextGenerationTests(LearnedLines learned) : IClassFixture<LearnedLines>, IDisposable
{
    private static readonly TextGenerationOptions Greedy = new() { Temperature = 0, MaxTokens = 90 };

    private readonly string _folder = Directory.CreateTempSubdirectory("generation").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_learned_by_heart_comes_back()
    {
        foreach (var (line, beginning) in LearnedLines.Lines.Zip(LearnedLines.Beginnings))
        {
            GeneratedText generated = learned.Generator.Generate(beginning, Greedy);
            Assert.Equal(line, beginning + generated.Text);
            Assert.Equal(StopReason.EndToken, generated.StopReason);
            Assert.Equal(learned.Generator.CountTokens(beginning) + 1, generated.PromptTokens);
        }
    }

    [Fact]
    public void Pieces_are_whole_characters_and_make_the_text()
    {
        foreach (var (line, beginning) in LearnedLines.Lines.Zip(LearnedLines.Beginnings))
        {
            string[] pieces = [.. learned.Generator.Stream(beginning, Greedy)];
            Assert.Equal(line, beginning + string.Concat(pieces));
            Assert.All(pieces, piece => Assert.Equal(piece, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(piece))));
            Assert.DoesNotContain(pieces, piece => piece.Contains('\uFFFD', StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Pieces_come_beside_other_work_as_well()
    {
        var text = new StringBuilder();
        await foreach (string piece in learned.Generator.StreamAsync("To be", Greedy)) text.Append(piece);
        Assert.Equal(", or not to be, that is the question.", text.ToString());
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (string _ in learned.Generator.StreamAsync("To be", Greedy, source.Token)) Assert.Fail("It was cancelled.");
        });
    }

    [Fact]
    public void Stop_texts_and_counts_end_it()
    {
        GeneratedText stopped = learned.Generator.Generate("To be", Greedy with { StopTexts = ["xyz", "that "] });
        Assert.Equal((", or not to be, ", StopReason.StopText), (stopped.Text, stopped.StopReason));
        GeneratedText cut = learned.Generator.Generate("To be", Greedy with { MaxTokens = 4 });
        Assert.Equal((4, StopReason.MaxTokens), (cut.Tokens, cut.StopReason));
        Assert.StartsWith(cut.Text, ", or not to be, that is the question.", StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_text()
    {
        TextGenerationOptions hot = new() { Temperature = 3, TopP = 1, MaxTokens = 30, Seed = 4 };
        string first = learned.Generator.Generate("To be", hot).Text;
        Assert.Equal(first, learned.Generator.Generate("To be", hot).Text);
        Assert.NotEqual(first, learned.Generator.Generate("To be", hot with { Seed = 5 }).Text);
        Assert.Equal(first, string.Concat(learned.Generator.Stream("To be", hot)));
    }

    [Fact]
    public void Several_prompts_are_continued_as_each_alone()
    {
        string[] prompts = [.. LearnedLines.Beginnings, "To"];
        Assert.Equal([.. LearnedLines.Lines, LearnedLines.Lines[0]], learned.Generator.Generate(prompts, Greedy).Select((generated, i) => prompts[i] + generated.Text));
    }

    [Fact]
    public void It_goes_on_beyond_what_the_model_sees()
    {
        // The context is 96 tokens; without an end token it would never stop.
        GeneratedText generated = learned.Generator.Generate("To be", new() { Temperature = 2, TopP = 1, MaxTokens = 400, Seed = 2, StopTexts = ["\0"] });
        Assert.True(generated.Tokens == 400 || generated.StopReason != StopReason.MaxTokens);
        Assert.NotEmpty(generated.Text);
    }

    [Fact]
    public void Templates_are_checked_before_the_model_runs()
    {
        var template = PromptTemplate.Parse("{{first}} be{{more}}");
        Assert.Equal(", or not to be, that is the question.", learned.Generator.Generate(template, new Dictionary<string, string> { ["first"] = "To", ["more"] = "" }, Greedy).Text);
        string message = Assert.Throws<MLPipelinesException>(() => learned.Generator.Generate(template, new Dictionary<string, string> { ["first"] = "To", ["more"] = new string('x', 200) }, Greedy)).Message;
        int count = learned.Generator.CountTokens("To be" + new string('x', 200)) + 1;
        Assert.Equal($"The prompt has {count} tokens, {count - 95} too many: the model sees 96 at once, one of which is the first of the answer. Its longest slot 'more' has 200.", message);
        Assert.StartsWith("The template's slot 'more'", Assert.Throws<MLPipelinesException>(() => learned.Generator.Generate(template, new Dictionary<string, string> { ["first"] = "To" }, Greedy)).Message, StringComparison.Ordinal);
        Assert.StartsWith("The prompt has", Assert.Throws<MLPipelinesException>(() => learned.Generator.Stream(new string('x', 200))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_model_generates_the_same()
    {
        string file = Path.Combine(_folder, "m.zip"), folder = Path.Combine(_folder, "gpt2");
        learned.Generator.Save(file);
        learned.Generator.SaveFolder(folder);
        TextGenerationOptions hot = new() { Temperature = 1.5f, MaxTokens = 40, Seed = 9 };
        string expected = learned.Generator.Generate("To", hot).Text;
        Assert.Equal(expected, TextGenerator.Load(file).Generate("To", hot).Text);
        Assert.Equal(expected, TextGenerator.Load(folder).Generate("To", hot).Text);
        byte[] bytes = File.ReadAllBytes(file);
        TextGenerator.Load(file).Save(file);
        Assert.Equal(bytes, File.ReadAllBytes(file));
        Persistence.ModelManifest manifest = new MLContext().Model.Inspect(file);
        Assert.Equal("text-generation", Assert.Single(manifest.Chain).Type);
        Assert.Contains(Path.Combine(_folder, "none"), Assert.Throws<MLPipelinesException>(() => TextGenerator.Load(Directory.CreateDirectory(Path.Combine(_folder, "none")).FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_table_are_continued()
    {
        var context = new MLContext(1);
        IDataView prompts = context.Data.LoadFromEnumerable(LearnedLines.Beginnings.Select(beginning => new Row { Prompt = beginning }));
        IDataView generated = learned.Generator.Model.With(Greedy).Transform(prompts);
        Assert.Equal(LearnedLines.Lines, LearnedLines.Beginnings.Zip(generated.GetColumn<string>("GeneratedText"), string.Concat));
    }

    [Fact]
    public void Training_that_was_broken_off_gives_the_same_weights()
    {
        TextGenerationTrainingOptions few = LearnedLines.Options with { Epochs = 6, Dropout = 0.1, ValidationShare = 0.3, ContextLength = 32 };
        byte[] expected = Weights(few, out TextGenerationResult whole);
        Assert.Equal(6, whole.Passes.Count);
        Assert.True(double.IsFinite(whole.ValidationPerplexity));
        using var source = new CancellationTokenSource();
        TextGenerationTrainingOptions broken = few with { Workspace = _folder, PassEnded = pass => { if (pass.Number == 3) source.Cancel(); } };
        var context = new MLContext(3) { CancellationToken = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => new TextGenerationTrainer(context, broken).Train(new TextCorpus(LearnedLines.Lines)));
        Assert.Equal(expected, Weights(few with { Workspace = _folder }, out TextGenerationResult resumed));
        // The pass that was broken off is made again.
        Assert.Equal([3, 4, 5, 6], resumed.Passes.Select(pass => pass.Number));
        Assert.Equal(whole.ValidationLoss, resumed.ValidationLoss);
    }

    [Fact]
    public void Training_goes_on_from_a_model()
    {
        string file = Path.Combine(_folder, "m.zip");
        learned.Generator.Save(file);
        const string Line = "That is the end, my friend.";
        TextGenerationResult result = new TextGenerationTrainer(new MLContext(1), new() { InitialModel = file, Epochs = 60, LearningRate = 2e-3, ValidationShare = 0, WindowSize = 20 }).Train(new TextCorpus([Line]));
        Assert.Equal(Line[7..], result.Generator.Generate(Line[..7], Greedy).Text);
        Assert.Equal(learned.Generator.VocabularySize, result.Generator.VocabularySize);
    }

    [Fact]
    public void A_limit_of_time_ends_training()
    {
        TextGenerationResult result = new TextGenerationTrainer(new MLContext(1), LearnedLines.Options with { Epochs = null, TimeLimit = TimeSpan.FromSeconds(0.5) }).Train(new TextCorpus(LearnedLines.Lines));
        Assert.InRange(result.Passes.Sum(pass => pass.Seconds), 0.3, 20);
        Assert.NotEmpty(result.Passes);
    }

    [Fact]
    public void Too_little_text_is_refused()
    {
        Assert.Equal("The corpus has no text to learn from.", Assert.Throws<MLPipelinesException>(() => new TextGenerationTrainer(new MLContext(1), new()).Train(new TextCorpus(["", " "]))).Message);
        Assert.Contains("too little to learn from", Assert.Throws<MLPipelinesException>(() => new TextGenerationTrainer(new MLContext(1), new()).Train(new TextCorpus(["ab"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_divided_into_texts()
    {
        string file = Path.Combine(_folder, "t.txt");
        File.WriteAllText(file, "\uFEFFone\r\ntwo\r\n\r\n \r\nthree\r\n");
        Assert.Equal(["one\ntwo", "three"], TextCorpus.Read(file).Texts);
        Assert.Equal(["one", "two", "three"], TextCorpus.Read(file, TextSeparation.Lines).Texts);
        Assert.Equal("one\ntwo\n\n \nthree", Assert.Single(TextCorpus.Read(file, TextSeparation.None).Texts));
    }

    private byte[] Weights(TextGenerationTrainingOptions options, out TextGenerationResult result)
    {
        result = new TextGenerationTrainer(new MLContext(3), options).Train(new TextCorpus(LearnedLines.Lines));
        string folder = Path.Combine(_folder, "weights");
        result.Generator.SaveFolder(folder);
        return File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));
    }

    private sealed class Row
    {
        public string Prompt { get; set; } = "";
    }
}
