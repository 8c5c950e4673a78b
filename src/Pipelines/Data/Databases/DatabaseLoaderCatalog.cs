using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Loading from databases: <c>mlContext.Data.CreateDatabaseLoader</c>.</summary>
public static class DatabaseLoaderCatalog
{
    /// <summary>A loader for given columns.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="columns">The columns and the fields of the query that they are read from.</param>
    public static DatabaseLoader CreateDatabaseLoader(this DataOperationsCatalog catalog, params DatabaseLoader.Column[] columns) =>
        CreateDatabaseLoader(catalog, new DatabaseLoader.Options { Columns = columns });

    /// <summary>A loader with all its settings.</summary>
    public static DatabaseLoader CreateDatabaseLoader(this DataOperationsCatalog catalog, DatabaseLoader.Options options) => new(catalog.Environment, options);

    /// <summary>A loader for the columns that a type's public fields and properties describe.</summary>
    /// <typeparam name="TInput">
    /// A type whose members are read from the field that <see cref="LoadColumnAttribute"/> or <see cref="LoadColumnNameAttribute"/>
    /// says, or from the one that is called like the member. <see cref="NoColumnAttribute"/> leaves a member out.
    /// </typeparam>
    public static DatabaseLoader CreateDatabaseLoader<[DynamicallyAccessedMembers(MemberColumns.Members)] TInput>(this DataOperationsCatalog catalog) =>
        CreateDatabaseLoader(catalog, [.. MemberColumns.Of<TInput>(byMemberName: true).Select(ColumnOf)]);

    private static DatabaseLoader.Column ColumnOf(TextLoader.Column column) => new()
    {
        Name = column.Name,
        Type = Enum.Parse<System.Data.DbType>(column.DataKind == DataKind.TimeSpan ? nameof(System.Data.DbType.Time) : column.DataKind.ToString()),
        KeyCount = column.KeyCount,
        Source = column.SourceNames is { } names
            ? Array.ConvertAll(names, name => new DatabaseLoader.Range(name) { ForceVector = column.IsVector })
            : Array.ConvertAll(column.Source!, range => new DatabaseLoader.Range(range.Min, range.Max ?? range.Min) { ForceVector = column.IsVector }),
    };
}
