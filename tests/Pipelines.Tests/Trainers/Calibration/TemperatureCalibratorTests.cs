using MLPipelines.Calibrators;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Calibration;

// Expected numbers: SciPy,
//   n=30; i=np.arange(n)[:,None]; c=np.arange(3)[None,:]; m=(2.5*np.cos(i*0.9+c*2.1)).astype(np.float32).astype(float); y=np.argmax(m+2*np.sin(i*3.3+c*1.1),axis=1)
//   def loss(b): z=m*b; lse=np.log(np.exp(z).sum(1)); d=1/(n+2); own=z[np.arange(n),y]; o=z.copy(); o[np.arange(n),y]=-np.inf; return (lse-(1-d)*own-d*o.max(1)).mean()
//   minimize_scalar(lambda l: loss(np.exp(l)), bounds=(np.log(.01),np.log(100)), method='bounded', options=dict(xatol=1e-10))
public class TemperatureCalibratorTests
{
    private const float Expected = 1.154002471377654f;
    private static readonly MLContext ML = new(seed: 1);

    private static (float[][] Margins, uint[] Labels) Rows()
    {
        float[][] margins = [.. Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, 3).Select(c => (float)(2.5 * Math.Cos(i * 0.9 + c * 2.1))).ToArray())];
        return (margins, [.. margins.Select((row, i) => (uint)row.Select((margin, c) => (margin + 2 * Math.Sin(i * 3.3 + c * 1.1), c)).Max().c + 1)]);
    }

    private static MemoryView Data(Func<float[], float[]>? scores = null)
    {
        var (margins, labels) = Rows();
        return new MemoryView().AddKeys("Label", labels, "a", "b", "c").AddVectors("Score", Array.ConvertAll(margins, row => scores?.Invoke(row) ?? row), ["a", "b", "c"]);
    }

    private static float[] Softmax(float[] row)
    {
        double sum = row.Sum(value => Math.Exp(value));
        return Array.ConvertAll(row, value => (float)(Math.Exp(value) / sum));
    }

    [Fact]
    public void The_temperature_has_the_smallest_log_loss()
    {
        MemoryView data = Data();
        TemperatureCalibrationTransformer model = ML.MulticlassClassification.Calibrators.Temperature().Fit(data);
        Assert.InRange(model.Temperature / Expected, 0.995f, 1.005f);
        float[][] expected = [[0.92763984f, 0.03560853f, 0.03675163f], [0.61714582f, 0.01879842f, 0.36405576f]];
        for (int row = 0; row < 2; row++)
            Assert.Equal(expected[row], ViewContents.Vectors<float>(model.Transform(data), "Probability")[row], (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void Probabilities_are_calibrated_as_their_margins_are()
    {
        MemoryView margins = Data(), probabilities = Data(Softmax);
        TemperatureCalibrationTransformer ofMargins = ML.MulticlassClassification.Calibrators.Temperature().Fit(margins);
        TemperatureCalibrationTransformer ofProbabilities = ML.MulticlassClassification.Calibrators.Temperature().Fit(probabilities);
        Assert.Equal(ofMargins.Temperature, ofProbabilities.Temperature, 1e-4f);
        float[][] expected = ViewContents.Vectors<float>(ofMargins.Transform(margins), "Probability"), actual = ViewContents.Vectors<float>(ofProbabilities.Transform(probabilities), "Probability");
        for (int row = 0; row < expected.Length; row++) Assert.Equal(expected[row], actual[row], (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void The_probabilities_can_be_evaluated_and_lose_less()
    {
        MemoryView probabilities = Data(row => Softmax(Array.ConvertAll(row, margin => 4 * margin)));
        IDataView calibrated = ML.MulticlassClassification.Calibrators.Temperature().Fit(probabilities).Transform(probabilities);
        var before = ML.MulticlassClassification.Evaluate(calibrated);
        var after = ML.MulticlassClassification.Evaluate(calibrated, scoreColumnName: "Probability");
        Assert.Equal(before.MicroAccuracy, after.MicroAccuracy);
        Assert.True(after.LogLoss < before.LogLoss / 2, $"{after.LogLoss} is not less than half of {before.LogLoss}.");
        Assert.Equal(["a", "b", "c"], after.ConfusionMatrix.ClassNames);
    }

    [Fact]
    public void A_label_without_a_score_is_an_error()
    {
        var data = new MemoryView().AddKeys("Label", [1, 3], "a", "b", "c").AddVectors("Score", [[1f, 0], [0f, 1]]);
        Assert.Equal("Temperature: row 1, column 'Label': found class 3, expected one of the 2 classes that have scores.",
            Assert.Throws<MLPipelinesException>(() => ML.MulticlassClassification.Calibrators.Temperature().Fit(data)).Message);
    }
}
