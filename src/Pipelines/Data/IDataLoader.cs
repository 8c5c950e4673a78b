namespace MLPipelines;

/// <summary>Reads data from one kind of source, such as files, always with the same columns.</summary>
public interface IDataLoader<in TSource>
{
    /// <summary>A view of the source; rows are read when they are asked for.</summary>
    IDataView Load(TSource input);

    /// <summary>The columns of every view that it loads.</summary>
    DataViewSchema GetOutputSchema();
}
