namespace MLPipelines.TimeSeries;

/// <summary>How a slope is carried over a step and joins the level, with the derivatives that a fit needs.</summary>
internal interface IEtsTrend
{
    static abstract double Carry(double slope, double phi);

    static abstract double CarryBySlope(double slope, double phi);

    static abstract double CarryByPhi(double slope, double phi);

    static abstract double Join(double level, double carried);

    static abstract double JoinByLevel(double carried);

    static abstract double JoinByCarried(double level);

    /// <summary>How much an error of the level moves the slope.</summary>
    static abstract double Gain(double level);

    static abstract double GainByLevel(double level);
}

/// <summary>A slope that is added; also none, which is a slope of 0.</summary>
internal readonly struct AdditiveTrend : IEtsTrend
{
    public static double Carry(double slope, double phi) => phi * slope;

    public static double CarryBySlope(double slope, double phi) => phi;

    public static double CarryByPhi(double slope, double phi) => slope;

    public static double Join(double level, double carried) => level + carried;

    public static double JoinByLevel(double carried) => 1;

    public static double JoinByCarried(double level) => 1;

    public static double Gain(double level) => 1;

    public static double GainByLevel(double level) => 0;
}

/// <summary>A rate of growth.</summary>
internal readonly struct MultiplicativeTrend : IEtsTrend
{
    public static double Carry(double slope, double phi) => Math.Pow(slope, phi);

    public static double CarryBySlope(double slope, double phi) => phi * Math.Pow(slope, phi - 1);

    public static double CarryByPhi(double slope, double phi) => Math.Log(slope) * Math.Pow(slope, phi);

    public static double Join(double level, double carried) => level * carried;

    public static double JoinByLevel(double carried) => carried;

    public static double JoinByCarried(double level) => level;

    public static double Gain(double level) => 1 / level;

    public static double GainByLevel(double level) => -1 / (level * level);
}
