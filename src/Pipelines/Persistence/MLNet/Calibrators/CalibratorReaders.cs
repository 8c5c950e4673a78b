using MLPipelines.Calibrators;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Reads what makes probabilities of scores.</summary>
internal delegate ISavedCalibrator CalibratorReading(Component component, Payload payload);

/// <summary>The calibrators that are read.</summary>
internal static class CalibratorReaders
{
    internal static readonly ComponentTable<CalibratorReading> Table = new(
        new("PlattCaliExec", 0x00010001, 0x00010001, Platt),
        new("NaiveCaliExec", 0x00010001, 0x00010001, Naive),
        new("PAVCaliExec", 0x00010001, 0x00010001, Isotonic));

    internal static ISavedCalibrator Read(Component component) =>
        (Table.Find(component) ?? throw ComponentTables.Unknown(component, "calibrator"))(component, component.OpenPayload());

    /// <summary>Slope and offset.</summary>
    private static PlattCalibrator Platt(Component component, Payload payload)
    {
        double slope = payload.Double(), offset = payload.Double();
        return double.IsFinite(slope) && double.IsFinite(offset) ? new PlattCalibrator(slope, offset) : throw component.Invalid($"its slope is {slope} and its offset {offset}");
    }

    /// <summary>The size of a number, the width of a bin, where the first begins; the probabilities of bins after their number.</summary>
    private static NaiveCalibrator Naive(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        float width = payload.Single(), min = payload.Single();
        float[] shares = payload.Array<float>();
        if (!(width > 0 && float.IsFinite(width))) throw component.Invalid($"its bins have the width {width}");
        return Checked(component, () => new NaiveCalibrator(min, width, shares));
    }

    /// <summary>The size of a number; how many intervals, and of each its least score, its largest, and its probability.</summary>
    private static IsotonicCalibrator Isotonic(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        const int parts = 3;
        float[] all = payload.Array<float>(parts * payload.Count(parts * sizeof(float), least: 1));
        float[] Part(int part) => [.. all.Where((_, i) => i % parts == part)];
        return Checked(component, () => new IsotonicCalibrator(Part(0), Part(1), Part(2)));
    }

    private static T Checked<T>(Component component, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (MLPipelinesException e)
        {
            throw component.Invalid(e.Message.TrimEnd('.'), e);
        }
    }
}
