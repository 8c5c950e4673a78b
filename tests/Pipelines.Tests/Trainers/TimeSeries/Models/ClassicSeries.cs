using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

/// <summary>Series that everybody knows.</summary>
internal static class ClassicSeries
{
    /// <summary>Airline passengers by month, 1949 to 1960, in thousands (Box &amp; Jenkins).</summary>
    internal static readonly double[] Airline =
    [
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
        145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
        196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
        242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
        315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
        360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
    ];

    /// <summary>Water used in Baltimore by year, 1885 to 1963, in litres per head and day.</summary>
    internal static readonly double[] Water =
    [
        356, 386, 397, 397, 413, 458, 485, 344, 390, 360, 420, 435, 439, 454, 462, 454, 469, 500, 492, 473, 458, 469, 481, 488,
        466, 462, 473, 530, 662, 651, 587, 515, 526, 503, 503, 503, 515, 522, 492, 503, 503, 450, 432, 432, 458, 462, 503, 488,
        466, 492, 503, 515, 500, 522, 575, 583, 587, 628, 640, 609, 606, 632, 617, 613, 598, 575, 564, 549, 538, 568, 575, 579,
        587, 602, 594, 587, 587, 625, 613,
    ];

    internal static readonly TrainingEnvironment Training = new(1);

    internal static Series Monthly(double[] values) => new("series", values, 12);

    internal static Series Plain(double[] values) => new("series", values);

    internal static double[] Forecast(SeriesModel model, int horizon)
    {
        double[] mean = new double[horizon];
        model.Forecast(model.State, mean, []);
        return mean;
    }

    internal static double[] Deviations(SeriesModel model, int horizon)
    {
        double[] mean = new double[horizon], deviations = new double[horizon];
        model.Forecast(model.State, mean, deviations);
        return deviations;
    }

    /// <summary>A line with a wave.</summary>
    internal static double[] Wave(int length, int season, double level, double slope, double height) =>
        [.. Enumerable.Range(0, length).Select(i => level + (slope * i) + (height * Math.Sin(2 * Math.PI * i / season)))];
}
