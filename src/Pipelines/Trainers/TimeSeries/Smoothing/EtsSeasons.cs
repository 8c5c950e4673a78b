namespace MLPipelines.TimeSeries;

/// <summary>How a season joins the expected level, and what a value says of level and season, with the derivatives that a fit needs.</summary>
internal interface IEtsSeason
{
    static abstract double Join(double level, double season);

    static abstract double JoinByLevel(double season);

    static abstract double JoinBySeason(double level);

    /// <summary>The error of the level; its derivative by the level is -1.</summary>
    static abstract double LevelError(double value, double level, double season);

    static abstract double LevelErrorBySeason(double value, double season);

    static abstract double SeasonError(double value, double level, double season);

    static abstract double SeasonErrorByLevel(double value, double level);

    /// <summary>-1, or 0 where there is no season.</summary>
    static abstract double SeasonErrorBySeason { get; }
}

internal readonly struct NoSeason : IEtsSeason
{
    public static double Join(double level, double season) => level;

    public static double JoinByLevel(double season) => 1;

    public static double JoinBySeason(double level) => 0;

    public static double LevelError(double value, double level, double season) => value - level;

    public static double LevelErrorBySeason(double value, double season) => 0;

    public static double SeasonError(double value, double level, double season) => 0;

    public static double SeasonErrorByLevel(double value, double level) => 0;

    public static double SeasonErrorBySeason => 0;
}

internal readonly struct AdditiveSeason : IEtsSeason
{
    public static double Join(double level, double season) => level + season;

    public static double JoinByLevel(double season) => 1;

    public static double JoinBySeason(double level) => 1;

    public static double LevelError(double value, double level, double season) => value - level - season;

    public static double LevelErrorBySeason(double value, double season) => -1;

    public static double SeasonError(double value, double level, double season) => value - level - season;

    public static double SeasonErrorByLevel(double value, double level) => -1;

    public static double SeasonErrorBySeason => -1;
}

internal readonly struct MultiplicativeSeason : IEtsSeason
{
    public static double Join(double level, double season) => level * season;

    public static double JoinByLevel(double season) => season;

    public static double JoinBySeason(double level) => level;

    public static double LevelError(double value, double level, double season) => (value / season) - level;

    public static double LevelErrorBySeason(double value, double season) => -value / (season * season);

    public static double SeasonError(double value, double level, double season) => (value / level) - season;

    public static double SeasonErrorByLevel(double value, double level) => -value / (level * level);

    public static double SeasonErrorBySeason => -1;
}
