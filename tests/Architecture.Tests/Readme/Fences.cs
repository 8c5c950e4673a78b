namespace MLPipelines.Architecture.Tests;

/// <summary>The fenced blocks of a Markdown file.</summary>
internal static class Fences
{
    /// <summary>The text of each block of a language, in order.</summary>
    internal static IReadOnlyList<string> Of(string file, string language)
    {
        List<string> blocks = [];
        List<string>? open = null;
        bool wanted = false;
        foreach (string line in Repository.Read(file).ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal)) open?.Add(line);
            else if (open is null) (open, wanted) = ([], line[3..].Trim() == language);
            else
            {
                if (wanted) blocks.Add(string.Join('\n', open));
                open = null;
            }
        }
        Assert.True(open is null, $"{file}: a fence is not closed.");
        return blocks;
    }
}
