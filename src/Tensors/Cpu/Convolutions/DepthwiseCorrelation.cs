using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>Runs a correlation in which each channel is a group of its own: forward, and the gradients by input and by weights.</summary>
internal unsafe struct DepthwiseCorrelation
{
    private const int BatchPixels = 256;
    private const int MostLineParts = 64;
    private const int MostGradientParts = 8;
    private const long LeastProducts = 1 << 16;

    private Correlation _correlation;
    private float* _source, _weights, _bias, _target, _sums;
    private nint* _offsets;
    private bool _rectified;
    private int _linesPerPart, _rows;

    /// <summary>target = rectified or not (source * weights + bias). <paramref name="weights"/> have the shape (C, 1, KH, KW).</summary>
    internal static void Run(in Correlation correlation, float* source, float* weights, int positions, float* bias, bool rectified, float* target)
    {
        if (correlation.Lines == 0 || correlation.Columns == 0) return;
        using Scratch scratch = Scratch.Open();
        DepthwiseCorrelation run = new() { _correlation = correlation, _source = source, _bias = bias, _target = target, _rectified = rectified, _weights = scratch.Floats((long)correlation.TapCount * correlation.Channels) };
        run._offsets = Offsets(correlation, scratch);
        for (int tap = 0; tap < correlation.TapCount; tap++)
            for (int channel = 0; channel < correlation.Channels; channel++) run._weights[((nint)tap * correlation.Channels) + channel] = weights[((nint)channel * positions) + correlation.Taps[tap].Position];
        Crew.Run(run.Share(MostLineParts), KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &run);
    }

    /// <summary>The gradients by weights and, unless <paramref name="biasGradient"/> is null, by bias.</summary>
    internal static void Gradients(in Correlation correlation, float* source, float* gradient, float* weightGradient, float* biasGradient)
    {
        using Scratch scratch = Scratch.Open();
        // A row of sums for each tap, in whole tiles, and one for the bias of each tile, of which the first counts.
        int tiles = (correlation.TapCount + DepthwiseTiles.Taps - 1) / DepthwiseTiles.Taps, rows = tiles * (DepthwiseTiles.Taps + 1), channels = correlation.Channels;
        DepthwiseCorrelation run = new() { _correlation = correlation, _source = source, _target = gradient, _rows = rows };
        run._offsets = Offsets(correlation, scratch);
        int parts = run.Share(MostGradientParts);
        run._sums = scratch.Floats((long)parts * rows * channels);
        Crew.Run(parts, KernelWidths.Pick(&GradientPart<Lanes1>, &GradientPart<Lanes8>, &GradientPart<Lanes16>), &run);
        nint length = (nint)rows * channels;
        for (int part = 1; part < parts; part++)
            for (nint i = 0; i < length; i++) run._sums[i] += run._sums[(part * length) + i];
        for (int tap = 0; tap < correlation.TapCount; tap++)
            for (int channel = 0; channel < channels; channel++) weightGradient[((nint)channel * correlation.TapCount) + tap] = run._sums[((nint)tap * channels) + channel];
        if (biasGradient != null) new ReadOnlySpan<float>(run._sums + ((nint)tiles * DepthwiseTiles.Taps * channels), channels).CopyTo(new Span<float>(biasGradient, channels));
    }

    private static nint* Offsets(in Correlation correlation, Scratch scratch)
    {
        nint* offsets = scratch.Of<nint>(correlation.TapCount + DepthwiseTiles.Taps);
        for (int tap = 0; tap < correlation.TapCount; tap++) offsets[tap] = correlation.Offset(correlation.Taps[tap]) * sizeof(float);
        for (int i = 0; i < DepthwiseTiles.Taps && correlation.TapCount > 0; i++) offsets[correlation.TapCount + i] = offsets[0];
        return offsets;
    }

    private int Share(int most)
    {
        int lines = Math.Max(1, _correlation.Lines);
        long products = Math.Max(1, _correlation.Products / lines);
        _linesPerPart = (int)Math.Clamp(Math.Max(LeastProducts / products, (lines + most - 1) / most), 1, lines);
        return (lines + _linesPerPart - 1) / _linesPerPart;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref DepthwiseCorrelation run = ref *(DepthwiseCorrelation*)context;
        Correlation correlation = run._correlation;
        int firstLine = part * run._linesPerPart, endLine = Math.Min(correlation.Lines, firstLine + run._linesPerPart);
        using Scratch scratch = Scratch.Open();
        PixelBatch batch = new(&correlation, Math.Min(endLine - firstLine, PixelBatch.LinesFor(correlation, BatchPixels)), scratch);
        for (int line = firstLine; line < endLine; line += batch.Most)
        {
            int pixels = batch.Fill(run._source, run._target, line, Math.Min(endLine, line + batch.Most)), channel = 0;
            for (; channel <= correlation.Channels - L.Count; channel += L.Count) run.Sum<L>(batch, pixels, channel);
            for (; channel < correlation.Channels; channel++) run.Sum<Lanes1>(batch, pixels, channel);
        }
    }

    private readonly void Sum<L>(in PixelBatch batch, int pixels, int channel)
        where L : unmanaged, ILanes<L>
    {
        L bias = _bias == null ? L.Zero : L.Load(_bias + channel);
        for (int pixel = 0; pixel < pixels; pixel += DepthwiseTiles.Pixels)
            DepthwiseTiles.Sum(batch.Sources + pixel, batch.Targets + pixel, channel, _offsets, _correlation.TapCount, _weights + channel, _correlation.Channels, bias, _rectified);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientPart<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref DepthwiseCorrelation run = ref *(DepthwiseCorrelation*)context;
        Correlation correlation = run._correlation;
        int firstLine = part * run._linesPerPart, endLine = Math.Min(correlation.Lines, firstLine + run._linesPerPart);
        float* sums = run._sums + ((nint)part * run._rows * correlation.Channels);
        new Span<float>(sums, run._rows * correlation.Channels).Clear();
        using Scratch scratch = Scratch.Open();
        PixelBatch batch = new(&correlation, Math.Min(endLine - firstLine, PixelBatch.LinesFor(correlation, BatchPixels)), scratch);
        for (int line = firstLine; line < endLine; line += batch.Most)
        {
            int pixels = batch.Fill(run._source, run._target, line, Math.Min(endLine, line + batch.Most)), channel = 0;
            for (; channel <= correlation.Channels - L.Count; channel += L.Count) run.Correlate<L>(batch, pixels, channel, sums);
            for (; channel < correlation.Channels; channel++) run.Correlate<Lanes1>(batch, pixels, channel, sums);
        }
    }

    private readonly void Correlate<L>(in PixelBatch batch, int pixels, int channel, float* sums)
        where L : unmanaged, ILanes<L>
    {
        int channels = _correlation.Channels;
        float* biasSums = sums + ((nint)_rows / (DepthwiseTiles.Taps + 1) * DepthwiseTiles.Taps * channels) + channel;
        for (int tap = 0; tap < _correlation.TapCount; tap += DepthwiseTiles.Taps, biasSums += channels)
            DepthwiseTiles.Correlate<L>(batch.Sources, batch.Targets, pixels, channel, _offsets + tap, sums + ((nint)tap * channels), channels, biasSums);
    }
}
