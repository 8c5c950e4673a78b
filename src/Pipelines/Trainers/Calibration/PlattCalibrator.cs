namespace MLPipelines.Calibrators;

/// <summary>
/// A sigmoid: probability = 1 / (1 + exp(slope · score + offset)). A falling exponent, a slope below 0, makes the probability
/// rise with the score. Logistic regression is calibrated as it is: slope −1, offset 0.
/// </summary>
/// <remarks>Platt, "Probabilistic Outputs for Support Vector Machines" (1999).</remarks>
public sealed class PlattCalibrator : ISavedCalibrator
{
    internal const string StepName = "platt-calibration";

    internal PlattCalibrator(double slope, double offset)
    {
        if (!double.IsFinite(slope) || !double.IsFinite(offset))
            throw new MLPipelinesException($"A calibrator has slope {slope} and offset {offset}, expected finite numbers.");
        (Slope, Offset) = (slope, offset);
    }

    public double Slope { get; }

    public double Offset { get; }

    string ISavedCalibrator.TypeId => StepName;

    public float PredictProbability(float output) => (float)(1 / (1 + Math.Exp(Slope * output + Offset)));

    void ISavedCalibrator.Save(ModelStepWriter writer) => Save(writer);

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("slope", Slope);
        writer.Set("offset", Offset);
    }

    internal static PlattCalibrator Load(ModelStepReader reader) => new(reader.GetDouble("slope"), reader.GetDouble("offset"));
}
