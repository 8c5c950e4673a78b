using System.Text;
using MLPipelines.Data;
using MLPipelines.Drift;
using MLPipelines.Persistence;

namespace MLPipelines.Tests.Metrics.Drift;

public class ColumnDriftTests
{
    private static DriftCounts Counts(string kind, Action<SketchBuilder> fill)
    {
        var builder = new SketchBuilder("x", kind);
        fill(builder);
        return DriftCounts.For(builder.ToSketch())!;
    }

    [Fact]
    public void Numbers_like_those_of_training_do_not_drift_and_others_do()
    {
        DriftCounts counts = Counts("number", builder =>
        {
            for (int i = 0; i < 10_000; i++) builder.AddNumber(i * 7919 % 10_007);
        });
        for (int i = 0; i < 1000; i++) counts.AddNumber(i * 7901 % 10_007);
        Assert.Equal("none", counts.Compare().Level);
        Assert.InRange(counts.Compare().Index, 0, 0.03);
        counts.Clear();
        for (int i = 0; i < 1000; i++) counts.AddNumber(3000 + i * 7901 % 10_007);
        ColumnDrift moved = counts.Compare();
        Assert.Equal("large", moved.Level);
        // All tenths above 3,000 as before, 3 empty ones, and 3 tenths more at the end:
        //   e = np.full(10, 1000); a = np.r_[0, 0, 0, [100] * 6, 400]; psi(e, a)
        Assert.InRange(moved.Index, 1.5, 2.3);
    }

    [Fact]
    public void Missing_values_are_a_bin_of_their_own()
    {
        DriftCounts counts = Counts("number", builder =>
        {
            for (int i = 0; i < 1000; i++) builder.AddNumber(i % 2);
        });
        for (int i = 0; i < 300; i++) counts.AddNumber(i % 2);
        for (int i = 0; i < 100; i++) counts.AddMissing();
        ColumnDrift drift = counts.Compare();
        Assert.Equal((0.25, 0.0, 400L), (drift.MissingShare, drift.TrainedMissingShare, drift.Rows));
        // psi([500, 500, 0], [150, 150, 100]) by the lines in PopulationStabilityTests.
        Assert.Equal(1.62, drift.Index, 0.1);
    }

    [Fact]
    public void Categories_that_training_did_not_see_are_counted()
    {
        DriftCounts counts = Counts("category", builder =>
        {
            for (int i = 0; i < 1000; i++) builder.AddText(i % 3 == 0 ? "no" : "yes");
        });
        for (int i = 0; i < 90; i++) counts.AddText(i % 3 == 0 ? "no" : "yes");
        Assert.Equal((0.0, "none"), (counts.Compare().UnseenShare, counts.Compare().Level));
        for (int i = 0; i < 10; i++) counts.AddText("perhaps");
        Assert.Equal(0.1, counts.Compare().UnseenShare, 12);
        for (int i = 0; i < 100; i++) counts.AddText("perhaps");
        Assert.Equal("large", counts.Compare().Level);
    }

    [Fact]
    public void Rare_categories_that_are_not_listed_are_known_all_the_same()
    {
        DriftCounts counts = Counts("category", builder =>
        {
            for (int i = 0; i < 3000; i++) builder.AddText($"city {i % 1000}");
        });
        for (int i = 0; i < 1000; i++) counts.AddText($"city {i}");
        Assert.Equal(0, counts.Compare().UnseenShare);
        Assert.Equal("none", counts.Compare().Level);
        counts.Clear();
        for (int i = 0; i < 1000; i++) counts.AddText($"village {i}");
        // At most 1 of 30 is taken for a known one.
        Assert.InRange(counts.Compare().UnseenShare, 0.95, 1);
    }

    [Fact]
    public void Other_words_at_the_same_lengths_are_a_drift()
    {
        DriftCounts counts = Counts("text", builder =>
        {
            for (int i = 0; i < 2000; i++) builder.AddText($"my parcel {i % 50} has not come and i want it");
        });
        for (int i = 0; i < 200; i++) counts.AddText($"my parcel {i % 50} has not come and i want it");
        Assert.Equal("none", counts.Compare().Level);
        counts.Clear();
        for (int i = 0; i < 200; i++) counts.AddText("mein paket ist noch nicht da und ich brauche es");
        Assert.Equal("large", counts.Compare().Level);
        Assert.InRange(counts.Compare().UnseenShare, 0.9, 1);
    }

    [Fact]
    public void Time_that_moves_on_is_no_drift()
    {
        DriftCounts counts = Counts("date", builder =>
        {
            for (int i = 0; i < 1000; i++) builder.AddNumber(i);
        });
        for (int i = 0; i < 100; i++) counts.AddNumber(5000 + i);
        Assert.Equal("none", counts.Compare().Level);
    }

    [Fact]
    public void Sketches_that_do_not_hold_together_are_left_out()
    {
        var good = new ColumnSketch { Name = "x", Kind = "number", Rows = 2, Missing = 0, Edges = [1], Counts = [1, 1] };
        Assert.NotNull(DriftCounts.For(good));
        Assert.Null(DriftCounts.For(good with { Counts = [1] }));
        Assert.Null(DriftCounts.For(good with { Edges = [2, 1], Counts = [1, 1, 0] }));
        Assert.Null(DriftCounts.For(good with { Kind = "of a later version" }));
        Assert.Null(DriftCounts.For(good with { Missing = 3 }));
        Assert.Null(HashSetSketch.Parse("no base64!"));
        Assert.Null(HashSetSketch.Parse("AAAA"));
    }

    [Fact]
    public void A_model_file_keeps_its_profile()
    {
        var builder = new SketchBuilder("Größe", "number");
        for (int i = 0; i < 500; i++) builder.AddNumber(i);
        var manifest = new ModelManifest
        {
            Format = 1, Library = "0", Input = [], Output = [], Chain = [], Entries = [],
            Training = new TrainingRecord { Profile = new DataProfile { Inputs = [builder.ToSketch()], OutputsOf = "test" } },
        };
        byte[] json = manifest.ToJson();
        DataProfile read = ModelManifest.Parse(json).Training!.Profile!;
        Assert.Equal("Größe", read.Inputs[0].Name);
        Assert.NotNull(DriftCounts.For(read.Inputs[0]));
        // What a later version adds is passed over; a file without a profile is read as before.
        string later = Encoding.UTF8.GetString(json).Replace("\"outputsOf\"", "\"later\": [1], \"outputsOf\"", StringComparison.Ordinal);
        Assert.Equal("test", ModelManifest.Parse(Encoding.UTF8.GetBytes(later)).Training!.Profile!.OutputsOf);
        Assert.Null(ModelManifest.Parse((manifest with { Training = new TrainingRecord() }).ToJson()).Training!.Profile);
        Assert.Throws<System.Text.Json.JsonException>(() => ModelManifest.Parse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Replace("\"outputs\": []", "\"outputs\": [null]", StringComparison.Ordinal))));
    }
}
