using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Gives columns, with all that is known of them, a second name. Nothing is learned, and no value is copied.</summary>
public sealed class ColumnCopyingEstimator : OneToOneEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(TrainingEnvironment environment, params IReadOnlyList<InputOutputColumnPair> columns) : base(environment, "CopyColumns", columns) { }

    protected override ColumnCopyingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new ColumnCopy(pair))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) =>
        new(outputColumnName, input.Kind, input.ItemType, input.IsKey, input.Annotations);
}

/// <summary>Gives columns a second name; see <see cref="ColumnCopyingEstimator"/>.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformer<ColumnCopy>
{
    internal const string StepName = "copy-columns";

    internal ColumnCopyingTransformer(IReadOnlyList<ColumnCopy> columns) : base(columns) { }

    public override string TypeId => StepName;

    /// <summary>Which column has which second name.</summary>
    public IReadOnlyList<InputOutputColumnPair> Columns => [.. Mappings.Select(mapping => mapping.Columns)];

    internal static ColumnCopyingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, (columns, _) => new ColumnCopy(columns)));
}

/// <summary>One column with a second name.</summary>
public sealed class ColumnCopy : ColumnMapping
{
    internal ColumnCopy(InputOutputColumnPair columns) : base(columns) { }

    protected internal override OutputColumn Bind(DataViewSchema.Column input) =>
        new(Columns.OutputColumnName, input.Type, input.Annotations, [input.Index], () => batch => batch[input.Index]);
}
