namespace MLPipelines.Architecture.Tests;

public class LayerTests
{
    private static readonly IReadOnlyDictionary<string, string> Code =
        Repository.Files("*.cs", "src/Pipelines").ToDictionary(file => file, file => CodeText.Of(Repository.Read(file)), StringComparer.Ordinal);

    [Fact]
    public void Every_folder_of_Pipelines_is_a_layer() =>
        Assert.Equal(LayerRules.Below.Keys.Order(StringComparer.Ordinal), Code.Keys.Select(LayerRules.LayerOf).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_layer_uses_itself_and_those_below_only()
    {
        string[] violations = [.. LayerRules.Violations(Code).Select(violation => violation.ToString())];
        Assert.True(violations.Length == 0, $"Move the file or turn the dependence round:\n{string.Join('\n', violations)}");
    }

    [Fact]
    public void Only_catalogs_are_spread_over_layers()
    {
        var spread = LayerRules.Declarations(Code).Where(type => type.Count() > 1).Select(type => type.Key);
        Assert.Empty(spread.Except(LayerRules.SpreadCatalogs));
    }

    [Theory]
    [InlineData("Data", "Core", true)]
    [InlineData("Core", "Data", false)]
    [InlineData("Core", "Trainers", true)]
    [InlineData("Transforms", "Trainers", true)]
    [InlineData("Trainers", "Persistence", true)]
    [InlineData("Persistence", "Metrics", false)]
    public void The_check_sees_a_use(string user, string used, bool isViolation)
    {
        var code = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"src/Pipelines/{used}/Used.cs"] = "namespace N;\ninternal readonly record struct Used(int A);",
            [$"src/Pipelines/{user}/User.cs"] = "namespace N;\npublic class User\n{\n    private class Used2;\n    private Used _field;\n}",
        };
        LayerViolation[] expected = isViolation ? [new LayerViolation($"src/Pipelines/{user}/User.cs", 5, "Used", used)] : [];
        Assert.Equal(expected, LayerRules.Violations(code));
    }

    [Theory]
    [InlineData("public double Used { get; }\n    public double Twice => 2 * Used;", false)]
    [InlineData("private VectorColumn<float> Used<TKey>(int a) => Used<TKey>(a - 1);", false)]
    [InlineData("private readonly object _used = new Used();", true)]
    [InlineData("private static bool Is(object other) => other is Used { A: 1 };", true)]
    [InlineData("private static Used Create(Used used) => used;", true)]
    public void A_member_may_be_called_as_a_type_elsewhere(string member, bool isViolation)
    {
        var code = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["src/Pipelines/Trainers/Used.cs"] = "namespace N;\ninternal readonly record struct Used(int A);",
            ["src/Pipelines/Metrics/User.cs"] = $"namespace N;\npublic class User\n{{\n    {member}\n}}",
        };
        Assert.Equal(isViolation, LayerRules.Violations(code).Any());
    }

    [Theory]
    [InlineData("public class A { }", "A")]
    [InlineData("public sealed partial class A<T> : B where T : class where U : B;", "A")]
    [InlineData("public delegate void A<T>(ref T value);", "A")]
    [InlineData("public enum A\n{\n    B\n}", "A")]
    [InlineData("internal readonly ref struct A;\ninternal record B(int C);\ninternal interface C { interface D; }", "A B C")]
    [InlineData("static class A { delegate (int, int) B(int c); }", "A")]
    public void Declarations_are_those_of_the_top_level(string code, string expected)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["src/Pipelines/Data/X.cs"] = code };
        Assert.Equal(expected.Split(' '), LayerRules.Declarations(files).Select(type => type.Key));
    }
}
