namespace MLPipelines.SearchSpace;

/// <summary>The range of a number that a search may set: from <see cref="Min"/> to <see cref="Max"/>, both reached.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, Inherited = false)]
public sealed class RangeAttribute : Attribute
{
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="logBase">Whether equal ratios, not equal differences, are equally far apart; <paramref name="min"/> must then be positive.</param>
    public RangeAttribute(double min, double max, bool logBase = false) => (Min, Max, LogBase) = (min, max, logBase);

    /// <inheritdoc cref="RangeAttribute(double, double, bool)"/>
    public RangeAttribute(double min, double max, double init, bool logBase = false) => (Min, Max, Init, LogBase) = (min, max, init, logBase);

    /// <inheritdoc cref="RangeAttribute(double, double, bool)"/>
    public RangeAttribute(int min, int max, bool logBase = false) => (Min, Max, LogBase) = (min, max, logBase);

    /// <inheritdoc cref="RangeAttribute(double, double, bool)"/>
    public RangeAttribute(int min, int max, int init, bool logBase = false) => (Min, Max, Init, LogBase) = (min, max, init, logBase);

    /// <inheritdoc cref="RangeAttribute(double, double, bool)"/>
    public RangeAttribute(float min, float max, bool logBase = false) => (Min, Max, LogBase) = (min, max, logBase);

    /// <inheritdoc cref="RangeAttribute(double, double, bool)"/>
    public RangeAttribute(float min, float max, float init, bool logBase = false) => (Min, Max, Init, LogBase) = (min, max, init, logBase);

    public object Min { get; }

    public object Max { get; }

    /// <summary>Where a search starts; <see langword="null"/> for the least value.</summary>
    public object? Init { get; }

    public bool LogBase { get; }
}

/// <summary>The values that a search may choose among.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, Inherited = false)]
public sealed class ChoiceAttribute : Attribute
{
    /// <param name="candidates">Values of one type; a search starts at the first.</param>
    public ChoiceAttribute(params object[] candidates) => Candidates = candidates;

    /// <param name="candidates">Values of one type.</param>
    /// <param name="defaultValue">Where a search starts.</param>
    public ChoiceAttribute(object[] candidates, object? defaultValue) => (Candidates, DefaultValue) = (candidates, defaultValue);

    public object[] Candidates { get; }

    /// <summary>Where a search starts; <see langword="null"/> for the first candidate.</summary>
    public object? DefaultValue { get; }
}

/// <summary>A search may set this to true or false.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, Inherited = false)]
public sealed class BooleanChoiceAttribute : Attribute
{
    public BooleanChoiceAttribute() : this(true) { }

    /// <param name="defaultValue">Where a search starts.</param>
    public BooleanChoiceAttribute(bool defaultValue) => DefaultValue = defaultValue;

    public bool DefaultValue { get; }
}

/// <summary>An object whose own members carry what a search may set.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, Inherited = false)]
public sealed class NestOptionAttribute : Attribute;
