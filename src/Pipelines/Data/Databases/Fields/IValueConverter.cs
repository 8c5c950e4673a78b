namespace MLPipelines.Data;

/// <summary>Converts the values that drivers give. Implemented by structs, so that each column's loop is compiled for its conversion.</summary>
internal interface IValueConverter<T>
{
    /// <param name="value">What the driver gave: a .NET value, or <see cref="DBNull"/>.</param>
    /// <param name="result">The value.</param>
    /// <returns>Whether it stands for a value, or for a missing one.</returns>
    bool TryConvert(object value, out T result);
}
