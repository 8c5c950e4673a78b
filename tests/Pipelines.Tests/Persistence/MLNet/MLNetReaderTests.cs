using System.Text;
using MLPipelines.Data;
using MLPipelines.Persistence;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>Small components written by hand, and what becomes of them. Expected numbers are computed by hand from the payloads.</summary>
public sealed class MLNetReaderTests
{
    private static readonly VectorDataViewType s_two = new(NumberDataViewType.Single, 2);

    [Fact]
    public void Columns_are_put_together_copied_and_left_out()
    {
        object[] found = Answer(["b"], [("x", 1f), ("y", 2f)],
            Component("ConcatTransform", 3).Ints(1).Names("v").Ints(2).Names("x").Ints(-1).Names("y").Ints(-1),
            Component("CopyTransform", 1).Pair("b", "v"),
            Component("SelectColumnsTransform", 1).Bytes(0, 0, 1).Ints(1).Names("v"));
        Same([1f, 2f], found[0]);
    }

    [Fact]
    public void An_old_concatenation_has_its_aliases_last()
    {
        object[] found = Answer(["v"], [("x", 1f), ("y", 2f)], Component("ConcatTransform", 2).Ints(4, 1).Names("v").Ints(2).Names("y", "x").Ints(0).Names("alias").Ints(-1));
        Same([2f, 1f], found[0]);
    }

    [Fact]
    public void Dropped_and_chosen_columns_leave_the_others()
    {
        Assert.Equal("y: Single", SchemaOf([("x", 1f), ("y", 2f)], Component("DropColumnsTransform", 2).Ints(4).Bytes(0).Ints(1).Names("x")));
        Assert.Equal("y: Single", SchemaOf([("x", 1f), ("y", 2f)], Component("ChooseColumnsTransform", 1).Ints(4).Bytes(1).Ints(1).Names("y", "y").Bytes(1)));
    }

    [Fact]
    public void Values_become_keys_vectors_and_values_again()
    {
        object[] found = Answer(["key", "vector", "value"], [("text", "b")],
            Term("key", "text", "a", "b"),
            Component("KeyToVectorTransform", 2).Pair("vector", "key").Bytes(0),
            Component("KeyToValueTransform", 1).Pair("value", "key"));
        Assert.Equal(2u, found[0]);
        Same([0f, 1f], found[1]);
        Assert.Equal("b", found[2]);
    }

    [Fact]
    public void Numbers_become_keys_by_a_coded_list()
    {
        // The type, no details of it, two values, and these.
        var terms = new ComponentWriter("TermManager", 0x00010002).Ints(1).Bytes(1).Bytes([6, .. "Single"u8, 0]).Ints(2).Singles(7, 9);
        Assert.Equal(2u, Answer(["key"], [("x", 9f)], Component("TermTransform", 3).Pair("key", "x").Bytes(0).Inner("Vocabulary", terms))[0]);
    }

    [Theory]
    // The published hash, by /usr/bin/python3 with sklearn 1.2: (murmurhash3_32('Foo', seed=314489979, positive=True) & 0xFFFF) + 1.
    [InlineData(3, 5894u)]
    // ML.NET's own: the three bytes and the length take a round each. The same program with these two rounds written out.
    [InlineData(2, 25329u)]
    public void Texts_are_hashed_by_the_version(uint version, uint expected) =>
        Assert.Equal(expected, Answer(["key"], [("text", "Foo")], Component("HashTransform", version).Pair("key", "text").Ints(16, 314489979).Bytes(0))[0]);

    [Fact]
    public void Types_are_converted_and_keys_counted()
    {
        Assert.Equal(3.0, Answer(["d"], [("x", 3f)], Component("ConvertTransform", 4).Pair("d", "x").Bytes(10))[0]);
        // Kind 6 with keys: four of them, by the last one.
        ITransformer model = Load(null, Component("ConvertTransform", 3).Pair("k", "k").Bytes(0x86).Longs(0, 3).Bytes(1));
        Assert.Equal(new KeyDataViewType(typeof(uint), 4), model.GetOutputSchema(Schema(("k", new KeyDataViewType(typeof(uint), 4))))["k"].Type);
    }

    [Fact]
    public void A_table_maps_values_and_what_it_lacks_is_0()
    {
        var table = new DataViewSchema.Builder();
        table.AddColumn("Key", TextDataViewType.Instance, null);
        table.AddColumn("Value", NumberDataViewType.Single, null);
        BatchColumn keys = new TextColumn(), values = new ValueColumn<float>();
        foreach (string key in new[] { "a", "b" }) ((TextColumn)keys).Append(key);
        foreach (float value in new[] { 5f, 6f }) ((ValueColumn<float>)values).Append(value);
        using var memory = new MemoryStream();
        new MLContext(1).Data.SaveAsBinary(new BlockView(table.ToSchema(), [[keys, values]]), memory);
        var component = Component("ValueMappingTransformer", 1).Ints(2).Names("y", "known", "z", "unknown").Entry("DefaultMap.idv", memory.ToArray());
        Assert.Equal([6f, 0f], Answer(["y", "z"], [("known", "b"), ("unknown", "c")], component));
    }

    [Fact]
    public void Numbers_are_scaled_by_slots_that_are_stored_and_others_stay()
    {
        // (x − 1) · 2 in the second slot only.
        var affine = new ComponentWriter("AffineNormExec", 0x00010003).Ints(4, 2, 1, 1, 1).Singles(2).Ints(1).Singles(1);
        Same([5f, 8f], Answer(["n"], [("v", new[] { 5f, 5f })], Component("Normalizer", 2).Pair("n", "v").Bytes(1, 9).Ints(1, 2).Inner("Normalizer_000", affine))[0]);
    }

    [Fact]
    public void An_old_normalizer_takes_its_type_from_the_column()
    {
        var affine = new ComponentWriter("AffineNormExec", 0x00010003).Ints(4, 1, -1, 1).Singles(0.5f).Ints(0);
        Assert.Equal(4f, Answer(["n"], [("x", 8f)], Component("NormalizeTransform", 3).Ints(4).Pair("n", "x").Inner("Normalizer_000", affine))[0]);
    }

    [Fact]
    public void Numbers_become_bins_and_shares_of_a_distribution()
    {
        // Bounds 1, 3, ∞: 2 is in the second of three bins, 1 / 2.
        var bins = new ComponentWriter("BinNormalizeFunction", 0x00010001).Bytes(0)
            .Inner("BinNormalizer", new ComponentWriter("BinNormExec", 0x00010001).Ints(4, 1, 3).Singles(1, 3, float.PositiveInfinity));
        Assert.Equal(0.5f, Answer(["n"], [("x", 2f)], Component("Normalizer", 1).Pair("n", "x").Bytes(0).Ints(0).Bytes(9).Inner("Normalizer_000", bins))[0]);
        // Mean 2 and deviation 3: 2 is the middle.
        var distribution = new ComponentWriter("CdfNormalizeFunction", 0x00010001).Ints(4).Bytes(0).Ints(1).Singles(2, 3);
        Assert.Equal(0.5f, Answer(["n"], [("x", 2f)], Component("Normalizer", 2).Pair("n", "x").Bytes(0, 9).Inner("Normalizer_000", distribution))[0]);
    }

    [Fact]
    public void Vectors_are_brought_to_a_length_and_projected()
    {
        Assert.Equal([0.6f, 0.8f], (float[])Answer(["n"], [("v", new[] { 3f, 4f })], Component("GcnTransform", 3).Pair("n", "v").Bytes(0, 0).Singles(1))[0], Close);
        Same([2f], Answer(["p"], [("v", new[] { 3f, 4f })], Component("PcaTransform", 2).Pair("p", "v").Ints(2, 1).Singles(1, 0).Ints(1).Singles(1))[0]);
    }

    [Fact]
    public void Random_features_are_drawn_again()
    {
        var gauss = new ComponentWriter("RandGaussFourierExec", 0x00010001).Ints(4).Singles(1);
        object[] found = Answer(["r"], [("v", new[] { 0f, 0f })], Component("RffTransform", 2).Pair("r", "v").Ints(2, 3).Bytes(1).Ints(4, 1000, 2000, 3000, 4000).Inner("MatrixGenerator0", gauss));
        // The cosine and the sine of 0, three times, over √3.
        Assert.Equal([0.5773503f, 0, 0.5773503f, 0, 0.5773503f, 0], (float[])found[0], Close);
    }

    [Fact]
    public void Texts_are_normalized_cut_and_counted()
    {
        var words = Component("TokenizeTextTransform", 1).Pair("words", "clean").Ints(1).Bytes(32, 0);
        // Two n-grams, "1" and "1 2"; their bytes end at 1 and 3. Of version 2, with the size of a number and weights.
        var ngrams = Component("NgramTransform", 2).Ints(4).Pair("ngrams", "keys").Ints(2, 0, 2).Bytes(1, 1).Ints(2, 0, 1, 3).Bytes(1, 1, 2).Ints(2).Doubles(10, 100);
        object[] found = Answer(["clean", "words", "ngrams"], [("text", "A B a")],
            Component("TextNormalizerTransform", 1).Pair("clean", "text").Bytes(0, 1, 1, 1), words, Term("keys", "words", "a", "b"), ngrams);
        Assert.Equal("a b a", found[0]);
        Assert.Equal(["a", "b", "a"], (string[])found[1]);
        Same([20f, 100f], found[2]);
    }

    [Fact]
    public void Characters_are_keys_between_markers() =>
        Assert.Equal(new ushort[] { 2, 65, 3 }, Answer(["chars"], [("text", "A")], Component("CharToken", 2).Pair("chars", "text").Bytes(1, 0))[0]);

    [Fact]
    public void Hashed_ngrams_have_the_same_slots_in_both_layouts()
    {
        ComponentWriter Keys() => Term("keys", "words", "a", "b");
        var words = () => Component("TokenizeTextTransform", 1).Pair("words", "text").Ints(1).Bytes(32, 0);
        object[] old = Answer(["h"], [("text", "a b a")], words(), Keys(), Component("NgramHashTransform", 2).Ints(4, 1).Names("h").Ints(1).Names("keys").Ints(2, 0, 6, 314489979).Bytes(1, 0, 1));
        object[] current = Answer(["h"], [("text", "a b a")], words(), Keys(), Component("NgramHashTransform", 3).Ints(1, 1).Names("keys").Names("h").Ints(2, 0, 6, 314489979).Bytes(1, 0, 1));
        Assert.Equal(old[0], current[0]);
        Assert.Equal(5, ((float[])current[0]).Sum());
    }

    [Fact]
    public void A_text_step_is_its_chain_in_both_layouts()
    {
        ComponentWriter Copy() => Component("CopyTransform", 1).Pair("y", "x");
        var chain = new ComponentWriter("TransformerChain", 0x00010001).Ints(1, 0).Inner("Transform_000", Copy());
        Assert.Equal(3f, Answer(["y"], [("x", 3f)], Component("Text", 2).Inner("Chain", chain))[0]);
        Assert.Equal(3f, Answer(["y"], [("x", 3f)], Component("Text", 1).Ints(1).Inner("Step_000", Component("RowToRowMapper", 1).Inner("Mapper", Copy())))[0]);
    }

    [Fact]
    public void Linear_models_predict_from_weights_that_are_all_stored_or_not()
    {
        Assert.Equal(14f, Predict("RegressionPredXfer", Linear("LinearRegressionExec", 0x00020001, 1, 2, 3))[0]);
        // Only the second of two weights is stored.
        Assert.Equal(10f, Predict("RegressionPredXfer", new ComponentWriter("LinearRegressionExec", 0x00020001).Ints(4).Singles(1).Ints(2, 1, 1, 1).Singles(3))[0]);
        Assert.Equal(MathF.Exp(3.5f), (float)Predict("RegressionPredXfer", Linear("PoissonRegressionExec", 0x00020001, 0, 1, 0.5f))[0], 1e-4f);
    }

    [Fact]
    public void A_calibrated_model_has_a_probability()
    {
        var calibrated = new ComponentWriter("PMixCaliPredExec", 0x00010001).Inner("Predictor", Linear("Linear2CExec", 0x00020002, 0, 1, 0)).Inner("Calibrator", new ComponentWriter("PlattCaliExec", 0x00010001).Doubles(-1, 0));
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
        trained.AddColumn("Features", s_two, null);
        trained.AddColumn("Label", label, new KeyValues<ReadOnlyMemory<char>>(TextDataViewType.Instance, ["cat".AsMemory(), "dog".AsMemory()]).ToAnnotations());
        var step = Component("MulticlassPredXfer", 1).Names("Features", "Label").Inner("Model", model).Entry("TrainSchema", ComponentWriter.Columns(trained.ToSchema()));
        object[] found = Answer(["Score", "PredictedLabel", "text"], [("Features", new[] { 2f, 3f })], step, Component("KeyToValueTransform", 1).Pair("text", "PredictedLabel"));
        Assert.Equal([1 / (1 + MathF.E), MathF.E / (1 + MathF.E)], (float[])found[0], Close);
        Assert.Equal((2u, "dog"), ((uint)found[1], (string)found[2]));
    }

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
    public void Contributions_are_those_of_the_model_beside_the_step() =>
        Same([4f, 9f], Answer(["FeatureContributions"], [("Features", new[] { 2f, 3f })],
            Component("FeatureContribution", 1).Pair("FeatureContributions", "Features").Ints(2, 2).Bytes(0).Inner("Predictor", Linear("LinearRegressionExec", 0x00020001, 1, 2, 3)))[0]);

    [Fact]
    public void An_old_file_is_a_loader_its_steps_and_a_model()
    {
        var pipe = new ComponentWriter("PipeDataLoader", 0x00010002).Ints(4, 1).Names("xf").Ints(-1)
            .Inner("Loader", new ComponentWriter("BinaryLoader", 0x00010003).Ints(0, -1).Doubles(0).Entry("Schema.idv", ComponentWriter.Columns(Schema(("x", NumberDataViewType.Single), ("y", NumberDataViewType.Single)))))
            .Inner("Transform_000", Component("RowToRowMapper", 1).Inner("Mapper", Component("ConcatTransform", 3).Ints(1).Names("Input").Ints(2).Names("x").Ints(-1).Names("y").Ints(-1)));
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["TrainingInfo\\RoleMapping.txt"] = "# comment\r\nRole\tColumn\r\nFeature\tInput\r\nLabel\ty\r\n"u8.ToArray() };
        pipe.AddTo(entries, "DataLoaderModel");
        Linear("LinearRegressionExec", 0x00020001, 1, 2, 3).AddTo(entries, "Predictor");
        ITransformer model = new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.Zip(entries)), out DataViewSchema schema);
        Assert.Equal("x: Single, y: Single", schema.ToString());
        Assert.Equal(14f, Answers(model, schema, ["Score"], [2f, 3f])[0]);
    }

    [Fact]
    public void A_scorer_of_an_old_file_predicts_from_the_column_of_its_role()
    {
        var step = Component("GenericScoreTransform", 1).Names("").Ints(1).Names("Feature", "v")
            .Inner("SchemaBindableMapper", new ComponentWriter("SchemaBindableWrapper", 0x00010002).Inner("Predictor", Linear("LinearRegressionExec", 0x00020001, 1, 2, 3)));
        Assert.Equal(14f, Answer(["Score"], [("v", new[] { 2f, 3f })], step)[0]);
    }

    [Fact]
    public void A_text_loader_has_the_columns_of_the_input()
    {
        // x is field 0; v the fields 1 and 2; the key 1 to 3 is field 3.
        var loader = new ComponentWriter("TextLoader", 0x0001000C).Ints(4).Longs(long.MaxValue).Ints(4, 0, 1).Bytes(44, 0).Ints(3)
            .Names("x").Bytes(9, 0).Ints(1, 0, 1).Bytes(0)
            .Names("v").Bytes(9, 0).Ints(1, 1, 3).Bytes(0)
            .Names("k").Bytes(6, 1).Longs(3).Ints(1, 3, 4).Bytes(0);
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        loader.AddTo(entries, "DataLoaderModel");
        new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.Zip(entries)), out DataViewSchema schema);
        Assert.Equal("x: Single, v: Vector<Single, 2>, k: Key<UInt32, 0-2>", schema.ToString());
    }

    [Fact]
    public void Spikes_are_judged_from_the_state_of_the_file()
    {
        // Four scores are remembered; three of them are 1. An alert is a p-value of at most 0.05.
        var step = Component("IidSpikeDetector", 1).Ints(4, 0).Names("x", "alert").Bytes(0, 0).Bytes([6, .. "Single"u8, 0]).Bytes(0, 1, 2).Doubles(0.1, 0.05).Ints(4, 0)
            .Ints(4, 0).Ints(4, 3).Singles(1, 1, 1).Doubles(0, 0).Ints(0).Ints(4, 0, 4, 0);
        double[] found = (double[])Answer(["alert"], [("x", 9f)], step)[0];
        Assert.Equal((1, 9, 1e-8), (found[0], found[1], found[2]));
    }

    [Fact]
    public void A_series_goes_on_from_the_state_of_the_file()
    {
        // A window of 2 and one component along (1, 1): the signal is the mean of the last two, and stays as it is.
        float half = MathF.Sqrt(0.5f);
        var ssa = new ComponentWriter("SSAModel", 0x00010002).Ints(10, 2, 5, 1).Singles(1).Bytes(0, 1).Ints(1).Singles(1).Ints(1).Singles(4).Bytes(0).Singles(0, 0, 0, 0, 4).Ints(1).Bytes(0, 0).Doubles(0)
            .Ints(2).Singles(half, half).Ints(1).Singles(0).Ints(10, 1).Singles(4);
        var step = Component("SsaForecasting", 1).Ints(0, 0).Names("x", "next").Bytes(0, 0).Bytes([7, .. "VBuffer"u8, 14, 6, .. "Single"u8, 0, 1, 0, 0, 0, 1, 0, 0, 0])
            .Ints(1).Bytes(0).Ints(1).Singles(0.95f).Ints(0, 0, 0, 0, 0, 0).Inner("SSA", ssa);
        Assert.Equal([5f], (float[])Answer(["next"], [("x", 6f)], step)[0], Close);
    }

    [Fact]
    public void An_ensemble_is_the_mean_of_its_models()
    {
        byte[] Member(float bias)
        {
            var inner = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["TrainingInfo\\RoleMapping.txt"] = "Role\tColumn\r\nFeature\tFeatures\r\n"u8.ToArray() };
            Linear("LinearRegressionExec", 0x00020001, bias, 2, 3).AddTo(inner, "Predictor");
            return ComponentWriter.Zip(inner);
        }

        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        new ComponentWriter("BinaryLoader", 0x00010003).Ints(0, -1).Doubles(0).Entry("Schema.idv", ComponentWriter.Columns(Schema(("Features", s_two)))).AddTo(entries, "DataLoaderModel");
        new ComponentWriter("PipelineEnsemble", 0x00010002).Names("Regression").Ints(2, 1).Names("Features").Inner("Combiner", new ComponentWriter("AverageCombiner", 0x00010001))
            .Entry("PredictorModels\\PredictorModel_000", Member(1)).Entry("PredictorModels\\PredictorModel_001", Member(3)).AddTo(entries, "Predictor");
        ITransformer model = new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.Zip(entries)), out DataViewSchema schema);
        Assert.Equal(15f, Answers(model, schema, ["Score"], [new[] { 2f, 3f }])[0]);
    }

    [Fact]
    public void A_component_that_is_not_known_is_named_and_inspecting_lists_it()
    {
        byte[] file = ComponentWriter.File(Schema(("x", NumberDataViewType.Single)), Component("CopyTransform", 1).Pair("y", "x"), new ComponentWriter("XYZ", 0x00010005));
        var error = Assert.Throws<MLPipelinesException>(() => new MLContext(1).Model.Load(new MemoryStream(file), out _));
        Assert.Contains("component \"XYZ\" version 0x00010005 of entry TransformerChain/Transform_001: not supported; this file needs ", error.Message, StringComparison.Ordinal);
        ModelManifest manifest = ModelFileReader.Open(new MemoryStream(file), "file").ReadManifest();
        Assert.Equal("ML.NET 9.9.9", manifest.Library);
        Assert.Equal(["x"], manifest.Input.Select(column => column.Name));
        Assert.Equal([("TransformerChain", true), ("CopyTransform", true), ("XYZ", false)], manifest.Chain.Select(step => (step.Type, step.Parameters["supported"]!.GetValue<bool>())));
    }

    [Fact]
    public void A_version_that_is_not_known_is_named()
    {
        var error = Assert.Throws<MLPipelinesException>(() => Load(null, new ComponentWriter("CopyTransform", 0x00010007).Pair("y", "x")));
        Assert.Contains("component \"CopyTransform\" version 0x00010007 of entry TransformerChain/Transform_000: not supported; this library reads versions 0x00010001 to 0x00010001 of it", error.Message, StringComparison.Ordinal);
        // What says that readers of a known version understand it is read.
        Assert.NotNull(Load(null, new ComponentWriter("CopyTransform", 0x00010007, readableBy: 0x00010001).Pair("y", "x")));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void Counts_that_the_payload_does_not_hold_are_errors(int count)
    {
        foreach (ComponentWriter component in new[]
        {
            Component("CopyTransform", 1).Ints(count), Component("ConcatTransform", 3).Ints(1).Names("v").Ints(count), Component("SelectColumnsTransform", 1).Bytes(1, 0, 0).Ints(count),
            Component("NgramTransform", 3).Pair("n", "k").Ints(1, 0, 0).Bytes(1).Ints(count), Component("TokenizeTextTransform", 1).Pair("w", "t").Ints(count), Component("PcaTransform", 2).Pair("p", "v").Ints(count, count),
            Component("RffTransform", 2).Pair("r", "v").Ints(count, 2), Component("Normalizer", 2).Pair("n", "v").Bytes(1, 9).Ints(1, count),
        })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<MLPipelinesException>(() => Load(null, component));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
        }
    }

    [Fact]
    public void An_entry_that_unpacks_to_too_much_is_an_error()
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["TransformerChain/Model.key"] = new byte[64 << 20] };
        var error = Assert.Throws<MLPipelinesException>(() => new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.Zip(entries)), out _));
        Assert.Contains("too large", error.Message, StringComparison.Ordinal);
    }

    private static ComponentWriter Component(string loader, uint version) => new(loader, 0x00010000 + version);

    private static ComponentWriter Term(string output, string input, params string[] values) =>
        Component("TermTransform", 3).Pair(output, input).Bytes(0).Inner("Vocabulary", new ComponentWriter("TermManager", 0x00010002).Ints(1).Bytes(0).Ints(values.Length).Names(values));

    private static ComponentWriter Linear(string loader, uint version, float bias, params float[] weights) =>
        new ComponentWriter(loader, version).Ints(4).Singles(bias).Ints(weights.Length, 0, weights.Length).Singles(weights);

    /// <summary>Trees of one leaf each.</summary>
    private static ComponentWriter Leaves(string loader, uint version, byte kind, params double[] values)
    {
        var component = new ComponentWriter(loader, version).Ints(4, values.Length);
        foreach (double value in values)
        {
            // One leaf; no children, features, categories, thresholds of bins, thresholds, missing values; the leaf; no gains and the like.
            component.Bytes(kind).Ints(1).Doubles(0, 1).Ints(0, 0, 0, 0, 0, 0, 0, 1).Doubles(value).Ints(0, 0, 0);
            if (kind == 2) component.Ints(0, 0);
        }
        return component.Doubles(0).Ints(-1, -1, 2);
    }

    /// <summary>What a model predicts for the features 2 and 3, or others.</summary>
    private static object[] Predict(string step, ComponentWriter model, Func<ComponentWriter, ComponentWriter>? more = null, string[]? names = null, float[]? values = null)
    {
        ComponentWriter component = Component(step, 1).Names("Features");
        component = (more?.Invoke(component) ?? component).Inner("Model", model).Entry("TrainSchema", ComponentWriter.Columns(Schema(("Features", s_two))));
        return Answer(names ?? ["Score"], [("Features", values ?? [2f, 3f])], component);
    }

    private static object[] Answer(string[] names, (string Name, object Value)[] row, params ComponentWriter[] steps)
    {
        DataViewSchema schema = SchemaOfRow(row);
        return Answers(Load(schema, steps), schema, names, [.. row.Select(column => column.Value)]);
    }

    private static string SchemaOf((string Name, object Value)[] row, params ComponentWriter[] steps) => Load(SchemaOfRow(row), steps).GetOutputSchema(SchemaOfRow(row)).ToString()!;

    private static ITransformer Load(DataViewSchema? schema, params ComponentWriter[] steps) => new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.File(schema, steps)), out _);

    private static object[] Answers(ITransformer model, DataViewSchema schema, string[] names, object[] values)
    {
        BatchColumn[] columns = [.. schema.Select(column => BatchColumn.Create(column.Type))];
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] is TextColumn texts) texts.Append((string)values[i]);
            else if (columns[i] is VectorColumn<float> vectors) vectors.Append((float[])values[i]);
            else ((ValueColumn<float>)columns[i]).Append((float)values[i]);
        }
        BatchView view = BatchView.Of(model.Transform(new BlockView(schema, [columns])));
        return [.. names.Select(name => view.ReadColumns(view.Schema[name].Index)[0].GetObject(0)!)];
    }

    private static DataViewSchema SchemaOfRow((string Name, object Value)[] row) => Schema([.. row.Select(column =>
        (column.Name, column.Value switch { string => TextDataViewType.Instance, float[] vector => new VectorDataViewType(NumberDataViewType.Single, vector.Length), _ => (DataViewType)NumberDataViewType.Single }))]);

    private static DataViewSchema Schema(params (string Name, DataViewType Type)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type) in columns) builder.AddColumn(name, type, null);
        return builder.ToSchema();
    }

    private static void Same(float[] expected, object found) => Assert.Equal(expected, (float[])found);

    private static bool Close(float a, float b) => Math.Abs(a - b) <= 1e-5f;
}
