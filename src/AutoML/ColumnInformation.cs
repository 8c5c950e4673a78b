using System.Collections.ObjectModel;

namespace MLPipelines.AutoML;

/// <summary>What the columns of a table are for. A column that is named nowhere is used as its type and values suggest.</summary>
public sealed class ColumnInformation
{
    public string LabelColumnName { get; set; } = "Label";

    public string? UserIdColumnName { get; set; }

    public string? GroupIdColumnName { get; set; }

    public string? ItemIdColumnName { get; set; }

    public string? ExampleWeightColumnName { get; set; }

    /// <summary>Rows with equal values are never on both sides of a split.</summary>
    public string? SamplingKeyColumnName { get; set; }

    public ICollection<string> CategoricalColumnNames { get; } = new Collection<string>();

    public ICollection<string> NumericColumnNames { get; } = new Collection<string>();

    public ICollection<string> TextColumnNames { get; } = new Collection<string>();

    /// <summary>Columns of dates or times; ML.NET takes them for categories, or leaves them out.</summary>
    public ICollection<string> DateColumnNames { get; } = new Collection<string>();

    public ICollection<string> IgnoredColumnNames { get; } = new Collection<string>();

    public ICollection<string> ImagePathColumnNames { get; } = new Collection<string>();
}
