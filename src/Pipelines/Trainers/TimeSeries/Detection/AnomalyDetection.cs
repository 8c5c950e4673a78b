using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>Everything that a detector is: its columns, its rule, and where it has come to.</summary>
/// <param name="Output">The column that gets the scores.</param>
/// <param name="Input">The column of the series.</param>
/// <param name="Rule">When scores are alerts.</param>
/// <param name="Scores">The last scores.</param>
/// <param name="Expected">What makes a raw score of an observation; without it, an observation is its own score.</param>
internal sealed record AnomalyDetection(string Output, string Input, AnomalyRule Rule, AnomalyScores Scores, SsaExpectation? Expected)
{
    internal AnomalyDetection Copy() => this with { Scores = Scores.Copy(), Expected = Expected?.Copy() };

    internal void Add(float value, Span<double> output, bool isEngine) => Scores.Add(Expected?.Score(value, isEngine) ?? value, output);

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("output", Output);
        writer.Set("input", Input);
        Rule.Save(writer);
        Scores.Save(writer);
        Expected?.Save(writer);
    }

    internal static AnomalyDetection Load(ModelStepReader reader, bool hasExpectation)
    {
        AnomalyRule rule = AnomalyRule.Load(reader);
        return new(reader.GetString("output"), reader.GetString("input"), rule, AnomalyScores.Load(reader, rule), hasExpectation ? SsaExpectation.Load(reader) : null);
    }
}
