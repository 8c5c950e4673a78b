namespace MLPipelines.Data;

/// <summary>A type whose values are objects that other libraries define, such as maps: columns hold them, and steps that do not know them pass them on.</summary>
public abstract class ObjectDataViewType : StructuredDataViewType
{
    /// <param name="rawType">The .NET type of a value.</param>
    private protected ObjectDataViewType(Type rawType) : base(rawType) { }

    /// <summary>Calls the method for the .NET type of the values.</summary>
    internal abstract TResult Accept<TResult>(RawTypes.IVisitor<TResult> visitor);
}
