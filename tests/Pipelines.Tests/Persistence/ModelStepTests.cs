using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MLPipelines.Calibrators;
using MLPipelines.Data;
using MLPipelines.Persistence;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Persistence;

public class ModelStepTests
{
    /// <summary>A kind of step that can be saved and not loaded would be noticed by a user, in production.</summary>
    [Fact]
    public void Every_kind_of_step_has_a_loader()
    {
        foreach (Type type in typeof(IModelStep).Assembly.GetTypes())
        {
            if (type.IsAbstract || !typeof(IModelStep).IsAssignableFrom(type)) continue;
            Type step = type.ContainsGenericParameters ? type.MakeGenericType([.. type.GetGenericArguments().Select(Argument)]) : type;
            string? id = ((IModelStep)RuntimeHelpers.GetUninitializedObject(step)).TypeId;
            if (id is null) continue; // Kept in a field: found by its own tests.
            Assert.True(ModelStepTable.Find(id) is not null, $"{type.Name}: no loader for '{id}' in {nameof(ModelStepTable)}.");
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", id);
        }

        static Type Argument(Type parameter) =>
            parameter.GetGenericParameterConstraints().Contains(typeof(ICalibrator)) ? typeof(PlattCalibrator)
            : parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) ? typeof(object)
            : typeof(QuantizedLinearModel);
    }

    [Fact]
    public void A_step_of_another_assembly_can_be_registered()
    {
        var kind = new ModelStepKind("test-identity", 3, _ => new TransformerChain<ITransformer>());
        ModelStepTable.Register(kind);
        ModelStepTable.Register(kind);
        Assert.Same(kind, ModelStepTable.Find("test-identity"));
        Assert.Throws<ArgumentException>(() => ModelStepTable.Register(kind with { NewestVersion = 4 }));
        Assert.Throws<ArgumentException>(() => ModelStepTable.Register(new ModelStepKind("text-vectorizer", 1, kind.Load)));
    }

    [Fact]
    public void Key_values_of_every_type_survive()
    {
        Check(TextDataViewType.Instance, "a".AsMemory(), "".AsMemory(), "two\nlines \\".AsMemory(), "退款".AsMemory(), "half \uD83D".AsMemory());
        Check(BooleanDataViewType.Instance, true, false);
        Check(NumberDataViewType.Single, float.NaN, -0f, float.Epsilon, float.PositiveInfinity, 0.1f);
        Check(NumberDataViewType.Double, double.NaN, -0.0, double.Epsilon, 0.1);
        Check(NumberDataViewType.SByte, sbyte.MinValue, sbyte.MaxValue);
        Check(NumberDataViewType.Byte, byte.MinValue, byte.MaxValue);
        Check(NumberDataViewType.Int16, short.MinValue, short.MaxValue);
        Check(NumberDataViewType.UInt16, ushort.MinValue, ushort.MaxValue);
        Check(NumberDataViewType.Int32, int.MinValue, int.MaxValue);
        Check(NumberDataViewType.UInt32, uint.MinValue, uint.MaxValue);
        Check(NumberDataViewType.Int64, long.MinValue, long.MaxValue);
        Check(NumberDataViewType.UInt64, ulong.MinValue, ulong.MaxValue);
        Check(DateTimeDataViewType.Instance, DateTime.MinValue, new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Unspecified));
        Check(TimeSpanDataViewType.Instance, TimeSpan.MinValue, TimeSpan.FromTicks(1));
        Check(DateTimeOffsetDataViewType.Instance, DateTimeOffset.MaxValue, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromMinutes(-90)));
        Check(new KeyDataViewType(typeof(uint), 7), 1u, 7u);
        Check(new KeyDataViewType(typeof(byte), 7), (byte)1, (byte)7);

        static void Check<T>(PrimitiveDataViewType type, params T[] values)
        {
            var entries = new Dictionary<string, byte[]>();
            var parameters = new JsonObject();
            new KeyValues<T>(type, values).Save(new StepPartsWriter("s", parameters, entries));
            var loaded = (KeyValues<T>)KeyValues.Load(new StepPartsReader("m", "s", 1, Reread(parameters), entries));
            Assert.Equal(type, loaded.Type);
            Assert.Equal(values.Length, loaded.Count);
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] is ReadOnlyMemory<char> text) Assert.Equal(text.ToString(), loaded.TextOf(i));
                else if (values[i] is float number) Assert.Equal(BitConverter.SingleToUInt32Bits(number), BitConverter.SingleToUInt32Bits((float)(object)loaded.Values[i]!));
                else if (values[i] is DateTimeOffset time) Assert.True(time.EqualsExact((DateTimeOffset)(object)loaded.Values[i]!));
                else Assert.Equal(values[i], loaded.Values[i]);
            }
        }
    }

    [Fact]
    public void Numbers_survive_bit_for_bit()
    {
        var floats = FsCheck.Fluent.Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle);
        Prop.ForAll(floats.ToArbitrary(), value =>
        {
            float read = (float)RoundTrip(value).GetDouble("x");
            Assert.True(read.Equals(value) && float.IsNegative(read) == float.IsNegative(value) || float.IsNaN(value));
        }).QuickCheckThrowOnFailure();
        foreach (double value in new[] { 0.1, -0.0, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(RoundTrip(value).GetDouble("x")));
            Assert.Equal([value, 1], RoundTrip(new[] { value, 1 }).GetDoubles("x"));
        }
        Assert.Equal(int.MinValue, RoundTrip(int.MinValue).GetInt32("x"));
        Assert.Equal([1, -2], RoundTrip(new[] { 1, -2 }).GetInt32s("x"));
        Assert.Equal(["a\n", "退", ""], RoundTrip(new[] { "a\n", "退", "" }).GetStrings("x"));
        Assert.True(RoundTrip(true).GetBoolean("x"));
        Assert.Equal("Friday", RoundTrip(DayOfWeek.Friday).GetString("x"));
        Assert.Null(RoundTrip(null).GetStringOrNull("x"));
        Assert.Null(RoundTrip(1).GetStringOrNull("y"));
        Assert.Throws<NotSupportedException>(() => RoundTrip(new object()));
    }

    [Fact]
    public void Parts_of_a_step_do_not_collide()
    {
        var entries = new Dictionary<string, byte[]>();
        var parameters = new JsonObject();
        var writer = new StepPartsWriter("s", parameters, entries);
        foreach (ModelStepWriter part in new[] { writer, writer.Section("a"), writer.Section("b"), writer.Section("a-b").Section("c") })
        {
            part.Set("n", entries.Count);
            part.WriteArray<int>("n", [entries.Count], 1);
        }
        var reader = new StepPartsReader("m", "s", 1, Reread(parameters), entries);
        ModelStepReader[] parts = [reader, reader.Section("a"), reader.Section("b"), reader.Section("a-b").Section("c")];
        for (int i = 0; i < parts.Length; i++)
        {
            Assert.Equal(i, parts[i].GetInt32("n"));
            Assert.Equal([i], parts[i].ReadArray<int>("n", 1));
        }
        Assert.True(reader.Has("a") && !reader.Has("c"));
    }

    private static StepPartsReader RoundTrip(object? value)
    {
        var parameters = new JsonObject();
        new StepPartsWriter("s", parameters, []).Set("x", value);
        return new StepPartsReader("m", "s", 1, Reread(parameters), new Dictionary<string, byte[]>());
    }

    private static JsonObject Reread(JsonObject parameters) => JsonNode.Parse(parameters.ToJsonString())!.AsObject();
}
