using MLPipelines.Data;
using static MLPipelines.Transforms.ExpressionFunction;
using Chars = System.ReadOnlyMemory<char>;

namespace MLPipelines.Transforms;

/// <summary>The functions of the expression language. Of several forms of a function, the first one that the arguments fit is used.</summary>
internal static class ExpressionFunctions
{
    private static readonly Dictionary<string, ExpressionFunction[]> All = Table();

    internal static ExpressionValue Bind(CallSyntax call, ExpressionValue[] arguments)
    {
        if (!All.TryGetValue(call.Name, out ExpressionFunction[]? forms))
            throw new ExpressionError(call.Position, $"there is no function '{call.Name}'. The functions are {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}");
        foreach (ExpressionFunction form in forms)
            if (form.Convert(arguments) is { } converted) return form.Bind(converted);
        string found = arguments.Length == 0 ? "nothing" : string.Join(", ", arguments.Select(a => a.Type));
        string expected = string.Join("; or ", forms.Select(form => form.Parameters.Length == 0 ? "nothing" : string.Join(", ", form.Parameters.Select(p => p.ToString()))).Distinct(StringComparer.Ordinal));
        throw new ExpressionError(call.Position, $"'{call.Name}' takes {expected}; found {found}");
    }

    private static Dictionary<string, ExpressionFunction[]> Table()
    {
        var table = new Dictionary<string, ExpressionFunction[]>(StringComparer.Ordinal);
        void Add(string names, params ExpressionFunction[] forms)
        {
            foreach (string name in names.Split(' ')) table.Add(name, forms);
        }
        // Computed as double, whatever the type.
        void Real(string names, Func<double, double> compute) => Add(names, Of((float x) => (float)compute(x)), Of(compute));

        Add("pi", Of(() => Math.PI));
        Add("na", Of((float _) => float.NaN), Of((double _) => double.NaN));
        Add("default", Of((int _) => 0), Of((long _) => 0L), Of((float _) => 0f), Of((double _) => 0d), Of((bool _) => false), Of((Chars _) => default(Chars)));
        Add("abs", Of((int x) => Math.Abs(x)), Of((long x) => Math.Abs(x)), Of((float x) => Math.Abs(x)), Of((double x) => Math.Abs(x)));
        // NaN has no sign and stays.
        Add("sign", Of((int x) => Math.Sign(x)), Of((long x) => (long)Math.Sign(x)), Of((float x) => x > 0 ? 1 : x < 0 ? -1 : x), Of((double x) => x > 0 ? 1 : x < 0 ? -1 : x));
        Real("exp", Math.Exp);
        Real("ln", Math.Log);
        Add("log", Of((float x) => (float)Math.Log(x)), Of((double x) => Math.Log(x)), Of((float x, float b) => (float)Math.Log(x, b)), Of((double x, double b) => Math.Log(x, b)));
        Real("deg degrees", x => x * (180 / Math.PI));
        Real("rad radians", x => x * (Math.PI / 180));
        Real("sin", Math.Sin);
        Real("cos", Math.Cos);
        Real("tan", Math.Tan);
        Real("sind", x => Math.Sin(x * (Math.PI / 180)));
        Real("cosd", x => Math.Cos(x * (Math.PI / 180)));
        Real("tand", x => Math.Tan(x * (Math.PI / 180)));
        Real("asin", Math.Asin);
        Real("acos", Math.Acos);
        Real("atan", Math.Atan);
        Add("atan2 atanyx", Of((float y, float x) => (float)Angle(y, x)), Of<double, double, double>(Angle));
        Real("sinh", Math.Sinh);
        Real("cosh", Math.Cosh);
        Real("tanh", Math.Tanh);
        Real("sqrt", Math.Sqrt);
        Real("trunc truncate", Math.Truncate);
        Real("floor", Math.Floor);
        Real("ceil ceiling", Math.Ceiling);
        Real("round", Math.Round);
        Add("min", Of((int a, int b) => Math.Min(a, b)), Of((long a, long b) => Math.Min(a, b)), Of((float a, float b) => Math.Min(a, b)), Of((double a, double b) => Math.Min(a, b)));
        Add("max", Of((int a, int b) => Math.Max(a, b)), Of((long a, long b) => Math.Max(a, b)), Of((float a, float b) => Math.Max(a, b)), Of((double a, double b) => Math.Max(a, b)));

        Add("len", Of((Chars text) => text.Length));
        Add("lower", Writing<Chars>((result, text) => TextFunctions.Lower(result, text.Span)));
        Add("upper", Writing<Chars>((result, text) => TextFunctions.Upper(result, text.Span)));
        Add("left", Of((Chars text, int end) => text[..TextFunctions.PlaceOf(end, text.Length)]));
        Add("right", Of((Chars text, int start) => text[TextFunctions.PlaceOf(start, text.Length)..]));
        Add("mid", Of<Chars, int, int, Chars>(TextFunctions.Middle));
        Add("concat", new ExpressionFunction([TextDataViewType.Instance], TextFunctions.Concatenate, IsVariable: true));

        Add("isna", Of((float x) => float.IsNaN(x)), Of((double x) => double.IsNaN(x)));
        Add("bool", Same<bool>(), Of<Chars, bool>(TextFunctions.ToBoolean));
        Add("int", Same<int>(), Of((long x) => Convert.ToInt32(x)), Of((float x) => Convert.ToInt32(x)), Of((double x) => Convert.ToInt32(x)),
            Of((bool x) => x ? 1 : 0), Of<Chars, int>(TextFunctions.ToNumber<int>));
        Add("long", Same<long>(), Of((float x) => Convert.ToInt64(x)), Of((double x) => Convert.ToInt64(x)), Of((bool x) => x ? 1L : 0), Of<Chars, long>(TextFunctions.ToNumber<long>));
        Add("float single", Of((int x) => (float)x), Of((long x) => (float)x), Same<float>(), Of((double x) => (float)x), Of((bool x) => x ? 1f : 0), Of<Chars, float>(TextFunctions.ToNumber<float>));
        Add("double", Of((int x) => (double)x), Of((long x) => (double)x), Of((float x) => (double)x), Same<double>(), Of((bool x) => x ? 1d : 0), Of<Chars, double>(TextFunctions.ToNumber<double>));
        Add("text", Writing<int>((result, x) => result.Write(x)), Writing<long>((result, x) => result.Write(x)), Writing<float>((result, x) => result.Write(x)),
            Writing<double>((result, x) => result.Write(x)), Of((bool x) => (x ? "1" : "0").AsMemory()), Same<Chars>());
        return table;
    }

    private static double Angle(double y, double x) => double.IsInfinity(y) && double.IsInfinity(x) ? double.NaN : Math.Atan2(y, x);
}
