using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;
using MLPipelines.Trainers;
using MLPipelines.Transforms.Text;

namespace MLPipelines.AutoML;

/// <summary>
/// The chain of the text scenario as a candidate: weighted n-grams of all text columns together, and a linear model of the classes.
/// It starts at what the scenario prefers, and tries the scenario's other candidates next.
/// </summary>
internal static class TextCandidate
{
    private const string Exponent = "IdfExponent", Floor = "LabelWeightFloor", Steepness = "LabelWeightExponent", Cost = "Cost", Prior = "PriorStrength";

    /// <param name="columns">The columns of text.</param>
    /// <param name="labelColumn">The label, a key.</param>
    /// <param name="featureColumn">The column that the n-grams are put in.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="characters">About how many characters the texts have together.</param>
    internal static SweepablePipeline Of(IReadOnlyList<string> columns, string labelColumn, string featureColumn, int classes, double characters)
    {
        // Very much text: words say enough, and characters would take long.
        bool wordsOnly = characters > 5_000_000;
        var features = new SearchSpace.SearchSpace
        {
            [Exponent] = new ChoiceOption([0.5, 0.0, 1.0], 0.5),
            [Floor] = new ChoiceOption([0.3, 0.1], 0.3),
            [Steepness] = new ChoiceOption([0.5, 1.0], 0.5),
        };
        // Many classes have few examples each, which more of the cost then hears.
        var learning = new SearchSpace.SearchSpace
        {
            [Cost] = new UniformDoubleOption(0.05, 10, logBase: true, defaultValue: classes >= 30 ? 1 : 0.5),
            [Prior] = new ChoiceOption([0.05, 0.0, 0.03, 0.1], 0.05),
        };
        var vectorizing = new SweepableEstimator((context, parameter) => context.Transforms.Text.VectorizeText(featureColumn, Options(parameter), [.. columns]), features)
        {
            Name = "VectorizeText",
            Cost = _ => 10,
            Code = parameter => $"mlContext.Transforms.Text.VectorizeText({CSharpText.Of(featureColumn)}, new TextVectorizingOptions {{ {Views("Views = new[] { new NgramView(NgramUnit.Word, 1, 2) }, ")}"
                + $"IdfExponent = {CSharpText.Of(Number(parameter, Exponent))}, LabelWeightFloor = {CSharpText.Of(Number(parameter, Floor))}, LabelWeightExponent = {CSharpText.Of(Number(parameter, Steepness))}, "
                + $"LabelColumnName = {CSharpText.Of(labelColumn)} }}, {CSharpText.List(columns)})",
        };
        var trainer = new SweepableEstimator((context, parameter) => context.MulticlassClassification.Trainers.LinearSvm(labelColumn, featureColumn,
            new LinearSvmMulticlassOptions { Cost = (float)Number(parameter, Cost), PriorStrength = (float)Number(parameter, Prior) }), learning)
        {
            Name = "LinearSvm",
            IsTrainer = true,
            Cost = _ => 5 * Math.Sqrt(classes),
            Code = parameter => $"mlContext.MulticlassClassification.Trainers.LinearSvm({CSharpText.Of(labelColumn)}, {CSharpText.Of(featureColumn)}, "
                + $"new LinearSvmMulticlassOptions {{ Cost = {CSharpText.Of((float)Number(parameter, Cost))}, PriorStrength = {CSharpText.Of((float)Number(parameter, Prior))} }})",
        };
        return new SweepablePipeline().Append(vectorizing).Append(trainer);

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

        string Views(string code) => wordsOnly ? code : "";
    }

    private static double Number(Parameter parameter, string name) => parameter[name].AsType<double>();
}
