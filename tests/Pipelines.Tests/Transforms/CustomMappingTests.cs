using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public sealed class CustomMappingTests
{
    private readonly MLContext _context = new(seed: 1);

    private sealed class Person
    {
        public float Age { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class Group
    {
        public bool IsUnderThirty { get; set; }

        public string Note { get; set; } = "none";

        [VectorType(2)]
        public float[] Both { get; set; } = new float[2];
    }

    private static MemoryView People() => new MemoryView().Add("Age", 26f, 35, 34, 28).AddText("Name", "Ann", "Bob", "", "Dan");

    private static void Map(Person person, Group group)
    {
        group.IsUnderThirty = person.Age < 30;
        if (person.Name.Length > 0) group.Note = person.Name;
        group.Both = [person.Age, -person.Age];
    }

    [Fact]
    public void Columns_are_what_the_code_sets()
    {
        IDataView result = _context.Transforms.CustomMapping<Person, Group>(Map, contractName: null).Fit(People()).Transform(People());
        Assert.Equal([true, false, false, true], ViewContents.Values<bool>(result, "IsUnderThirty"));
        Assert.Equal([[26f, -26], [35, -35], [34, -34], [28, -28]], ViewContents.Vectors<float>(result, "Both"));
        Assert.Equal(["Ann", "Bob", "", "Dan"], ViewContents.Texts(result, "Name"));
    }

    [Fact]
    public void What_the_code_does_not_set_is_as_in_a_new_object()
    {
        IDataView result = _context.Transforms.CustomMapping<Person, Group>(Map, contractName: null).Fit(People()).Transform(People());
        Assert.Equal(["Ann", "Bob", "none", "Dan"], ViewContents.Texts(result, "Note"));
    }

    [Fact]
    public void The_code_runs_once_per_row_and_only_for_columns_that_are_read()
    {
        int calls = 0;
        var transformer = _context.Transforms.CustomMapping<Person, Group>((_, _) => calls++, contractName: null).Fit(People());
        IDataView result = transformer.Transform(People());
        Assert.Equal(4, ViewContents.Values<float>(result, "Age").Length);
        Assert.Equal(0, calls);
        ViewContents.Read(result);
        Assert.Equal(4, calls);
    }

    [Fact]
    public void Definitions_say_which_columns_members_stand_for()
    {
        var data = new MemoryView().Add("Years", 26f, 35).AddText("Name", "Ann", "Bob");
        var input = SchemaDefinition.Create(typeof(Person));
        input[nameof(Person.Age)]!.ColumnName = "Years";
        var output = SchemaDefinition.Create(typeof(Group));
        output[nameof(Group.IsUnderThirty)]!.ColumnName = "IsYoung";
        var estimator = _context.Transforms.CustomMapping<Person, Group>(Map, contractName: null, input, output);
        Assert.Contains("IsYoung", estimator.GetOutputSchema(SchemaShape.Create(data.Schema)).Select(column => column.Name));
        Assert.Equal([true, false], ViewContents.Values<bool>(estimator.Fit(data).Transform(data), "IsYoung"));
    }

    [Fact]
    public void A_mapping_without_a_contract_cannot_be_saved()
    {
        var transformer = _context.Transforms.CustomMapping<Person, Group>(Map, contractName: null).Fit(People());
        var error = Assert.Throws<InvalidOperationException>(() => _context.Model.Save(transformer, People().Schema, new MemoryStream()));
        Assert.Contains("contractName", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_that_nobody_registered_is_named()
    {
        var stream = new MemoryStream();
        _context.Model.Save(_context.Transforms.CustomMapping<Person, Group>(Map, "nobody").Fit(People()), People().Schema, stream);
        stream.Position = 0;
        var error = Assert.Throws<MLPipelinesException>(() => _context.Model.Load(stream, out _));
        Assert.Contains("'nobody'", error.Message, StringComparison.Ordinal);
        Assert.Contains("RegisterAssembly", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_name_belongs_to_one_class()
    {
        _context.ComponentCatalog.Register<Grouping>("grouping twice");
        _context.ComponentCatalog.Register<Grouping>("grouping twice");
        Assert.Throws<InvalidOperationException>(() => _context.ComponentCatalog.Register<Counting>("grouping twice"));
    }

    [Fact]
    public void A_state_goes_from_row_to_row_and_starts_anew_with_each_reading()
    {
        // ML.NET's sample StatefulCustomMapping.cs.
        var data = new MemoryView().Add("Sign", true, true, false, true, false, true, false, false, false);
        var transformer = _context.Transforms.StatefulCustomMapping<Signed, Fibonacci, State>((row, result, state) =>
        {
            long next = state.Prev2 + state.Prev;
            result.SignedFibonacci = row.Sign ? next : -next;
            (state.Prev2, state.Prev) = (state.Prev, next);
        }, state => (state.Prev2, state.Prev) = (0, 1), contractName: null).Fit(data);
        IDataView result = transformer.Transform(data);
        for (int reading = 0; reading < 2; reading++)
            Assert.Equal([1L, 2, -3, 5, -8, 13, -21, -34, -55], ViewContents.Values<long>(result, "SignedFibonacci"));
        Assert.False(transformer.IsRowToRowMapper);
    }

    [Fact]
    public void A_mapping_with_a_state_can_be_saved_and_loaded()
    {
        _context.ComponentCatalog.RegisterAssembly(typeof(Counting).Assembly);
        var data = new MemoryView().Add("Sign", true, false, true);
        var counting = new Counting();
        var stream = new MemoryStream();
        _context.Model.Save(_context.Transforms.StatefulCustomMapping(counting.GetMapping(), counting.GetStateInitAction(), "counting").Fit(data), data.Schema, stream);
        stream.Position = 0;
        Assert.Equal([1L, 2, 3], ViewContents.Values<long>(_context.Model.Load(stream, out _).Transform(data), "SignedFibonacci"));
    }

    private sealed class Signed
    {
        public bool Sign { get; set; }
    }

    private sealed class Fibonacci
    {
        public long SignedFibonacci { get; set; }
    }

    private sealed class State
    {
        public long Prev { get; set; }

        public long Prev2 { get; set; }
    }

    [CustomMappingFactoryAttribute("counting")]
    private sealed class Counting : StatefulCustomMappingFactory<Signed, Fibonacci, State>
    {
        public override Action<Signed, Fibonacci, State> GetMapping() => (_, result, state) => result.SignedFibonacci = ++state.Prev;

        public override Action<State> GetStateInitAction() => state => state.Prev = 0;
    }

    [CustomMappingFactoryAttribute("grouping")]
    private sealed class Grouping : CustomMappingFactory<Person, Group>
    {
        public override Action<Person, Group> GetMapping() => Numbered;

        internal static void Numbered(Person person, Group group) => (group.IsUnderThirty, group.Note) = (person.Age < 30, person.Name);
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Age", "Name"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context)
        {
            context.ComponentCatalog.RegisterAssembly(typeof(Grouping).Assembly);
            return context.Transforms.CustomMapping<Person, Group>(Grouping.Numbered, "grouping");
        }

        protected override IDataView CreateData(MLContext context) => People();

        protected override IDataView CreateDataOfWrongType(MLContext context) => People().Without("Age").Add("Age", 1, 2, 3, 4);
    }
}
