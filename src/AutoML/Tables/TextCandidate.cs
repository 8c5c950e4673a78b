using MLPipelines.AutoML.CodeGen;
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
    private const string Exponent = "IdfExponent", Floor = "LabelWeightFloor", Steepness = "LabelWeightExponent";

    /// <param name="context">The context.</param>
    /// <param name="columns">The columns of text.</param>
    /// <param name="labelColumn">The label, a key.</param>
    /// <param name="featureColumn">The column that the n-grams are put in.</param>
    /// <param name="characters">About how many characters the texts have together.</param>
    internal static SweepablePipeline Of(MLContext context, IReadOnlyList<string> columns, string labelColumn, string featureColumn, double characters)
    {
        // Very much text: words say enough, and characters would take long.
        bool wordsOnly = characters > 5_000_000;
        var space = new SearchSpace.SearchSpace
        {
            [Exponent] = new ChoiceOption(0.5, 0.0),
            [Floor] = new ChoiceOption(0.3, 0.1),
            [Steepness] = new ChoiceOption(0.5, 1.0),
        };
        var vectorizing = new SweepableEstimator((c, parameter) => c.Transforms.Text.VectorizeText(featureColumn, Options(parameter), [.. columns]), space)
        {
            Name = "VectorizeText",
            Cost = _ => 10,
            Code = parameter => $"mlContext.Transforms.Text.VectorizeText({Literal(featureColumn)}, {New("TextVectorizingOptions",
                ("Views", wordsOnly ? new Expression("[new NgramView(NgramUnit.Word, 1, 2)]") : null),
                (Exponent, Number(parameter, Exponent)), (Floor, Number(parameter, Floor)), (Steepness, Number(parameter, Steepness)),
                ("LabelColumnName", labelColumn))}, {string.Join(", ", columns.Select(Literal))})",
        };
        return new SweepablePipeline().Append(vectorizing).Append(context.Auto().MultiClassification(labelColumn, featureColumn, useFastForest: false, useLgbm: false, useFastTree: false,
            useLbfgsMaximumEntrophy: false, useLbfgsLogisticRegression: false, useSdcaMaximumEntrophy: false, useSdcaLogisticRegression: false, useLinearSvm: true));

        TextVectorizingOptions Options(Parameter parameter)
        {
            var options = new TextVectorizingOptions
            {
                IdfExponent = Number(parameter, Exponent),
                LabelWeightFloor = Number(parameter, Floor),
                LabelWeightExponent = Number(parameter, Steepness),
                LabelColumnName = labelColumn,
            };
            return wordsOnly ? options with { Views = [new NgramView(NgramUnit.Word, 1, 2)] } : options;
        }
    }

    private static double Number(Parameter parameter, string name) => parameter[name].AsType<double>();
}
