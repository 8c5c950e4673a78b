using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Tests.Cpu.Maths;

/// <summary>The greatest errors of functions of lanes, in units of the last place, against double precision.</summary>
public unsafe class LanesMathTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData("exp", -87, 88.7, 1.0)]
    [InlineData("exp", -1, 1, 1.0)]
    [InlineData("log", 1e-30, 1e-3, 1.0)]
    [InlineData("log", 0.4, 3, 1.2)]
    [InlineData("log", 1, 1e30, 1.0)]
    [InlineData("tanh", -0.7, 0.7, 1.5)]
    [InlineData("tanh", -10, 10, 1.5)]
    [InlineData("sigmoid", -80, 20, 2.5)]
    [InlineData("erf", -1.1, 1.1, 1.5)]
    [InlineData("erf", -5, 5, 1.5)]
    public void Errors_are_within_units_of_the_last_place(string function, double low, double high, double most)
    {
        using Numbers x = new(1, Count, (float)low, (float)high), y = new(2, Count);
        foreach (KernelWidth width in Widths.All)
        {
            using var forced = KernelWidths.Force(width);
            Apply(function, x, y);
            double worst = 0;
            int at = 0;
            for (int i = 0; i < Count; i++)
            {
                double expected = Exact(function, x[i]), error = Math.Abs(y[i] - expected) / Math.Max(Unit((float)expected), float.Epsilon);
                if (error > worst) (worst, at) = (error, i);
            }
            Assert.True(worst <= most, $"{width}: {function}({x[at]:r}) is {y[at]:r}, not {Exact(function, x[at]):r}: {worst:f2} units.");
        }
    }

    [Fact]
    public void Borders_and_what_is_no_number_have_their_values()
    {
        (string Function, float X, float Y)[] table =
        [
            ("exp", 0, 1), ("exp", 89, float.PositiveInfinity), ("exp", float.PositiveInfinity, float.PositiveInfinity), ("exp", float.NegativeInfinity, 0), ("exp", -110, 0), ("exp", float.NaN, float.NaN),
            ("exp", -103, 1.401298e-45f), ("log", 1, 0), ("log", 0, float.NegativeInfinity), ("log", -1, float.NaN), ("log", float.PositiveInfinity, float.PositiveInfinity), ("log", float.NaN, float.NaN),
            ("log", 1e-40f, -92.1034f), ("tanh", 0, 0), ("tanh", 100, 1), ("tanh", float.NegativeInfinity, -1), ("tanh", float.NaN, float.NaN), ("sigmoid", float.NegativeInfinity, 0),
            ("sigmoid", float.PositiveInfinity, 1), ("sigmoid", 0, 0.5f), ("sigmoid", float.NaN, float.NaN), ("erf", 0, 0), ("erf", float.PositiveInfinity, 1), ("erf", -7, -1), ("erf", float.NaN, float.NaN),
        ];
        foreach (KernelWidth width in Widths.All)
        {
            using var forced = KernelWidths.Force(width);
            foreach ((string function, float from, float to) in table)
            {
                using Numbers x = new(1, 17), y = new(2, 17);
                x.Span.Fill(from);
                Apply(function, x, y);
                Assert.All(y.Span.ToArray(), value => Assert.True(value.Equals(to) || MathF.Abs(value - to) <= MathF.Abs(to) * 1e-6f, $"{width}: {function}({from}) is {value}, not {to}."));
            }
        }
    }

    private static void Apply(string function, Numbers x, Numbers y)
    {
        switch (function)
        {
            case "exp": UnaryKernels.Run(UnaryFunction.Exp, x.Floats, y.Floats, x.Count); break;
            case "log": UnaryKernels.Run(UnaryFunction.Log, x.Floats, y.Floats, x.Count); break;
            case "tanh": ActivationKernels.Run(Activation.Tanh, x.Floats, y.Floats, x.Count); break;
            case "sigmoid": ActivationKernels.Run(Activation.Sigmoid, x.Floats, y.Floats, x.Count); break;
            default: Erf(x, y); break;
        }
    }

    // It is only used within GELU.
    private static void Erf(Numbers x, Numbers y)
    {
        switch (KernelWidths.Current)
        {
            case KernelWidth.V512: Erf<Lanes16>(x, y); break;
            case KernelWidth.V256: Erf<Lanes8>(x, y); break;
            default: Erf<Lanes1>(x, y); break;
        }
    }

    private static void Erf<T>(Numbers x, Numbers y)
        where T : unmanaged, ILanes<T>
    {
        for (int i = 0; i < x.Count; i += T.Count) T.Store(LanesMath.Erf(T.Load(x.Floats + i, x.Count - i)), y.Floats + i, x.Count - i);
    }

    private static double Exact(string function, double x) => function switch
    {
        "exp" => Math.Exp(x),
        "log" => Math.Log(x),
        "tanh" => Math.Tanh(x),
        "sigmoid" => 1 / (1 + Math.Exp(-x)),
        _ => Functions.Erf(x),
    };

    private static double Unit(float value) => Math.Abs((double)MathF.BitIncrement(MathF.Abs(value)) - MathF.Abs(value));
}
