using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>Questions, texts, and which part of the text answers. Rows whose answer is cut off are left out.</summary>
internal sealed class AnswerExamples : TextExamples
{
    private readonly List<(int Start, int End)> _answers = [];
    private readonly string _name;

    internal AnswerExamples(IDataView data, string question, string context, string answer, string answerStart, string name, CancellationToken cancellation) : base(isPair: true)
    {
        _name = name;
        int contexts = data.Schema[context].Index, answers = data.Schema[answer].Index, starts = data.Schema[answerStart].Index;
        Read(data, [question, context], [answer, answerStart], (batch, first) =>
        {
            for (int row = 0; row < batch.RowCount; row++)
            {
                ReadOnlySpan<char> text = ((TextColumn)batch[contexts])[row], wanted = ((TextColumn)batch[answers])[row];
                int index = ((ValueColumn<int>)batch[starts]).Values[row];
                int start = Find(text, wanted, index);
                if (start < 0)
                    throw new MLPipelinesException($"{name}: row {first + row}: column '{context}' does not have the answer of column '{answer}', \"{wanted}\", at the character of column '{answerStart}', {index.ToString(CultureInfo.InvariantCulture)}.");
                _answers.Add((start, start + wanted.Length));
            }
            return Enumerable.Range(0, batch.RowCount);
        }, cancellation);
        if (Count == 0) throw new MLPipelinesException($"{name}: there is nothing to learn from: the data has no row with an answer in column '{answer}'.");
    }

    private protected override IEnumerable<int> Targets => _answers.SelectMany(answer => new[] { answer.Start, answer.End });

    internal override TextTask CreateTask(HeadedEncoder network, Tokenizer tokenizer, int maxTokens)
    {
        List<(int, int)> spans = [];
        TokenTable table = Sequences(tokenizer, maxTokens, (row, sequence) =>
        {
            (int start, int count) = sequence.Second.GetOffsetAndLength(sequence.Ids.Length);
            int first = -1, last = -1;
            for (int token = start; token < start + count; token++)
            {
                if (first < 0 && sequence.Ends[token] > _answers[row].Start) first = token;
                if (sequence.Starts[token] < _answers[row].End) last = token;
            }
            bool isWhole = first >= 0 && last >= first && sequence.Ends[last] >= _answers[row].End;
            if (isWhole) spans.Add((first, last));
            return isWhole;
        });
        if (spans.Count == 0) throw new MLPipelinesException($"{_name}: there is nothing to learn from: no answer is within the first {maxTokens} tokens of question and context.");
        return new SpanTask(network, tokenizer, table, spans);
    }

    /// <summary>Where the answer is, in UTF-16 units; those who count characters beyond the basic plane once, as data sets do that were made with Python, are understood.</summary>
    private static int Find(ReadOnlySpan<char> text, ReadOnlySpan<char> answer, int index)
    {
        if (answer.IsEmpty || index < 0) return -1;
        if (index <= text.Length && text[index..].StartsWith(answer, StringComparison.Ordinal)) return index;
        int at = 0;
        for (int characters = 0; characters < index && at < text.Length; characters++) at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
        return text[at..].StartsWith(answer, StringComparison.Ordinal) ? at : -1;
    }
}
