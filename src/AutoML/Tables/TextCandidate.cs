using MLPipelines.Data;
using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;
using MLPipelines.Transforms.Text;
using static MLPipelines.AutoML.CSharpExpression;

namespace MLPipelines.AutoML;

/// <summary>
/// The features of the text scenario: weighted n-grams of all text columns together, for a linear model of the classes. The search starts at
/// what the scenario prefers, and tries the scenario's other candidates next.
/// </summary>
internal static class TextCandidate
{
    private const string Views = "Views", Exponent = "IdfExponent", Floor = "LabelWeightFloor", Steepness = "LabelWeightExponent";

    /// <param name="context">The context.</param>
    /// <param name="columns">The columns of text.</param>
    /// <param name="labelColumn">The label, a key.</param>
    /// <param name="featureColumn">The column that the n-grams are put in.</param>
    /// <param name="look">What the texts look like.</param>
    internal static SweepablePipeline Of(MLContext context, IReadOnlyList<string> columns, string labelColumn, string featureColumn, TextLook look)
    {
        string[] views = look.HasIdeographs ? ["Characters", "CharactersAndWords"]
            // Very much text: words say enough, and characters would take long.
            : look.Characters > 5_000_000 ? ["Words"] : ["WordsAndParts", "WordsAndLongParts"];
        var space = new SearchSpace.SearchSpace
        {
            [Views] = new ChoiceOption([.. views]),
            [Exponent] = new ChoiceOption(0.5, 0.0),
            [Floor] = new ChoiceOption(0.3, 0.1),
            [Steepness] = new ChoiceOption(0.5, 1.0),
        };
        var vectorizing = new SweepableEstimator((c, parameter) => c.Transforms.Text.VectorizeText(featureColumn, Options(parameter, labelColumn), [.. columns]), space)
        {
            Name = "VectorizeText",
            Cost = _ => 10,
            Code = parameter => $"mlContext.Transforms.Text.VectorizeText({Literal(featureColumn)}, {New("TextVectorizingOptions",
                ("Views", new Expression($"[{string.Join(", ", ViewsOf(parameter).Select(Code))}]")),
                (Exponent, Number(parameter, Exponent)), (Floor, Number(parameter, Floor)), (Steepness, Number(parameter, Steepness)),
                ("LabelColumnName", labelColumn))}, {string.Join(", ", columns.Select(Literal))})",
        };
        return new SweepablePipeline().Append(vectorizing).Append(context.Auto().MultiClassification(labelColumn, featureColumn, useFastForest: false, useLgbm: false, useFastTree: false,
            useLbfgsMaximumEntrophy: false, useLbfgsLogisticRegression: false, useSdcaMaximumEntrophy: false, useSdcaLogisticRegression: false, useLinearSvm: true));
    }

    private static TextVectorizingOptions Options(Parameter parameter, string labelColumn) => new()
    {
        Views = ViewsOf(parameter),
        IdfExponent = Number(parameter, Exponent),
        LabelWeightFloor = Number(parameter, Floor),
        LabelWeightExponent = Number(parameter, Steepness),
        LabelColumnName = labelColumn,
    };

    private static NgramView[] ViewsOf(Parameter parameter) => parameter[Views].AsType<string>() switch
    {
        "Words" => [new(NgramUnit.Word, 1, 2)],
        "WordsAndParts" => [new(NgramUnit.Word, 1, 2, MarkEnds: true), new(NgramUnit.CharacterWithinWord, 3, 4)],
        "WordsAndLongParts" => [new(NgramUnit.Word, 1, 3, MarkEnds: true), new(NgramUnit.CharacterWithinWord, 2, 5)],
        "Characters" => [new(NgramUnit.Character, 1, 4)],
        _ => [new(NgramUnit.Character, 1, 3), new(NgramUnit.Word, 1, 2)],
    };

    private static string Code(NgramView view) => $"new NgramView(NgramUnit.{view.Unit}, {Literal(view.MinimumLength)}, {Literal(view.MaximumLength)}{(view.MarkEnds ? ", MarkEnds: true" : "")})";

    private static double Number(Parameter parameter, string name) => parameter[name].AsType<double>();
}

/// <summary>What the texts of a table look like.</summary>
/// <param name="Characters">About how many characters they have together.</param>
/// <param name="HasIdeographs">Whether a good part of them is in scripts without spaces between words.</param>
internal sealed record TextLook(double Characters, bool HasIdeographs)
{
    /// <summary>Looks at up to 2,000 texts of each column.</summary>
    /// <param name="rows">Some of the rows.</param>
    /// <param name="columns">The columns of text.</param>
    /// <param name="count">How many rows there are.</param>
    internal static TextLook Of(BatchView rows, IReadOnlyList<string> columns, double count)
    {
        double characters = 0;
        long letters = 0, ideographs = 0;
        foreach (BatchColumn column in rows.ReadColumns([.. columns.Select(name => rows.Schema[name].Index)]))
        {
            var texts = (TextColumn)column;
            long seen = 0;
            int looked = Math.Min(2000, texts.RowCount);
            for (int row = 0; row < looked; row++)
            {
                seen += texts[row].Length;
                foreach (char c in texts[row])
                {
                    CharacterKind kind = CharacterClasses.KindOf(c);
                    if (kind == CharacterKind.Ideograph) ideographs++;
                    else if (kind == CharacterKind.Letter) letters++;
                }
            }
            characters += seen * count / Math.Max(1, looked);
        }
        return new TextLook(characters, ideographs > 0.3 * (letters + ideographs));
    }
}
