using System.Text;
using System.Text.RegularExpressions;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Transforms.Text.Vectorizing;

/// <summary>
/// N-grams and their weights as the documentation of <see cref="TextVectorizingOptions"/> defines them, in strings and
/// dictionaries: slow, and written without a look at the code that it checks. Only folding is shared; it has tests of its own.
/// </summary>
internal static partial class NaiveNgrams
{
    // Scripts without spaces: Han, Kana, Thai, Lao, Khmer, Burmese. A half of a pair, with the halves that follow; a run of
    // letters, marks, digits; a picture.
    private const string Ideographs = @"\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF\u3040-\u30FF\u31F0-\u31FF\u0E00-\u0EFF\u1780-\u17FF\u1000-\u109F\u3005\u3007";

    [GeneratedRegex(@"[\uD800-\uDFFF][\uDC00-\uDFFF]*|[" + Ideographs + @"]|[\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}-[" + Ideographs + @"]]+|\p{So}")]
    private static partial Regex Word();

    internal static string Fold(string text)
    {
        char[] folded = new char[NgramFolding.MaximumLength(text.Length)];
        return new string(folded, 0, NgramFolding.Fold(text, folded));
    }

    internal static IEnumerable<string> Of(string text, NgramView view)
    {
        string folded = Fold(text);
        switch (view.Unit)
        {
            case NgramUnit.Word:
                if (folded == " ") return [];
                List<string> words = [.. Word().Matches(folded).Select(match => match.Value)];
                return Join(view.MarkEnds ? ["⟨", .. words, "⟩"] : words, view, " ");
            case NgramUnit.Character:
                return Join(Characters(folded), view, "").Where(ngram => ngram != " ");
            default:
                return folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word =>
                {
                    List<string> characters = Characters($" {word} ");
                    return characters.Count < view.MinimumLength ? [$" {word} "] : Join(characters, view, "").Where(ngram => ngram != " ");
                });
        }
    }

    /// <summary>The weight of each n-gram that the vectorizer keeps.</summary>
    internal static Dictionary<string, double> Weights(string[] texts, NgramView view, TextVectorizingOptions options, int[]? labels = null, int labelCount = 0)
    {
        HashSet<string>[] sets = [.. texts.Select(text => Of(text, view).ToHashSet())];
        var weights = new Dictionary<string, double>();
        foreach (string ngram in sets.SelectMany(set => set).Distinct())
        {
            int having = sets.Count(set => set.Contains(ngram));
            if (having < options.MinimumDocumentCount) continue;
            double weight = Math.Pow(1 + Math.Log((1.0 + texts.Length) / (1 + having)), options.IdfExponent);
            if (labels is not null)
            {
                double[] q = new double[labelCount];
                for (int k = 0; k < labelCount; k++)
                {
                    double p = Math.Max(labels.Count(label => label == k), 0.01) / labels.Length;
                    int n = Enumerable.Range(0, texts.Length).Count(i => labels[i] == k && sets[i].Contains(ngram));
                    q[k] = (n + p) / p;
                }
                double total = q.Sum(), entropy = -q.Sum(value => value / total * Math.Log(value / total)) / Math.Log(labelCount);
                weight *= options.LabelWeightFloor + Math.Pow(1 - entropy, options.LabelWeightExponent);
            }
            weights[ngram] = weight;
        }
        return weights;
    }

    /// <summary>The vector of a text: per view of length 1, and of length 1 as a whole.</summary>
    internal static Dictionary<(int View, string Ngram), double> Vector(string text, IReadOnlyList<NgramView> views, IReadOnlyList<Dictionary<string, double>> weights)
    {
        var vector = new Dictionary<(int, string), double>();
        int parts = 0;
        for (int view = 0; view < views.Count; view++)
        {
            var part = Of(text, views[view]).GroupBy(ngram => ngram).Where(group => weights[view].ContainsKey(group.Key))
                .ToDictionary(group => group.Key, group => (1 + Math.Log(group.Count())) * weights[view][group.Key]);
            if (part.Count == 0) continue;
            parts++;
            double length = Math.Sqrt(part.Values.Sum(value => value * value));
            foreach (var (ngram, value) in part) vector[(view, ngram)] = value / length;
        }
        return vector.ToDictionary(item => item.Key, item => item.Value / Math.Sqrt(parts));
    }

    private static List<string> Characters(string text)
    {
        List<string> characters = [];
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            characters.Add(isPair ? text.Substring(i++, 2) : text[i].ToString());
        }
        return characters;
    }

    private static IEnumerable<string> Join(List<string> units, NgramView view, string separator)
    {
        for (int length = view.MinimumLength; length <= view.MaximumLength; length++)
            for (int start = 0; start + length <= units.Count; start++)
                yield return new StringBuilder().AppendJoin(separator, units.GetRange(start, length)).ToString();
    }
}
