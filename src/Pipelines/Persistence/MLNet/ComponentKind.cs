namespace MLPipelines.Persistence.MLNet;

/// <summary>A kind of component that is read: its name, the versions, and the reader.</summary>
/// <param name="Loader">Its name in headers.</param>
/// <param name="Oldest">The oldest version that is read.</param>
/// <param name="Newest">The newest version that is known; a newer one is read where its header says that readers of this one understand it.</param>
/// <param name="Read">The reader.</param>
internal sealed record ComponentKind<TReader>(string Loader, uint Oldest, uint Newest, TReader Read) : IComponentKind;

internal interface IComponentKind
{
    string Loader { get; }

    uint Oldest { get; }

    uint Newest { get; }

    bool Reads(ComponentHeader header) => header.Loader == Loader && header.Version >= Oldest && header.ReadableBy <= Newest;
}

/// <summary>The kinds of components of one family, by name.</summary>
internal sealed class ComponentTable<TReader>(params ComponentKind<TReader>[] kinds)
{
    private readonly Dictionary<string, ComponentKind<TReader>> _kinds = kinds.ToDictionary(kind => kind.Loader, StringComparer.Ordinal);

    internal IEnumerable<IComponentKind> Kinds => _kinds.Values;

    /// <summary>The reader of a component; <see langword="null"/> for one that is not of this family.</summary>
    /// <exception cref="MLPipelinesException">The component is of this family, and of a version that is not read.</exception>
    internal TReader? Find(Component component)
    {
        if (!_kinds.TryGetValue(component.Header.Loader, out ComponentKind<TReader>? kind)) return default;
        return ((IComponentKind)kind).Reads(component.Header) ? kind.Read
            : throw component.Invalid($"not supported; this library reads versions 0x{kind.Oldest:X8} to 0x{kind.Newest:X8} of it");
    }
}
