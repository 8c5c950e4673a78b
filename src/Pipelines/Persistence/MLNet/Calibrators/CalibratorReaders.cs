using MLPipelines.Calibrators;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Reads what makes probabilities of scores.</summary>
internal delegate ISavedCalibrator CalibratorReading(Component component, Payload payload);

/// <summary>The calibrators that are read.</summary>
internal static class CalibratorReaders
{
    internal static readonly ComponentTable<CalibratorReading> Table = new(
        new ComponentKind<CalibratorReading>("PlattCaliExec", 0x00010001, 0x00010001, Platt));

    internal static ISavedCalibrator Read(Component component) =>
        (Table.Find(component) ?? throw ComponentTables.Unknown(component, "calibrator"))(component, component.OpenPayload());

    /// <summary>Slope and offset.</summary>
    private static PlattCalibrator Platt(Component component, Payload payload)
    {
        double slope = payload.Double(), offset = payload.Double();
        return double.IsFinite(slope) && double.IsFinite(offset) ? new PlattCalibrator(slope, offset) : throw component.Invalid($"its slope is {slope} and its offset {offset}");
    }
}
