using MLPipelines.Data;

namespace MLPipelines.Neural.Text;

/// <summary>What transformers have in common that put texts through a network.</summary>
/// <param name="model">The network.</param>
/// <param name="texts">The columns of texts, one or two.</param>
internal sealed class NetworkOverTexts(TextNetworkModel model, IReadOnlyList<string> texts)
{
    internal TextNetworkModel Model => model;

    internal IReadOnlyList<string> Texts => texts;

    /// <summary>Puts the texts of a run of rows through the network.</summary>
    /// <param name="scorer">Who does it.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="columns">The columns of texts.</param>
    /// <param name="target">Takes the scores.</param>
    internal static void Run<TTarget>(TextScorer scorer, Batch batch, int[] columns, TTarget target)
        where TTarget : ITextTarget
    {
        scorer.Table.Clear();
        var first = (TextColumn)batch[columns[0]];
        TextColumn? second = columns.Length > 1 ? (TextColumn)batch[columns[1]] : null;
        target.Start(batch.RowCount);
        for (int row = 0; row < batch.RowCount; row++)
        {
            if (second is null) scorer.Sequence.Build(first[row]);
            else scorer.Sequence.Build(first[row], second[row]);
            target.See(row, scorer.Sequence);
            scorer.Table.Add(scorer.Sequence);
        }
        scorer.Run(target);
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("texts", texts);
        model.Save(writer);
    }

    internal static NetworkOverTexts Load(ModelStepReader reader, HeadKind kind)
    {
        IReadOnlyList<string> texts = reader.GetStrings("texts");
        if (texts.Count is < 1 or > 2) throw reader.Invalid($"it reads {texts.Count} columns of text, expected one or two");
        return new NetworkOverTexts(TextNetworkModel.Load(reader, kind), texts);
    }
}

/// <summary>Takes what texts come to.</summary>
internal interface ITextTarget : IScoreTarget
{
    /// <summary>Is told how many rows there will be.</summary>
    void Start(int rows);

    /// <summary>Sees each sequence before it is scored.</summary>
    void See(int row, SequenceBuilder sequence);
}
