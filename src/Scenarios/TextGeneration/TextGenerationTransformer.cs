using MLPipelines.Data;
using MLPipelines.Neural.Transformers;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>Continues the texts of a column: <c>Prompt</c> to <c>GeneratedText</c>. Every row is drawn with the same seed, so that it does not matter which rows are beside it.</summary>
public sealed class TextGenerationTransformer : RowToRowTransformer, ILanguageModelSource
{
    /// <summary>The column that is read.</summary>
    public const string PromptColumn = "Prompt";

    /// <summary>The column that is added.</summary>
    public const string GeneratedTextColumn = "GeneratedText";

    internal const string StepName = "text-generation";

    // Rows take long, and those that wait for others need not.
    private const int RowsAtOnce = 16;

    internal TextGenerationTransformer(LanguageModel model, TextGenerationOptions options) => (LanguageModel, Options) = (model, options with { Seed = options.Seed ?? 1 });

    public override string TypeId => StepName;

    /// <summary>How texts are continued.</summary>
    public TextGenerationOptions Options { get; }

    internal LanguageModel LanguageModel { get; }

    LanguageModel ILanguageModelSource.LanguageModel => LanguageModel;

    internal static DataViewSchema InputSchema
    {
        get
        {
            var builder = new DataViewSchema.Builder();
            builder.AddColumn(PromptColumn, TextDataViewType.Instance);
            return builder.ToSchema();
        }
    }

    /// <summary>The same model, and another way to continue texts.</summary>
    public TextGenerationTransformer With(TextGenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return new TextGenerationTransformer(LanguageModel, options);
    }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input) =>
        [new OutputColumn(GeneratedTextColumn, TextDataViewType.Instance, null, [Require(input, PromptColumn, TextDataViewType.Instance).Index], CreateKernel(Require(input, PromptColumn).Index)) { RowsAtOnce = RowsAtOnce }];

    public override void Save(ModelStepWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        LanguageModel.Save(writer);
        writer.Set("max-tokens", Options.MaxTokens);
        writer.Set("temperature", Options.Temperature);
        writer.Set("top-k", Options.TopK ?? 0);
        writer.Set("top-p", Options.TopP);
        writer.Set("repetition-penalty", Options.RepetitionPenalty);
        writer.Set("stop-texts", Options.StopTexts);
        writer.Set("seed", Options.Seed ?? 1);
        writer.Set("prompt-begins-text", Options.PromptBeginsText);
    }

    internal static TextGenerationTransformer Load(ModelStepReader reader)
    {
        var options = new TextGenerationOptions
        {
            MaxTokens = reader.GetInt32("max-tokens"),
            Temperature = (float)reader.GetDouble("temperature"),
            TopK = reader.GetInt32("top-k") is var most and > 0 ? most : null,
            TopP = (float)reader.GetDouble("top-p"),
            RepetitionPenalty = (float)reader.GetDouble("repetition-penalty"),
            StopTexts = reader.GetStrings("stop-texts"),
            Seed = reader.GetInt32("seed"),
            PromptBeginsText = reader.GetBoolean("prompt-begins-text"),
        };
        options.Check();
        return new TextGenerationTransformer(LanguageModel.Load(reader), options);
    }

    private Func<ColumnKernel> CreateKernel(int source) => () =>
    {
        var generator = new TextGenerator(this);
        var texts = new TextColumn();
        return batch =>
        {
            var prompts = (TextColumn)batch[source];
            texts.Clear();
            for (int row = 0; row < batch.RowCount; row++) texts.Append(generator.Generate(prompts[row].ToString(), Options).Text);
            return texts;
        };
    };
}
