namespace MLPipelines;

/// <summary>What the columns of predicted classes are called, for trainers that let their users choose.</summary>
internal sealed record ClassColumnNames(string Score = ScoreColumns.Score, string PredictedLabel = ScoreColumns.PredictedLabel)
{
    /// <exception cref="ArgumentException">A name is empty, or both are the same.</exception>
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Score);
        ArgumentException.ThrowIfNullOrEmpty(PredictedLabel);
        if (Score == PredictedLabel) throw new ArgumentException($"The columns of scores and of predicted labels are both called '{Score}'.", nameof(Score));
    }

    /// <summary>Names other than the usual ones are written.</summary>
    internal void Save(ModelStepWriter writer)
    {
        if (Score != ScoreColumns.Score) writer.Set("score-column", Score);
        if (PredictedLabel != ScoreColumns.PredictedLabel) writer.Set("predicted-label-column", PredictedLabel);
    }

    internal static ClassColumnNames Load(ModelStepReader reader)
    {
        var names = new ClassColumnNames(reader.GetStringOrNull("score-column") ?? ScoreColumns.Score, reader.GetStringOrNull("predicted-label-column") ?? ScoreColumns.PredictedLabel);
        names.Check();
        return names;
    }
}
