using MLPipelines.Data;
using MLPipelines.TorchSharp.Roberta;

namespace MLPipelines.Neural.Text;

/// <summary>The columns that answers to questions have.</summary>
/// <param name="Answer">The column of answers.</param>
/// <param name="Score">The column of their probabilities.</param>
/// <param name="Count">How many answers there are at most.</param>
/// <param name="MaxTokens">The most tokens of an answer.</param>
internal sealed record AnswerColumns(string Answer, string Score, int Count, int MaxTokens)
{
    private const string Task = "MulticlassClassification";

    internal AnswerColumns(QATrainer.Options options) : this(options.PredictedAnswerColumnName, options.ScoreColumnName, options.TopKAnswers, options.MaxAnswerTokens) { }

    /// <exception cref="ArgumentException">A name is empty, or both are the same.</exception>
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Answer);
        ArgumentException.ThrowIfNullOrEmpty(Score);
        if (Answer == Score) throw new ArgumentException($"The columns of answers and of scores are both called '{Score}'.", nameof(Score));
    }

    internal static DataViewSchema.Annotations ScoreAnnotations => ScoreColumns.Annotations(Task, ScoreColumns.Score);

    internal SchemaShape.Column[] Shape() =>
    [
        new(Answer, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, isKey: false),
        new(Score, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Single, isKey: false, new SchemaShape(
        [
            new SchemaShape.Column(AnnotationKinds.ScoreColumnKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, isKey: false),
            new SchemaShape.Column(AnnotationKinds.ScoreValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, isKey: false),
        ])),
    ];

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("answer-column", Answer);
        writer.Set("score-column", Score);
        writer.Set("answers", Count);
        writer.Set("answer-tokens", MaxTokens);
    }

    internal static AnswerColumns Load(ModelStepReader reader)
    {
        var columns = new AnswerColumns(reader.GetString("answer-column"), reader.GetString("score-column"), reader.GetInt32("answers"), reader.GetInt32("answer-tokens"));
        columns.Check();
        return columns.Count >= 1 && columns.MaxTokens >= 1 ? columns : throw reader.Invalid($"it gives {columns.Count} answers of up to {columns.MaxTokens} tokens");
    }
}
