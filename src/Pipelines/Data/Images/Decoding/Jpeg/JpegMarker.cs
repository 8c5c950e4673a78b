namespace MLPipelines.Data;

/// <summary>The second bytes of markers, each after a byte 0xFF (ITU-T T.81, table B.1).</summary>
internal static class JpegMarker
{
    internal const byte
        BaselineFrame = 0xC0, ExtendedFrame = 0xC1, ProgressiveFrame = 0xC2, LosslessFrame = 0xC3, HuffmanTables = 0xC4,
        FirstArithmeticFrame = 0xC9, LastFrame = 0xCF, Extension = 0xC8, ArithmeticConditioning = 0xCC,
        FirstRestart = 0xD0, LastRestart = 0xD7, StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA,
        Quantizers = 0xDB, NumberOfLines = 0xDC, RestartInterval = 0xDD,
        FirstApplication = 0xE0, Exif = 0xE1, Adobe = 0xEE, Comment = 0xFE, Temporary = 0x01;

    /// <summary>Whether a marker is two bytes and nothing more; all others start a segment with a length.</summary>
    internal static bool StandsAlone(byte marker) => marker is >= FirstRestart and <= StartOfImage or Temporary;

    /// <summary>Whether a segment says how the picture is coded.</summary>
    internal static bool IsFrame(byte marker) =>
        marker is >= BaselineFrame and <= LastFrame and not (HuffmanTables or Extension or ArithmeticConditioning);

    /// <summary>The name that the standard gives a marker.</summary>
    internal static string Name(byte marker) => marker switch
    {
        HuffmanTables => "DHT",
        ArithmeticConditioning => "DAC",
        Extension => "JPG",
        >= BaselineFrame and <= LastFrame => $"SOF{marker - BaselineFrame}",
        >= FirstRestart and <= LastRestart => $"RST{marker - FirstRestart}",
        StartOfImage => "SOI",
        EndOfImage => "EOI",
        StartOfScan => "SOS",
        Quantizers => "DQT",
        NumberOfLines => "DNL",
        RestartInterval => "DRI",
        >= FirstApplication and <= 0xEF => $"APP{marker - FirstApplication}",
        Comment => "COM",
        _ => $"marker FF{marker:X2}",
    };
}
