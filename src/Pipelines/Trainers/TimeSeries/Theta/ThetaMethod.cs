namespace MLPipelines.TimeSeries;

/// <summary>
/// The Theta method: the mean of a straight line and of an exponentially smoothed line with more curvature than the series, on seasonally adjusted data.
/// </summary>
/// <param name="form">Which lines are combined.</param>
public sealed class ThetaMethod(ThetaForm form = ThetaForm.DynamicOptimized)
    : SeasonallyAdjustedMethod(form == ThetaForm.Standard ? "Theta" : $"{form}Theta", new ThetaLineMethod(form));
