using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.TorchSharp.NasBert;

namespace MLPipelines.TorchSharp.Roberta;

/// <summary>Trains a network that finds the part of a text which answers a question: an encoder over both with one layer over it, from weights or from scratch.</summary>
/// <remarks>
/// <para>Input: three columns of text (the context, a question, and the answer, which is a part of the context) and the character of the context at which the answer begins (<see cref="int"/>).
/// Rows whose answer is beyond the most tokens are left out.</para>
/// <para>Output: <c>Answer</c>, the parts of the context that answer best, and <c>Score</c>, the probability of each among all parts that are not longer than <see cref="Options.MaxAnswerTokens"/>.</para>
/// <para>It minimizes the cross-entropy of the first and the last token (Devlin and others 2019); otherwise it learns as <see cref="TextClassificationTrainer"/> does.</para>
/// </remarks>
public class QATrainer : IEstimator<QATransformer>
{
    private const string Name = "QuestionAnswer";

    private readonly TrainingEnvironment _environment;
    private readonly Options _options;

    internal QATrainer(TrainingEnvironment environment, Options options)
    {
        _environment = environment;
        _options = options.Snapshot<Options>();
        foreach (string column in new[] { options.ContextColumnName, options.QuestionColumnName, options.TrainingAnswerColumnName, options.AnswerIndexStartColumnName })
            ArgumentException.ThrowIfNullOrEmpty(column);
        new AnswerColumns(options).Check();
        TextOptionChecks.Check(_options);
        Neural.Training.OptionRange.AtLeast(options.TopKAnswers, 1, nameof(options.TopKAnswers));
        Neural.Training.OptionRange.AtLeast(options.MaxAnswerTokens, 1, nameof(options.MaxAnswerTokens));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TextColumnsOf.Check(inputSchema, [_options.ContextColumnName, _options.QuestionColumnName, _options.TrainingAnswerColumnName], Name);
        SchemaShape.Column start = inputSchema.Require(_options.AnswerIndexStartColumnName, Name);
        if (start.Kind != SchemaShape.Column.VectorKind.Scalar || start.IsKey || !start.ItemType.Equals(NumberDataViewType.Int32))
            throw TextColumnsOf.Unfit(Name, "answer index", _options.AnswerIndexStartColumnName, start.GetTypeString(), "Int32");
        return inputSchema.With(new AnswerColumns(_options).Shape());
    }

    /// <inheritdoc cref="TextClassificationTrainer.Fit"/>
    public QATransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        AnswerExamples examples = Read(input);
        AnswerExamples? validation = _options.ValidationSet is null ? null : Read(_options.ValidationSet);
        TextNetworkModel model = NetworkFitting.Run(_options, _environment, Name, HeadKind.Spans, 2, examples, validation);
        return new QATransformer(new NetworkOverTexts(model, [_options.QuestionColumnName, _options.ContextColumnName]), new AnswerColumns(_options));
    }

    private AnswerExamples Read(IDataView data)
    {
        GetOutputSchema(SchemaShape.Create(data.Schema));
        _environment.CancellationToken.ThrowIfCancellationRequested();
        return new AnswerExamples(data, _options.QuestionColumnName, _options.ContextColumnName, _options.TrainingAnswerColumnName, _options.AnswerIndexStartColumnName, Name, _environment.CancellationToken);
    }

    /// <summary>The options of <see cref="QATrainer"/>. Of those of <see cref="NasBertTrainer.NasBertOptions"/> the columns of label, prediction and sentences are not used.</summary>
    public sealed class Options : NasBertTrainer.NasBertOptions
    {
        /// <summary>The column of the text that has the answer.</summary>
        public string ContextColumnName = "Context";

        /// <summary>The column of the question.</summary>
        public string QuestionColumnName = "Question";

        /// <summary>The column of the answer to learn from.</summary>
        public string TrainingAnswerColumnName = "TrainingAnswer";

        /// <summary>The column of answers that is added.</summary>
        public string PredictedAnswerColumnName = "Answer";

        /// <summary>The column of the character of the context at which the answer to learn from begins, from 0.</summary>
        public string AnswerIndexStartColumnName = "AnswerStart";

        /// <summary>How many answers a question gets, the best first; fewer where there are not as many parts. At least 1.</summary>
        public int TopKAnswers = 3;

        /// <summary>Has no effect: progress is reported after each pass.</summary>
        public int LogEveryNStep = 50;

        /// <summary>The most tokens of an answer, at least 1.</summary>
        public int MaxAnswerTokens = 64;

        /// <summary>A learning rate of 0.000001 and a weight decay of 0.01, as ML.NET has them for a RoBERTa that was trained for this before; for others a rate of about 0.00003 is usual.</summary>
        public Options()
        {
            TaskType = BertTaskType.QuestionAnswering;
            LearningRate = [.000001];
            WeightDecay = 0.01;
        }
    }
}
