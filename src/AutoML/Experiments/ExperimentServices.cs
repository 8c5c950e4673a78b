using System.Diagnostics.CodeAnalysis;

namespace MLPipelines.AutoML;

/// <summary>What the parts of an experiment can ask for: the settings, the rows, the metric, a context of their own, and whatever was set. The last one set wins.</summary>
internal sealed class ExperimentServices : IServiceProvider
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, Func<object>> _services = [];

    internal void Add<T>(T instance) where T : class => _services[typeof(T)] = () => instance;

    /// <summary>Made once, when it is first asked for.</summary>
    internal void AddSingleton<T>(Func<IServiceProvider, T> factory) where T : class
    {
        T? made = null;
        _services[typeof(T)] = () => made ??= factory(this);
    }

    /// <summary>Made whenever it is asked for.</summary>
    internal void AddTransient<T>(Func<IServiceProvider, T> factory) where T : class => _services[typeof(T)] = () => factory(this);

    public object? GetService(Type serviceType)
    {
        lock (_lock) return _services.TryGetValue(serviceType, out Func<object>? make) ? make() : serviceType == typeof(IServiceProvider) ? this : null;
    }

    internal T? Get<T>() where T : class => (T?)GetService(typeof(T));

    internal T Require<T>(string how) where T : class => Get<T>() ?? throw new InvalidOperationException($"The experiment has no {typeof(T).Name}. {how}");

    /// <summary>Makes an object with its constructor that asks for most and gets everything that it asks for.</summary>
    internal static T Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(IServiceProvider services) where T : class
    {
        foreach (var constructor in typeof(T).GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length))
        {
            object?[] arguments = [.. constructor.GetParameters().Select(parameter => services.GetService(parameter.ParameterType) ?? (parameter.HasDefaultValue ? parameter.DefaultValue : DBNull.Value))];
            if (Array.IndexOf(arguments, DBNull.Value) < 0) return (T)constructor.Invoke(arguments);
        }
        throw new InvalidOperationException($"{typeof(T).Name} has no public constructor whose arguments the experiment has. "
            + "It has MLContext, AutoMLExperimentSettings, SearchSpace, IDatasetManager, IMetricManager, IEvaluateMetricManager, SweepablePipeline, IMonitor and ITuner, where they were set.");
    }
}
