using MLPipelines.Calibrators;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Calibration;

// Expected numbers: scikit-learn 1.2.1 and SciPy,
//   i=np.arange(40); s=(3*np.sin(i*1.7)+0.05*i).astype(np.float32); y=(np.sin(i*1.7)+np.cos(i*2.3)>0).astype(int); w=1+i%3.; s[5]=s[4]; s[11]=s[10]
//   sklearn.calibration._sigmoid_calibration(s.astype(float),y,w), and the same objective by scipy.optimize.minimize(gtol=1e-11)
//   IsotonicRegression(y_min=0,y_max=1,out_of_bounds='clip').fit(s,y,sample_weight=w).predict(q)
//   k=np.clip(((s-s.min())/((s.max()-s.min())/np.float32(200))).astype(int),0,199); y[k==j].mean()
public class CalibratorTests
{
    private static readonly MLContext ML = new(seed: 1);
    private static readonly float[] Queries = [-5, -2.5f, -1, 0, .25f, .5f, 1, 2, 2.75f, 3.5f, 9];

    private sealed record Scored(bool Label, float Score, float Weight);

    private static Scored[] Rows(float shift = 0, float scale = 1)
    {
        var rows = Enumerable.Range(0, 40).Select(i =>
            new Scored(Math.Sin(i * 1.7) + Math.Cos(i * 2.3) > 0, (float)(3 * Math.Sin(i * 1.7) + 0.05 * i), 1 + i % 3)).ToArray();
        rows[5] = rows[5] with { Score = rows[4].Score };
        rows[11] = rows[11] with { Score = rows[10].Score };
        return [.. rows.Select(row => row with { Score = shift + scale * row.Score })];
    }

    private static IDataView Data(float shift = 0, float scale = 1) => ML.Data.LoadFromEnumerable(Rows(shift, scale));

    private static float[] Predict(ITransformer calibrator, params float[] scores) =>
        [.. calibrator.Transform(ML.Data.LoadFromEnumerable(scores.Select(score => new { Score = score }))).GetColumn<float>("Probability")];

    [Theory]
    [InlineData(null, -0.73767346, 0.69221919)]
    [InlineData("Weight", -0.76535755, 0.72797344)]
    public void Platts_sigmoid_is_that_of_scikit_learn(string? weight, double slope, double offset)
    {
        PlattCalibrator calibrator = ML.BinaryClassification.Calibrators.Platt(exampleWeightColumnName: weight).Fit(Data()).Model;
        Assert.Equal(slope, calibrator.Slope, tolerance: 1e-8);
        Assert.Equal(offset, calibrator.Offset, tolerance: 1e-8);
    }

    [Fact]
    public void A_weight_is_a_number_of_equal_rows()
    {
        PlattCalibrator once = ML.BinaryClassification.Calibrators.Platt(exampleWeightColumnName: "Weight").Fit(Data()).Model;
        PlattCalibrator repeated = ML.BinaryClassification.Calibrators.Platt()
            .Fit(ML.Data.LoadFromEnumerable(Rows().SelectMany(row => Enumerable.Repeat(row, (int)row.Weight)))).Model;
        Assert.Equal(once.Slope, repeated.Slope, 8);
        Assert.Equal(once.Offset, repeated.Offset, 8);
    }

    [Theory]
    [InlineData(1000, 10_000)]
    [InlineData(-3, 1e-6f)]
    public void The_unit_of_the_score_does_not_matter(float shift, float scale)
    {
        PlattCalibrator usual = ML.BinaryClassification.Calibrators.Platt().Fit(Data()).Model;
        PlattCalibrator scaled = ML.BinaryClassification.Calibrators.Platt().Fit(Data(shift, scale)).Model;
        // As far as single precision keeps the scores apart.
        foreach (float query in Queries) Assert.Equal(usual.PredictProbability(query), scaled.PredictProbability(shift + scale * query), scale < 1 ? 0.05 : 1e-4);
    }

    [Fact]
    public void Classes_that_are_told_apart_are_not_certain()
    {
        var rows = Enumerable.Range(0, 10).Select(i => new Scored(i >= 5, i >= 5 ? 1 : -1, 1));
        float[] probabilities = Predict(ML.BinaryClassification.Calibrators.Platt().Fit(ML.Data.LoadFromEnumerable(rows)), -1, 1);
        // The targets are met: 1 / (5 + 2) and (5 + 1) / (5 + 2).
        Assert.Equal([1 / 7f, 6 / 7f], probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Scores_that_say_nothing_give_the_share_of_positive_rows()
    {
        var rows = Enumerable.Range(0, 8).Select(i => new Scored(i < 2, 3, 1));
        Assert.Equal([0.3f], Predict(ML.BinaryClassification.Calibrators.Platt().Fit(ML.Data.LoadFromEnumerable(rows)), 3), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0.25f], Predict(ML.BinaryClassification.Calibrators.Isotonic().Fit(ML.Data.LoadFromEnumerable(rows)), 3));
        Assert.Equal([0.25f], Predict(ML.BinaryClassification.Calibrators.Naive().Fit(ML.Data.LoadFromEnumerable(rows)), 3));
    }

    [Fact]
    public void A_given_sigmoid_needs_no_label()
    {
        IDataView scores = ML.Data.LoadFromEnumerable([new { Points = -0.09044361f }, new { Points = -9.105377f }]);
        var calibrator = ML.BinaryClassification.Calibrators.Platt(slope: -1f, offset: -0.05f, scoreColumnName: "Points").Fit(scores);
        // As ML.NET's sample Calibrators/FixedPlatt.cs states.
        Assert.Equal([0.4898905f, 0.0001167479f], calibrator.Transform(scores).GetColumn<float>("Probability"), (a, b) => Math.Abs(a / b - 1) < 1e-6);
    }

    [Theory]
    [InlineData(null, new[] { 1e-15, 0.04030143469572067, 0.07692307978868484, 0.4615384638309479, 0.4615384638309479, 0.4615384638309479, 0.4615384638309479, 0.4615384638309479, 1, 1, 1 })]
    [InlineData("Weight", new[] { 1e-15, 0.056134141981601715, 0.1071428582072258, 0.3333333432674408, 0.42105263471603394, 0.42105263471603394, 0.42105263471603394, 0.42105263471603394, 1, 1, 1 })]
    public void The_isotonic_function_is_that_of_scikit_learn(string? weight, double[] expected)
    {
        var calibrator = ML.BinaryClassification.Calibrators.Isotonic(exampleWeightColumnName: weight).Fit(Data());
        Assert.Equal(expected, Predict(calibrator, Queries).Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void The_order_of_rows_of_equal_score_does_not_matter()
    {
        (float, bool)[] rows = [(0, false), (0, true), (1, true), (1, false), (1, false), (1, true), (1, true), (2, true)];
        string[] functions = [.. new[] { rows, [.. rows.Reverse()] }.Select(order =>
        {
            var model = ML.BinaryClassification.Calibrators.Isotonic().Fit(ML.Data.LoadFromEnumerable(order.Select(row => new Scored(row.Item2, row.Item1, 1)))).Model;
            return string.Join(' ', model.Values);
        })];
        // By hand: 1 of 2, 3 of 5, 1 of 1.
        Assert.Equal(["0.5 0.6 1", "0.5 0.6 1"], functions);
    }

    [Fact]
    public void Bins_have_the_share_of_their_positive_rows()
    {
        var calibrator = ML.BinaryClassification.Calibrators.Naive().Fit(Data()).Model;
        Assert.Equal(200, calibrator.BinProbs.Count);
        Assert.Equal([0, 0, 0.5f, 1], new[] { 0, 30, 6, 199 }.Select(bin => calibrator.BinProbs[bin]));
        Assert.Equal(calibrator.BinProbs[0], calibrator.PredictProbability(-100));
        Assert.Equal(calibrator.BinProbs[199], calibrator.PredictProbability(100));
        Assert.Equal(0.5f, calibrator.PredictProbability(Rows()[10].Score));
    }

    [Fact]
    public void A_score_that_is_missing_has_no_probability()
    {
        var catalog = ML.BinaryClassification.Calibrators;
        foreach (ITransformer calibrator in new ITransformer[] { catalog.Platt().Fit(Data()), catalog.Isotonic().Fit(Data()), catalog.Naive().Fit(Data()) })
            Assert.True(float.IsNaN(Predict(calibrator, float.NaN)[0]));
    }

    [Fact]
    public void Rows_that_teach_nothing_are_an_error()
    {
        static string Message(params Scored[] rows) =>
            Assert.Throws<MLPipelinesException>(() => ML.BinaryClassification.Calibrators.Platt(exampleWeightColumnName: "Weight").Fit(ML.Data.LoadFromEnumerable(rows))).Message;
        Assert.Equal("Platt: every row of column 'Label' is positive, expected rows of both classes.", Message(new Scored(true, 1, 1), new Scored(true, 0, 1), new Scored(false, 0, 0)));
        Assert.Contains("row 1, column 'Score': found NaN, expected a finite number", Message(new Scored(true, 1, 1), new Scored(false, float.NaN, 1)), StringComparison.Ordinal);
        Assert.Contains("row 0, column 'Weight': found -1, expected a weight that is not negative", Message(new Scored(true, 1, -1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibrator_fits_onto_a_trainer_in_one_chain()
    {
        int[] rows = [.. Enumerable.Range(0, 60)];
        MemoryView data = new MemoryView().Add("Label", Array.ConvertAll(rows, i => i % 3 == 0)).AddVectors("Features", Array.ConvertAll(rows, i => new float[] { i % 3, i % 5 }));
        var model = ML.BinaryClassification.Trainers.SdcaLogisticRegression().Append(ML.BinaryClassification.Calibrators.Isotonic()).Fit(data);
        Assert.InRange(ML.BinaryClassification.Evaluate(model.Transform(data)).LogLoss, 0, 1e-9);
    }
}
