using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MLPipelines.Runtime;

/// <summary>
/// The parts of a model that a user's own code makes, by the contract names that model files hold. What is registered holds for the
/// whole process. Nothing that is not registered is ever run by loading a model.
/// </summary>
public sealed class ComponentCatalog
{
    private static readonly Dictionary<string, (Type Type, ICustomMappingFactory Factory)> Factories = new(StringComparer.Ordinal);
    private static readonly Lock Registering = new();

    internal ComponentCatalog() { }

    /// <summary>Registers every class of an assembly that a contract attribute names. A program compiled ahead of time uses <see cref="Register{TFactory}"/>.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="throwOnError">Whether a class that cannot be registered is an error; otherwise it is left out.</param>
    /// <exception cref="InvalidOperationException">A class cannot be made, or another one has its contract name.</exception>
    [RequiresUnreferencedCode("Looks for classes by their attributes. Register<TFactory>(contractName) names one.")]
    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (Type type in assembly.GetTypes())
        {
            if (type.IsAbstract || type.GetCustomAttribute<ExtensionBaseAttribute>(inherit: false) is not { } contract) continue;
            try
            {
                if (!typeof(ICustomMappingFactory).IsAssignableFrom(type) || Activator.CreateInstance(type, nonPublic: true) is not ICustomMappingFactory factory)
                    throw new InvalidOperationException($"{type} has the contract name '{contract.ContractName}', but is no CustomMappingFactory or StatefulCustomMappingFactory.");
                Register(contract.ContractName, type, factory);
            }
            catch (Exception e) when (!throwOnError && e is InvalidOperationException or MemberAccessException or TargetInvocationException) { }
        }
    }

    /// <summary>Registers a class by a contract name, without looking for attributes.</summary>
    /// <typeparam name="TFactory">A <c>CustomMappingFactory</c> or <c>StatefulCustomMappingFactory</c>.</typeparam>
    /// <exception cref="InvalidOperationException">Another class has that contract name.</exception>
    public void Register<TFactory>(string contractName) where TFactory : ICustomMappingFactory, new() =>
        Register(contractName, typeof(TFactory), new TFactory());

    internal static ICustomMappingFactory? Find(string contractName)
    {
        lock (Registering) return Factories.TryGetValue(contractName, out var found) ? found.Factory : null;
    }

    private static void Register(string contractName, Type type, ICustomMappingFactory factory)
    {
        ArgumentException.ThrowIfNullOrEmpty(contractName);
        lock (Registering)
        {
            if (Factories.TryGetValue(contractName, out var other) && other.Type != type)
                throw new InvalidOperationException($"{type} and {other.Type} have the same contract name '{contractName}'.");
            Factories[contractName] = (type, factory);
        }
    }
}

/// <summary>Names the contract of a class whose code is a part of models.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class ExtensionBaseAttribute : Attribute
{
    private protected ExtensionBaseAttribute(string contractName)
    {
        ArgumentException.ThrowIfNullOrEmpty(contractName);
        ContractName = contractName;
    }

    /// <summary>The name that model files hold.</summary>
    public string ContractName { get; }
}

/// <summary>Makes the transformer of a contract name again when a model is loaded.</summary>
public interface ICustomMappingFactory
{
    ITransformer CreateTransformer(string contractName);
}
