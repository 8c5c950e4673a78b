using MLPipelines.Data;
using static MLPipelines.Tests.Persistence.MLNet.HandMade;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>Small models written by hand, and what they predict. Expected numbers are computed by hand from the payloads.</summary>
public sealed class ModelReaderTests
{
    [Fact]
    public void Linear_models_predict_from_weights_that_are_all_stored_or_not()
    {
        Assert.Equal(14f, Predict("RegressionPredXfer", Linear("LinearRegressionExec", 0x00020001, 1, 2, 3))[0]);
        // Only the second of two weights is stored.
        Assert.Equal(10f, Predict("RegressionPredXfer", new ComponentWriter("LinearRegressionExec", 0x00020001).Ints(4).Singles(1).Ints(2, 1, 1, 1).Singles(3))[0]);
        Assert.Equal(MathF.Exp(3.5f), (float)Predict("RegressionPredXfer", Linear("PoissonRegressionExec", 0x00020001, 0, 1, 0.5f))[0], 1e-4f);
    }

    [Theory]
    [InlineData("CaliPredExec")]
    [InlineData("FeatWCaliPredExec")]
    [InlineData("PMixCaliPredExec")]
    [InlineData("SchemaBindableCalibrated")]
    public void A_calibrated_model_has_a_probability(string loader)
    {
        var calibrated = new ComponentWriter(loader, 0x00010001).Inner("Predictor", Linear("Linear2CExec", 0x00020002, 0, 1, 0)).Inner("Calibrator", new ComponentWriter("PlattCaliExec", 0x00010001).Doubles(-1, 0));
        object[] found = Predict("BinaryPredXfer", calibrated, component => component.Singles(0).Names("Score"), ["Score", "PredictedLabel", "Probability"]);
        Assert.Equal((2f, true), ((float)found[0], (bool)found[1]));
        Assert.Equal(1 / (1 + Math.Exp(-2)), (float)found[2], 1e-6);
    }

    [Fact]
    public void Classes_have_the_softmax_of_their_scores_and_the_meanings_of_labels()
    {
        // Two classes of two features, the second class stored sparse: weights 1 0 and 0 1.
        var model = new ComponentWriter("MultiClassLRExec", 0x00010003).Ints(4, 2, 2).Singles(0, 0).Ints(3, 0, 1, 2, 2, 0, 1, 2).Singles(1, 1);
        var label = new KeyDataViewType(typeof(uint), 2);
        var trained = new DataViewSchema.Builder();
        trained.AddColumn("Features", Two, null);
        trained.AddColumn("Label", label, new KeyValues<ReadOnlyMemory<char>>(TextDataViewType.Instance, ["cat".AsMemory(), "dog".AsMemory()]).ToAnnotations());
        var step = Component("MulticlassPredXfer", 1).Names("Features", "Label").Inner("Model", model).Entry("TrainSchema", ComponentWriter.Columns(trained.ToSchema()));
        object[] found = Answer(["Score", "PredictedLabel", "text"], [("Features", new[] { 2f, 3f })], step, Component("KeyToValueTransform", 1).Pair("text", "PredictedLabel"));
        Assert.Equal([1 / (1 + MathF.E), MathF.E / (1 + MathF.E)], (float[])found[0], Close);
        Assert.Equal((2u, "dog"), ((uint)found[1], (string)found[2]));
    }

    [Fact]
    public void Linear_functions_of_classes_have_scores_as_they_come_out() =>
        // All weights are stored, class after class: 1 0 and 0 1; the second class has the bias 1.
        Same([2f, 4f], Predict("MulticlassPredXfer", new ComponentWriter("MulticlassLinear", 0x00010001).Ints(4, 2, 2).Singles(0, 1).Ints(0, 0, 4).Singles(1, 0, 0, 1), component => component.Ints(-1))[0]);

    [Fact]
    public void One_model_per_class_is_scored_as_the_file_says()
    {
        var all = new ComponentWriter("OVAExec", 0x00010001).Ints(4).Bytes(0).Ints(2)
            .Inner("SubPredictor_000", Linear("Linear2CExec", 0x00020002, 0, 1, 0)).Inner("SubPredictor_001", Linear("Linear2CExec", 0x00020002, 0, 0, 1));
        Same([2f, 3f], Predict("MulticlassPredXfer", all, component => component.Ints(-1))[0]);
    }

    [Fact]
    public void Trees_ask_about_numbers_categories_and_what_is_missing()
    {
        // One leaf pair at x₀ ≤ 2, a missing value counting as 1; and one at the category of slot 1.
        var model = new ComponentWriter("FastTreeRegressionExec", 0x00010005).Ints(4, 2)
            .Bytes(0).Ints(2).Doubles(0, 1).Ints(1, ~0, 1, ~1, 1, 0).Ints(0).Ints(0).Ints(1).Singles(2).Ints(1).Singles(1).Ints(2).Doubles(10, 20).Ints(0, 0, 0)
            .Bytes(0).Ints(2).Doubles(0, 1).Ints(1, ~0, 1, ~1, 1, 1).Ints(1, 0).Ints(1, 1).Ints(1, 1).Ints(0).Ints(1).Singles(0).Ints(0).Ints(2).Doubles(100, 200).Ints(0, 0, 0)
            .Doubles(0).Ints(-1, -1, 2);
        Assert.Equal(210f, Predict("RegressionPredXfer", model)[0]);
        Assert.Equal(120f, Predict("RegressionPredXfer", model, values: [3, 0])[0]);
        Assert.Equal(110f, Predict("RegressionPredXfer", model, values: [float.NaN, 0])[0]);
    }

    [Fact]
    public void Every_kind_of_trees_is_read()
    {
        foreach (var (loader, version, expected) in new[]
        {
            ("FastTreeRegressionExec", 0x00010005u, 3f), ("FastTreeRankerExec", 0x00010005u, 3f), ("FastTreeTweedieExec", 0x00010003u, MathF.Exp(3)), ("LightGBMRegressionExec", 0x00010005u, 3f), ("LightGBMRankerExec", 0x00010005u, 3f),
        })
            Assert.Equal(expected, (float)Predict(loader.Contains("Rank", StringComparison.Ordinal) ? "RankingPredXfer" : "RegressionPredXfer", Leaves(loader, version, 0, 1, 2))[0], 1e-5f);
        foreach (var (loader, version, kind) in new[] { ("FastTreeBinaryExec", 0x00010005u, (byte)0), ("LightGBMBinaryExec", 0x00010005u, (byte)0), ("FastForestBinaryExec", 0x00010006u, (byte)2) })
            Assert.Equal(3f, (float)Predict("BinaryPredXfer", Leaves(loader, version, kind, 1, 2), component => component.Singles(0).Names("Score"))[0], 1e-5f);
    }

    [Fact]
    public void Functions_of_single_features_are_added_up()
    {
        // Feature 1 has the function 5 up to 2 and 7 above; the intercept is 1.
        var model = new ComponentWriter("RegressionGamPredictor", 0x00010002).Ints(1, 2).Doubles(1).Ints(2).Doubles(5, 7).Doubles(2, double.PositiveInfinity).Ints(1, 1, 0);
        Assert.Equal(8f, Predict("RegressionPredXfer", model)[0]);
        var two = new ComponentWriter("BinaryClassGamPredictor", 0x00010002).Ints(1, 2).Doubles(1).Ints(2).Doubles(5, 7).Doubles(2, double.PositiveInfinity).Ints(1, 1, 0);
        Assert.Equal(8f, Predict("BinaryPredXfer", two, component => component.Singles(0).Names("Score"))[0]);
    }

    [Fact]
    public void Clusters_have_squared_distances()
    {
        // The centres (2, 3), and (0, 1) of which only the second number is stored.
        var model = new ComponentWriter("KMeansPredictor", 0x00010002).Ints(4, 2, 2, 2).Singles(2, 3).Ints(1, 1).Singles(1);
        object[] found = Predict("ClusteringPredXfer", model, names: ["Score", "PredictedLabel"]);
        Assert.Equal([0f, 8f], (float[])found[0], Close);
        Assert.Equal(1u, found[1]);
    }

    [Fact]
    public void Directions_tell_what_they_do_not_explain()
    {
        // (2, 3) without the direction (0, 1): 2 of √13.
        var model = new ComponentWriter("pcaAnomExec", 0x00010001).Ints(4, 2, 1).Bytes(0).Singles(0, 1);
        Assert.Equal(2 / Math.Sqrt(13), (float)Predict("AnomalyPredXfer", model, component => component.Singles(0.5f).Names("Score"))[0], 1e-6);
    }

    [Fact]
    public void Counts_of_features_make_a_naive_Bayes_model()
    {
        // Of two classes 1 and 3 examples have the features 1 0 and 0 3 times, in four bytes.
        var model = new ComponentWriter("MultiClassNaiveBayesPred", 0x00010001).Ints(4, 2, 1, 3, 2, 1, 0, 0, 3).Doubles(0, 0);
        object[] found = Predict("MulticlassPredXfer", model, component => component.Ints(-1));
        // log(1/4) + log(2/3) + log(1/3), and log(3/4) + log(1/5) + log(4/5)
        Assert.Equal([(float)Math.Log(1 / 4.0 * 2 / 3 / 3), (float)Math.Log(3 / 4.0 / 5 * 4 / 5)], (float[])found[0], Close);
    }

    [Fact]
    public void A_matrix_is_the_product_of_its_factors_and_knows_nothing_of_others()
    {
        var key = new KeyDataViewType(typeof(uint), 2);
        var model = new ComponentWriter("MFPredictor", 0x00010002).Ints(2, 2, 1).Singles(2, 3, 5, 7);
        var step = Component("MaFactPredXf", 1).Names("column", "row").Inner("Model", model).Entry("TrainSchema", ComponentWriter.Columns(Schema(("column", key), ("row", key))));
        ITransformer loaded = Load(Schema(("column", key), ("row", key)), step);
        Assert.Equal(14f, Score(loaded, 1, 2));
        Assert.True(float.IsNaN(Score(loaded, 0, 2)));

        float Score(ITransformer transformer, uint row, uint column)
        {
            var columns = new ValueColumn<uint>();
            var rows = new ValueColumn<uint>();
            columns.Append(column);
            rows.Append(row);
            BatchView view = BatchView.Of(transformer.Transform(new BlockView(Schema(("column", key), ("row", key)), [[columns, rows]])));
            return ((ValueColumn<float>)view.ReadColumns(view.Schema["Score"].Index)[0]).Values[0];
        }
    }

    [Fact]
    public void Fields_multiply_their_latent_numbers()
    {
        var one = new VectorDataViewType(NumberDataViewType.Single, 1);
        // Weights 1 and 2; latent numbers of each feature for each field: 3 4, 5 6. The score is 1·x + 2·y + 4·5·x·y.
        var model = new ComponentWriter("FieldAwareFactMacPredict", 0x00010001).Bytes(0).Ints(2, 2, 1, 2).Singles(1, 2).Ints(4).Singles(3, 4, 5, 6);
        var step = Component("FAFMPredXfer", 1).Names("a", "b").Singles(0).Names("Score").Inner("Model", model).Entry("TrainSchema", ComponentWriter.Columns(Schema(("a", one), ("b", one))));
        Assert.Equal(2 + 6 + 120f, Answer(["Score"], [("a", new[] { 2f }), ("b", new[] { 3f })], step)[0]);
    }

    [Fact]
    public void A_calibrator_alone_needs_a_column_of_scores_besides_those_of_the_file()
    {
        var step = Component("PlattCalibratTransf", 1).Inner("Calibrator", new ComponentWriter("PlattCaliExec", 0x00010001).Doubles(-1, 0));
        ITransformer model = new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.File(Schema(("text", TextDataViewType.Instance)), step)), out DataViewSchema schema);
        Assert.Equal("text: String, Score: Single", schema.ToString());
        Assert.Equal("text: String, Score: Single, Probability: Single", model.GetOutputSchema(schema).ToString());
    }

    [Fact]
    public void Calibrators_by_bins_and_by_intervals_are_functions_of_the_score()
    {
        // Bins of width 2 from −2 on; intervals −1 to 0 and 1 to 3, with a straight line between.
        var bins = new ComponentWriter("NaiveCaliExec", 0x00010001).Ints(4).Singles(2, -2).Ints(3).Singles(0.25f, 0.5f, 1);
        var intervals = new ComponentWriter("PAVCaliExec", 0x00010001).Ints(4, 2).Singles(-1, 0, 0.25f, 1, 3, 0.75f);
        float At(string step, ComponentWriter calibrator, float score) => (float)Answer(["Probability"], [("Score", score)], Component(step, 2).Names("Score").Inner("Calibrator", calibrator))[0];
        Assert.Equal([0.25f, 0.25f, 0.5f, 1f, 1f], new[] { -9f, -1f, 1.5f, 2f, 9f }.Select(score => At("NaiveCalibratTransf", bins, score)));
        Assert.Equal([0.25f, 0.25f, 0.5f, 0.75f, 0.75f], new[] { -9f, -0.5f, 0.5f, 2f, 9f }.Select(score => At("PavCalibratTransf", intervals, score)));
        var model = new ComponentWriter("CaliPredExec", 0x00010001).Inner("Predictor", Linear("Linear2CExec", 0x00020002, 0, 2)).Inner("Calibrator", bins);
        var prediction = Component("BinaryPredXfer", 1).Names("Features").Singles(0).Names("Score").Inner("Model", model);
        Assert.Equal([2f, 1f], Answer(["Score", "Probability"], [("Features", new[] { 1f })], prediction).Cast<float>());
        foreach (ComponentWriter damaged in new[] { new ComponentWriter("NaiveCaliExec", 0x00010001).Ints(4).Singles(0, -2).Ints(1).Singles(0.25f), new ComponentWriter("PAVCaliExec", 0x00010001).Ints(4, 2).Singles(-1, 0, 0.25f, -1, 3, 0.75f) })
            Assert.Contains("Calibrator", Assert.Throws<MLPipelinesException>(() => At("NaiveCalibratTransf", damaged, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contributions_are_those_of_the_model_beside_the_step() =>
        Same([4f, 9f], Answer(["FeatureContributions"], [("Features", new[] { 2f, 3f })],
            Component("FeatureContribution", 1).Pair("FeatureContributions", "Features").Ints(2, 2).Bytes(0).Inner("Predictor", Linear("LinearRegressionExec", 0x00020001, 1, 2, 3)))[0]);
}
