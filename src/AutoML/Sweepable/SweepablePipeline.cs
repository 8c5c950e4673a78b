using MLPipelines.Data;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// A chain of estimators where each place may have alternatives. A search chooses one alternative per place (the text
/// <c>_SCHEMA_</c>, such as <c>e0 * e2</c>) and the options of each estimator (named <c>e0</c>, <c>e1</c>, …). Immutable.
/// </summary>
public class SweepablePipeline : ISweepable<EstimatorChain<ITransformer>>
{
    internal const string SchemaOption = "_SCHEMA_";
    private const string Then = " * ";

    private readonly IReadOnlyList<SweepableEstimator> _estimators;
    private readonly IReadOnlyList<int[]> _terms;

    internal SweepablePipeline() : this([], [[]]) { }

    private SweepablePipeline(IReadOnlyList<SweepableEstimator> estimators, IReadOnlyList<int[]> terms) => (_estimators, _terms) = (estimators, terms);

    /// <summary>The options of all estimators and the choice among the chains.</summary>
    public SearchSpace.SearchSpace SearchSpace => new PipelineSearchSpace(this);

    /// <summary>The estimators of all chains, by the names that the schema uses.</summary>
    public Dictionary<string, SweepableEstimator> Estimators =>
        _terms.SelectMany(term => term).Distinct().Order().ToDictionary(Key, i => _estimators[i], StringComparer.Ordinal);

    /// <summary>The first chain with the options that a search starts at.</summary>
    public Parameter CurrentParameter
    {
        get
        {
            SearchSpace.SearchSpace space = SearchSpace;
            return space.SampleFromFeatureSpace(space.Default);
        }
    }

    /// <summary>The chains, as lists of estimators.</summary>
    internal IReadOnlyList<string> Schemas => [.. _terms.Select(Schema)];

    /// <summary>A chain that a search has chosen; estimators without options in <paramref name="parameter"/> take those that a search starts at.</summary>
    public EstimatorChain<ITransformer> BuildFromOption(MLContext context, Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var chain = new EstimatorChain<ITransformer>();
        foreach ((SweepableEstimator estimator, Parameter options) in Chosen(parameter)) chain = chain.Append(estimator.BuildFromOption(context, options));
        return chain;
    }

    /// <summary>The pipeline with one chain only.</summary>
    public SweepablePipeline BuildSweepableEstimatorPipeline(string schema) => Only([schema]);

    /// <summary>The pipeline with some of its chains.</summary>
    internal SweepablePipeline Only(IReadOnlyList<string> schemas) => new(_estimators, [.. schemas.Select(Term)]);

    /// <summary>The last trainer of a chain, or its last estimator where none is known to be a trainer.</summary>
    internal SweepableEstimator LearnerOf(string schema)
    {
        SweepableEstimator[] chain = Array.ConvertAll(Term(schema), i => _estimators[i]);
        return Array.FindLast(chain, estimator => estimator.IsTrainer) ?? chain[^1];
    }

    /// <summary>The pipeline with one more place, where any of the given estimators or pipelines may stand.</summary>
    public SweepablePipeline Append(params ISweepable<IEstimator<ITransformer>>[] sweepables)
    {
        ArgumentNullException.ThrowIfNull(sweepables);
        if (sweepables.Length == 0) return this;
        var estimators = new List<SweepableEstimator>(_estimators);
        var alternatives = new List<int[]>();
        foreach (ISweepable<IEstimator<ITransformer>> sweepable in sweepables)
        {
            int first = estimators.Count;
            if (sweepable is SweepablePipeline pipeline)
            {
                estimators.AddRange(pipeline._estimators);
                alternatives.AddRange(pipeline._terms.Select(term => Array.ConvertAll(term, i => i + first)));
            }
            else
            {
                estimators.Add(sweepable as SweepableEstimator ?? new SweepableEstimator(sweepable.BuildFromOption, sweepable.SearchSpace));
                alternatives.Add([first]);
            }
        }
        return new SweepablePipeline(estimators, [.. from term in _terms from alternative in alternatives select (int[])[.. term, .. alternative]]);
    }

    /// <summary>The names of the chosen estimators, such as <c>ReplaceMissingValues=>Concatenate=>LightGbmBinary</c>.</summary>
    public string ToString(Parameter parameter) => string.Join("=>", Chosen(Own(parameter)).Select(chosen => chosen.Estimator.Name));

    /// <summary>The estimators of the chain that a search has chosen, with their options.</summary>
    internal IEnumerable<(SweepableEstimator Estimator, Parameter Options)> Chosen(Parameter parameter) =>
        from i in Term(parameter[SchemaOption].AsType<string>())
        let estimator = _estimators[i]
        select (estimator, parameter.TryGetValue(Key(i), out Parameter? options) ? options : estimator.Parameter);

    /// <summary>How long learning takes, in the units of <see cref="SweepableEstimator.Cost"/>.</summary>
    internal double EstimateCost(Parameter parameter) => Chosen(parameter).Sum(chosen => chosen.Estimator.Cost(chosen.Options));

    internal static string Key(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"e{index}");

    internal IEnumerable<string> KeysOf(string schema) => Term(schema).Select(Key);

    /// <summary>A pipeline's own options, also where an experiment holds them beside others.</summary>
    private static Parameter Own(Parameter parameter) =>
        parameter.ContainsKey(SchemaOption) ? parameter : parameter.FirstOrDefault(pair => pair.Value.ParameterType == ParameterType.Object && pair.Value.ContainsKey(SchemaOption)).Value ?? parameter;

    private static string Schema(int[] term) => string.Join(Then, term.Select(Key));

    private int[] Term(string schema) => _terms.FirstOrDefault(term => Schema(term) == schema)
        ?? throw new ArgumentException($"Expected one of the chains {string.Join(", ", Schemas.Take(8))}, found \"{schema}\".", nameof(schema));
}
