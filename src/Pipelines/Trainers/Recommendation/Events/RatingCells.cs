using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Recommendation;

/// <summary>Reads ratings: numbers, or text with numbers.</summary>
internal static class RatingCells
{
    internal static bool AreRatings(DataViewType type) => type is TextDataViewType || type.RawType == typeof(float) || type.RawType == typeof(double) || type.RawType == typeof(int) || type.RawType == typeof(long);

    /// <summary>The rating of a row, NaN where there is none; <see langword="false"/> for what is no finite number.</summary>
    internal static bool TryRead(BatchColumn column, int row, char decimalMark, out float rating)
    {
        rating = float.NaN;
        if (column is TextColumn texts)
        {
            ReadOnlySpan<char> text = texts[row].Trim();
            if (text.IsEmpty) return true;
            // A comma between thousands is not understood: 1,5 must not become 15.
            bool isNumber = decimalMark == '.' ? float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out rating)
                : !text.Contains('.') && float.TryParse(text.ToString().Replace(decimalMark, '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out rating);
            return isNumber && float.IsFinite(rating);
        }
        rating = column switch
        {
            ValueColumn<float> singles => singles.Values[row],
            ValueColumn<double> doubles => (float)doubles.Values[row],
            ValueColumn<int> whole => whole.Values[row],
            ValueColumn<long> whole => whole.Values[row],
            _ => throw new InvalidOperationException($"A {column.GetType().Name} holds no ratings."),
        };
        return !float.IsInfinity(rating);
    }

    /// <summary>What a row holds, for messages.</summary>
    internal static string Found(BatchColumn column, int row) =>
        column is TextColumn texts ? texts[row].ToString() : TryRead(column, row, '.', out float rating) || float.IsInfinity(rating) ? rating.ToString(CultureInfo.InvariantCulture) : "";
}
