using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;

namespace MLPipelines.Pretraining;

/// <summary>
/// Makes a small classifier of a large one: the student learns the probabilities that the teacher gives to texts without labels (Hinton and others 2015). The more such texts, the nearer it comes.
/// </summary>
/// <param name="context">Its seed, progress and cancellation.</param>
/// <param name="options">How the student learns; the labels' and columns' names in it do not count.</param>
public sealed class ClassifierDistillation(MLContext context, TextClassificationTrainer.TextClassificationOptions options)
{
    private const string Name = "distillation", Score = "Score";

    /// <summary>The student, which reads the teacher's column of text and gives the columns <c>PredictedLabel</c> and <c>Score</c>.</summary>
    /// <param name="teacher">A model that reads one column of text and gives a column <c>Score</c> with the probability of each class.</param>
    /// <param name="inputSchema">What the teacher reads, as loading it tells.</param>
    /// <param name="texts">Texts without labels.</param>
    /// <param name="textColumn">The teacher's column of texts; <see langword="null"/> where it has only one.</param>
    /// <exception cref="MLPipelinesException">The teacher is no such model.</exception>
    public ITransformer Fit(ITransformer teacher, DataViewSchema inputSchema, IReadOnlyList<string> texts, string? textColumn = null)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentNullException.ThrowIfNull(texts);
        TextOptionChecks.Check(options);
        string column = textColumn ?? OnlyText(inputSchema);
        IDataView taught = teacher.Transform(ViewOf(texts, column));
        if (taught.Schema.GetColumnOrNull(Score) is not { Type: VectorDataViewType { Size: > 1 } type } score || type.ItemType.RawType != typeof(float))
            throw new MLPipelinesException("The teacher is not a classifier of several classes: it gives no column 'Score' with one value per class.");
        TrainingEnvironment environment = context.Environment;
        var examples = new TaughtExamples(taught, column, Score, environment.CancellationToken);
        TextNetworkModel model = NetworkFitting.Run(options, environment, Name, HeadKind.Texts, type.Size, examples, validation: null);
        var student = new TextClassificationTransformer(new NetworkOverTexts(model, [column]), KeyValues.Of(score, AnnotationKinds.SlotNames), new ClassColumnNames(Score, "PredictedLabel"));
        if (score.SlotNamesOrNull() is null) return student;
        return new TransformerChain<ITransformer>(student, context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(student.Transform(ViewOf([], column))));
    }

    private static string OnlyText(DataViewSchema schema)
    {
        string[] texts = [.. schema.Where(column => column.Type is TextDataViewType).Select(column => column.Name)];
        return texts.Length == 1 ? texts[0] : throw new MLPipelinesException(texts.Length == 0
            ? "The teacher reads no column of text." : $"The teacher reads several columns of text: {string.Join(", ", texts)}. A student learns from one.");
    }

    private static BlockView ViewOf(IReadOnlyList<string> texts, string name)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(name, TextDataViewType.Instance);
        List<BatchColumn[]> blocks = [];
        foreach (string[] chunk in texts.Chunk(Batch.DefaultRowCount))
        {
            var column = new TextColumn();
            foreach (string text in chunk) column.Append(text);
            blocks.Add([column]);
        }
        return new BlockView(schema.ToSchema(), blocks);
    }
}
