using System.Reflection;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Core;

public class EveryEstimatorTests
{
    /// <summary>What the contract cannot be asked of, and why.</summary>
    private static readonly Dictionary<string, string> Excepted = new()
    {
        ["StatefulCustomMappingEstimator`3"] = "its rows depend on the rows before; it has tests of its own",
        ["EstimatorChain`1"] = "it is what its links are",
        ["OnFitEstimator`1"] = "it is the estimator that it tells of",
    };

    [Fact]
    public void Every_estimator_keeps_the_contract()
    {
        var tested = new HashSet<Type>();
        foreach (Type contract in typeof(EveryEstimatorTests).Assembly.GetTypes())
        {
            if (contract.IsAbstract || !contract.IsSubclassOf(typeof(EstimatorContract))) continue;
            MethodInfo create = typeof(EstimatorContract).GetMethod("CreateEstimator", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(MLContext)])!;
            Note(create.Invoke(Activator.CreateInstance(contract), [new MLContext(1)]), tested);
        }
        string[] missing =
        [
            .. typeof(MLContext).Assembly.GetTypes()
                .Where(type => type is { IsAbstract: false, IsInterface: false } && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>)))
                .Where(type => !tested.Contains(type) && !Excepted.ContainsKey(type.Name)).Select(type => type.Name).Order(StringComparer.Ordinal),
        ];
        Assert.True(missing.Length == 0, $"No contract makes these estimators: {string.Join(", ", missing)}.");
    }

    /// <summary>Notes an estimator, or the links of a chain.</summary>
    private static void Note(object? estimator, HashSet<Type> tested)
    {
        Type type = estimator!.GetType();
        if (!type.Name.StartsWith("EstimatorChain", StringComparison.Ordinal))
        {
            tested.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
            return;
        }
        var links = (Array)type.GetField("_links", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(estimator)!;
        foreach (object link in links) Note(link.GetType().GetProperty("Estimator", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(link), tested);
    }
}
