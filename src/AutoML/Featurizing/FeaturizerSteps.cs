using MLPipelines.Data;
using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Text;
using static MLPipelines.AutoML.CSharpExpression;

namespace MLPipelines.AutoML;

/// <summary>
/// The estimators that make one vector of the columns of a table: numbers as they are, dates in parts, one slot per category or
/// hash, n-grams of texts. Columns keep their names, so that the slots of the features are named after them.
/// </summary>
internal static class FeaturizerSteps
{
    private const string Encoding = "Encoding", OneHot = "OneHot", Hash = "Hash", Bits = "Bits";

    /// <summary>Trees look at every feature at every split, so that only the n-grams of most texts are for them.</summary>
    private const int MaximumNgrams = 3000;

    public static IEnumerable<SweepableEstimator> For(MLContext context, FeatureColumns columns, string outputColumnName)
    {
        List<string> numbers = [.. columns.Numbers, .. columns.Dates], parts = [.. numbers];
        InputOutputColumnPair[] converted = Pairs(columns.Numbers.Where(name => !Item(columns, name).Equals(NumberDataViewType.Single)));
        if (converted.Length > 0)
            yield return Fixed("ConvertType", context.Transforms.Conversion.ConvertType(converted, DataKind.Single), $"mlContext.Transforms.Conversion.ConvertType({Code(converted)}, DataKind.Single)");
        InputOutputColumnPair[] dates = Pairs(columns.Dates);
        if (dates.Length > 0) yield return Fixed("FeaturizeDateTime", context.Transforms.FeaturizeDateTime(dates), $"mlContext.Transforms.FeaturizeDateTime({Code(dates)})");
        if (numbers.Count > 0)
        {
            InputOutputColumnPair[] missing = [.. columns.WithMissing.Select(name => new InputOutputColumnPair($"{name}.IsMissing", name))];
            if (missing.Length > 0)
            {
                InputOutputColumnPair[] flags = Pairs(missing.Select(pair => pair.OutputColumnName));
                yield return Fixed("IndicateMissingValues", context.Transforms.IndicateMissingValues(missing).Append(context.Transforms.Conversion.ConvertType(flags, DataKind.Single)),
                    $"mlContext.Transforms.IndicateMissingValues({Code(missing)}).Append(mlContext.Transforms.Conversion.ConvertType({Code(flags)}, DataKind.Single))");
                parts.AddRange(missing.Select(pair => pair.OutputColumnName));
            }
            InputOutputColumnPair[] filled = Pairs(numbers);
            yield return Fixed("ReplaceMissingValues", context.Transforms.ReplaceMissingValues(filled, MissingValueReplacingEstimator.ReplacementMode.Mean),
                $"mlContext.Transforms.ReplaceMissingValues({Code(filled)}, MissingValueReplacingEstimator.ReplacementMode.Mean)");
        }
        if (columns.Categories.Count > 0) yield return Categories(Pairs(columns.Categories), columns.HasManyCategories);
        if (columns.Texts.Count > 0) yield return Texts([.. columns.Texts], columns.KeyLabel);
        parts.AddRange([.. columns.Categories, .. columns.Texts]);
        yield return Fixed("Concatenate", context.Transforms.Concatenate(outputColumnName, [.. parts]), $"mlContext.Transforms.Concatenate({Literal(outputColumnName)}, {string.Join(", ", parts.Select(part => Literal(part)))})");
    }

    private static SweepableEstimator Categories(InputOutputColumnPair[] pairs, bool maybeHashed)
    {
        var space = new SearchSpace.SearchSpace { [Encoding] = maybeHashed ? new ChoiceOption(OneHot, Hash) : new ChoiceOption(OneHot) };
        if (maybeHashed) space[Bits] = new UniformIntOption(6, 14, logBase: false, defaultValue: 10);
        return new SweepableEstimator((context, p) => IsHashed(p) ? context.Transforms.Categorical.OneHotHashEncoding(pairs, numberOfBits: p[Bits].AsType<int>())
            : context.Transforms.Categorical.OneHotEncoding(pairs), space)
        {
            Name = "OneHotEncoding",
            Code = p => IsHashed(p) ? $"mlContext.Transforms.Categorical.OneHotHashEncoding({Code(pairs)}, numberOfBits: {p[Bits]})" : $"mlContext.Transforms.Categorical.OneHotEncoding({Code(pairs)})",
        };

        static bool IsHashed(Parameter p) => p[Encoding].AsType<string>() == Hash;
    }

    private static SweepableEstimator Texts(string[] columns, string? keyLabel)
    {
        var vectorizing = new TextVectorizingOptions { Views = [new NgramView(NgramUnit.Word, 1, 2)], MaximumFeatureCount = MaximumNgrams, LabelColumnName = keyLabel };
        string code = New("TextVectorizingOptions", ("Views", new Expression("[new NgramView(NgramUnit.Word, 1, 2)]")), ("MaximumFeatureCount", MaximumNgrams), ("LabelColumnName", keyLabel));
        return new SweepableEstimator((context, _) =>
        {
            var chain = new EstimatorChain<ITransformer>();
            foreach (string column in columns) chain = chain.Append<ITransformer>(context.Transforms.Text.VectorizeText(column, vectorizing, column));
            return chain;
        }, new SearchSpace.SearchSpace())
        {
            Name = "VectorizeText",
            Code = _ => string.Join(".Append(", columns.Select(column => $"mlContext.Transforms.Text.VectorizeText({Literal(column)}, {code}, {Literal(column)})")) + new string(')', columns.Length - 1),
        };
    }

    private static SweepableEstimator Fixed(string name, IEstimator<ITransformer> estimator, string code) =>
        new((_, _) => estimator, new SearchSpace.SearchSpace()) { Name = name, Code = _ => code };

    private static DataViewType Item(FeatureColumns columns, string name) => columns.Schema[name].Type is VectorDataViewType vector ? vector.ItemType : columns.Schema[name].Type;

    private static InputOutputColumnPair[] Pairs(IEnumerable<string> names) => [.. names.Select(name => new InputOutputColumnPair(name))];

    private static string Code(IEnumerable<InputOutputColumnPair> pairs) =>
        $"[{string.Join(", ", pairs.Select(pair => pair.InputColumnName == pair.OutputColumnName ? $"new({Literal(pair.OutputColumnName)})" : $"new({Literal(pair.OutputColumnName)}, {Literal(pair.InputColumnName)})"))}]";
}
