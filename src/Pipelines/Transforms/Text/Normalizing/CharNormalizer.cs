using System.Runtime.CompilerServices;
using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Case, diacritics, punctuation and numbers, character by character, as one table look-up each. One instance per combination
/// of settings, shared.
/// </summary>
internal sealed class CharNormalizer
{
    // Not a character in Unicode; as an entry of the table it stands for "leave out".
    private const char Removed = '\uFFFF';

    private static readonly ConcurrentDictionary<NormalizerSettings, CharNormalizer> Shared = new();

    private readonly char[] _map = new char[char.MaxValue + 1];
    private readonly bool _asciiIsLowered;
    private readonly bool _asciiIsKept;

    private CharNormalizer(NormalizerSettings settings)
    {
        var (caseMode, keepDiacritics, keepPunctuations, keepNumbers) = settings;
        for (int i = 0; i < _map.Length; i++)
        {
            char c = (char)i;
            bool removed = (!keepPunctuations && char.IsPunctuation(c)) || (!keepNumbers && char.IsNumber(c))
                || (!keepDiacritics && DiacriticalMarks.IsMark(c));
            char bare = keepDiacritics ? c : DiacriticalMarks.Strip(c);
            _map[i] = removed ? Removed : caseMode switch
            {
                TextNormalizingEstimator.CaseMode.Lower => char.ToLowerInvariant(bare),
                TextNormalizingEstimator.CaseMode.Upper => char.ToUpperInvariant(bare),
                _ => bare,
            };
        }
        _asciiIsLowered = keepPunctuations && keepNumbers && caseMode == TextNormalizingEstimator.CaseMode.Lower;
        _asciiIsKept = keepPunctuations && keepNumbers && caseMode == TextNormalizingEstimator.CaseMode.None;
        ChangesNothing = settings == NormalizerSettings.Nothing;
    }

    internal static CharNormalizer For(NormalizerSettings settings)
    {
        if (!Enum.IsDefined(settings.CaseMode))
            throw new ArgumentOutOfRangeException(nameof(settings), settings.CaseMode, "The case mode is Lower, Upper or None.");
        return Shared.GetOrAdd(settings, static key => new CharNormalizer(key));
    }

    internal bool ChangesNothing { get; }

    /// <summary>Writes the normalized text, which is never longer than the text, and returns its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Normalize(ReadOnlySpan<char> text, Span<char> destination)
    {
        if (_asciiIsLowered && Ascii.ToLower(text, destination, out int written) == OperationStatus.Done) return written;
        if (ChangesNothing || (_asciiIsKept && Ascii.IsValid(text)))
        {
            text.CopyTo(destination);
            return text.Length;
        }
        int length = 0;
        foreach (char c in text)
        {
            char mapped = _map[c];
            if (mapped != Removed || c == Removed) destination[length++] = mapped;
        }
        return length;
    }
}
