using System.Runtime.InteropServices;

namespace MLPipelines.Data;

/// <summary>One plane of a picture: what its frame says of it, its tables in the current scan, and its samples.</summary>
internal sealed unsafe class JpegComponent(int id, int across, int down, int quantizer)
{
    /// <summary>The number by which scans name it.</summary>
    internal int Id { get; } = id;

    /// <summary>Blocks from left to right in an interleaved unit: how densely the plane is sampled.</summary>
    internal int Across { get; } = across;

    /// <summary>Blocks from top to bottom in an interleaved unit.</summary>
    internal int Down { get; } = down;

    /// <summary>The number of its table of quantizers.</summary>
    internal int Quantizer { get; } = quantizer;

    /// <summary>Samples from left to right that belong to the picture.</summary>
    internal int Width { get; private set; }

    /// <summary>Samples from top to bottom that belong to the picture.</summary>
    internal int Height { get; private set; }

    /// <summary>Blocks from left to right that hold a sample of the picture.</summary>
    internal int BlocksAcross => (Width + 7) / 8;

    /// <summary>Blocks from top to bottom that hold a sample of the picture.</summary>
    internal int BlocksDown => (Height + 7) / 8;

    /// <summary>Blocks from left to right, whole interleaved units.</summary>
    internal int PaddedAcross { get; private set; }

    /// <summary>Blocks from top to bottom, whole interleaved units.</summary>
    internal int PaddedDown { get; private set; }

    /// <summary>Bytes from one row of samples to the next.</summary>
    internal int Stride => PaddedAcross * 8;

    /// <summary>The rows of samples, 8 bits each.</summary>
    internal byte* Samples { get; private set; }

    /// <summary>The coefficients of all blocks, 64 each row by row, where several scans refine them; otherwise absent.</summary>
    internal short* Coefficients { get; private set; }

    /// <summary>The 64 quantizers, row by row: those in force at the component's first scan.</summary>
    internal int* Quantizers { get; private set; }

    /// <summary>Whether a scan has had the component.</summary>
    internal bool IsScanned { get; private set; }

    /// <summary>The table for direct coefficients in the current scan.</summary>
    internal JpegHuffmanTable Direct { get; set; } = null!;

    /// <summary>The table for alternating coefficients in the current scan.</summary>
    internal JpegHuffmanTable Alternating { get; set; } = null!;

    /// <summary>The direct coefficient of the block before, from which the next one is coded as a difference.</summary>
    internal int LastDirect;

    internal void Measure(JpegFrame frame)
    {
        Width = (frame.Width * Across + frame.Across - 1) / frame.Across;
        Height = (frame.Height * Down + frame.Down - 1) / frame.Down;
        (PaddedAcross, PaddedDown) = (frame.UnitsAcross * Across, frame.UnitsDown * Down);
    }

    /// <summary>The working memory that <see cref="Place"/> takes.</summary>
    internal long Bytes(bool refined) =>
        JpegArena.Size(SampleCount) + JpegArena.Size(64 * sizeof(int)) + (refined ? JpegArena.Size(SampleCount * sizeof(short)) : 0);

    internal void Place(JpegArena arena, bool refined)
    {
        Samples = arena.Take(SampleCount);
        Quantizers = (int*)arena.Take(64 * sizeof(int));
        if (!refined) return;
        Coefficients = (short*)arena.Take(SampleCount * sizeof(short));
        NativeMemory.Clear(Coefficients, (nuint)(SampleCount * sizeof(short)));
    }

    /// <summary>The coefficients of one block.</summary>
    internal short* Block(int row, int column) => Coefficients + ((nint)row * PaddedAcross + column) * 64;

    /// <summary>Keeps the quantizers of the first scan; later tables of the same number do not change it.</summary>
    internal void StartScan(ReadOnlySpan<int> quantizers)
    {
        if (!IsScanned) quantizers.CopyTo(new Span<int>(Quantizers, 64));
        IsScanned = true;
    }

    private long SampleCount => (long)PaddedAcross * PaddedDown * 64;
}
