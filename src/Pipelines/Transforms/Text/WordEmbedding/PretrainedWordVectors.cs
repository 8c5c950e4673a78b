using PretrainedModelKind = MLPipelines.Transforms.Text.WordEmbeddingEstimator.PretrainedModelKind;

namespace MLPipelines.Transforms.Text;

/// <summary>Finds the files of published word vectors, by the names and in the folders that ML.NET uses. Nothing is downloaded.</summary>
internal static class PretrainedWordVectors
{
    /// <summary>The environment variable that names a folder to look in.</summary>
    internal const string FolderVariable = "MLPIPELINES_RESOURCE_PATH";

    internal static string FileNameOf(PretrainedModelKind kind) => kind switch
    {
        PretrainedModelKind.GloVe50D => "glove.6B.50d.txt",
        PretrainedModelKind.GloVe100D => "glove.6B.100d.txt",
        PretrainedModelKind.GloVe200D => "glove.6B.200d.txt",
        PretrainedModelKind.GloVe300D => "glove.6B.300d.txt",
        PretrainedModelKind.GloVeTwitter25D => "glove.twitter.27B.25d.txt",
        PretrainedModelKind.GloVeTwitter50D => "glove.twitter.27B.50d.txt",
        PretrainedModelKind.GloVeTwitter100D => "glove.twitter.27B.100d.txt",
        PretrainedModelKind.GloVeTwitter200D => "glove.twitter.27B.200d.txt",
        PretrainedModelKind.FastTextWikipedia300D => "wiki.en.vec",
        PretrainedModelKind.SentimentSpecificWordEmbedding => "sentiment.emd",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"Expected one of {string.Join(", ", Enum.GetNames<PretrainedModelKind>())}."),
    };

    /// <exception cref="FileNotFoundException">The file is in none of the folders.</exception>
    internal static string Find(PretrainedModelKind kind) => Find(FileNameOf(kind), kind == PretrainedModelKind.SentimentSpecificWordEmbedding ? Path.Combine("Text", "Sswe") : "WordVectors");

    /// <exception cref="FileNotFoundException">The file is in none of the folders.</exception>
    internal static string Find(string name, string folder = "WordVectors")
    {
        string[] roots = [.. Roots()];
        return roots.SelectMany(root => new[] { Path.Combine(root, folder, name), Path.Combine(root, name) }).SelectMany(path => new[] { path, path + ".gz" }).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"The word vectors are the file {name}, which is not part of the library and is not downloaded. "
                + $"Put it (or {name}.gz) into one of: {string.Join(", ", roots)}; or set the environment variable {FolderVariable} to its folder; "
                + "or give the file of any word vectors as customModelFile.", name);
    }

    private static IEnumerable<string> Roots()
    {
        foreach (string variable in new[] { FolderVariable, "MICROSOFTML_RESOURCE_PATH" })
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } root) yield return root;
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "mlnet-resources");
        yield return AppContext.BaseDirectory;
    }
}
