namespace MLPipelines;

/// <summary>Finds what a mistyped name may have meant.</summary>
internal static class NearNames
{
    /// <summary>" Did you mean 'x'?", or nothing when no name is near.</summary>
    internal static string Hint(string given, IEnumerable<string> names)
    {
        string? nearest = null;
        int best = int.MaxValue;
        foreach (string name in names)
        {
            int distance = Distance(given.ToUpperInvariant(), name.ToUpperInvariant());
            bool contains = given.Length > 2 && (name.Contains(given, StringComparison.OrdinalIgnoreCase) || given.Contains(name, StringComparison.OrdinalIgnoreCase));
            if (distance > Math.Max(2, given.Length / 3) && !contains) continue;
            if (distance < best) (best, nearest) = (distance, name);
        }
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    /// <summary>The edits that make one text of the other: letters added, left out, changed, or swapped with the next.</summary>
    internal static int Distance(string a, string b)
    {
        int[,] edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) edits[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) edits[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int least = Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) least = Math.Min(least, edits[i - 2, j - 2] + 1);
                edits[i, j] = least;
            }
        }
        return edits[a.Length, b.Length];
    }
}
