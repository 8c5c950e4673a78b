using System.Globalization;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Tests.Text;

/// <summary>Sentences with rules that can be learned: what a subject does follows from it, and its object from both.</summary>
internal static class SmallTexts
{
    private static readonly string[] Subjects = ["cat", "dog", "bird", "fish"], Verbs = ["chases", "barks at", "sings to", "swims by"], Objects = ["mice", "cars", "flowers", "stones"], Times = ["today", "now", "often", "again", "here", "there"];

    internal static string[] Sentences { get; } =
    [
        .. from i in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 3) from time in Times
           select string.Create(CultureInfo.InvariantCulture, $"the {Subjects[i]} {Verbs[i]} the {(j == 0 ? "big" : j == 1 ? "small" : "old")} {Objects[i]} {time}"),
    ];

    internal static BpeTokenizer Tokenizer { get; } = BpeTokenizer.Train(Sentences, new TokenizerTrainingOptions { VocabularySize = 330 });
}
