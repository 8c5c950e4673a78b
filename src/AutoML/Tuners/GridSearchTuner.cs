using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// All points of a grid, the last coordinate first: every value of a choice, and <paramref name="stepSize"/> points from end
/// to end of a range. After the last it starts again.
/// </summary>
internal sealed class GridSearchTuner(SearchSpace.SearchSpace searchSpace, int stepSize = 10) : ITuner
{
    private readonly TrialRandom _numbers = new(0);

    public Parameter Propose(TrialSettings settings)
    {
        long rest = _numbers.Number(settings);
        int?[] steps = searchSpace.Step;
        var point = new double[steps.Length];
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            int count = steps[i] ?? stepSize;
            (rest, long place) = Math.DivRem(rest, count);
            point[i] = steps[i] is null ? count == 1 ? 0 : (double)place / (count - 1) : (double)place / count;
        }
        return searchSpace.SampleFromFeatureSpace(point);
    }

    public void Update(TrialResult result) { }
}
