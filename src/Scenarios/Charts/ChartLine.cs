namespace MLPipelines.Scenarios.Charts;

/// <summary>How a line is drawn; each can be told from the others without colours.</summary>
public enum ChartStroke
{
    /// <summary>A full line, for what was observed.</summary>
    Solid,

    /// <summary>A dashed line, for what is forecast.</summary>
    Dashed,

    /// <summary>A thin grey line, for what others are compared with.</summary>
    Thin,
}

/// <summary>Points that are joined in order.</summary>
/// <param name="Name">What the legend calls it; empty for no entry.</param>
/// <param name="X">Times (<see cref="LineChart.Time"/>) or steps, rising.</param>
/// <param name="Y">Values; NaN leaves a gap.</param>
/// <param name="Stroke">How it is drawn.</param>
public sealed record ChartLine(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, ChartStroke Stroke = ChartStroke.Solid);

/// <summary>The area between two lines, such as an interval of a forecast.</summary>
/// <param name="Name">What the legend calls it; empty for no entry.</param>
/// <param name="X">Times or steps, rising.</param>
/// <param name="Lower">The lower bounds; NaN leaves a gap.</param>
/// <param name="Upper">The upper bounds.</param>
public sealed record ChartBand(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);

/// <summary>Points or moments that stand out.</summary>
/// <param name="Name">What the legend calls them; empty for no entry.</param>
/// <param name="X">Times or steps.</param>
/// <param name="Y">Values, to be marked by a circle; <see langword="null"/> for moments such as change points, which are upright lines.</param>
public sealed record ChartMarks(string Name, IReadOnlyList<double> X, IReadOnlyList<double>? Y = null);
